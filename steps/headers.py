"""The headers of an answer, and the cookie in one of them."""

import re

from pytest_bdd import then

from steps.scene import Scene
from steps.targets.browser import read_answer
from steps.targets.messages import Answer
from steps.vocabulary import Phrase, Word

ABSENT = "absent"
ANY_TEXT = "…"


def _fits(value: str | None, expected: str) -> bool:
    if value is None or expected == ABSENT:
        return value is None and expected == ABSENT
    pattern = ".*".join(re.escape(part) for part in expected.split(ANY_TEXT))
    return re.fullmatch(pattern, value) is not None


def _cookie(answer: Answer) -> dict[str, str]:
    lines = [value for name, value in answer.headers if name == "set-cookie"]
    assert len(lines) == 1, f"{len(lines)} cookies are set"
    pair, *attributes = (part.strip().partition("=") for part in lines[0].split(";"))
    assert len({name.lower() for name, _, _ in attributes}) == len(attributes), f"an attribute stands twice: {lines[0]}"
    return {"name": pair[0], **{name: value for name, _, value in attributes}}


@then(Phrase("{which} answer carries these headers:", which=Word("the|every")))
def answer_carries(scene: Scene, which: str, datatable: list[list[str]]) -> None:
    """Compare headers of the last answer, or of each: as they stand, or as a pattern in which `…` is any text."""
    answers = [scene.answer] if which == "the" else [read_answer(response) for _, response in scene.target.archive]
    for answer in answers:
        for name, specified in datatable[1:]:
            with scene.if_seen():
                _assert_header(scene, answer, name, specified)


def _assert_header(scene: Scene, answer: Answer, name: str, specified: str) -> None:
    expected, value = scene.target.expected_header(answer, name, specified), answer.header(name)
    assert _fits(value, expected), f"{name} is {ABSENT if value is None else repr(value)}, not {expected!r}"


@then("the answer's cookie carries exactly these attributes:")
def cookie_carries(scene: Scene, datatable: list[list[str]]) -> None:
    """Compare the one cookie that the answer sets: its name, and each attribute with its value."""
    specified = dict(datatable[1:])
    if scene.target.leniency is not None:
        scene.target.leniency.judge_cookie(scene.answer, specified)
        return
    found = _cookie(scene.answer)
    assert found == specified, f"the cookie carries {found}, specified {specified}"


@then(Phrase("the answer's cookie is within {count} bytes"))
def cookie_is_within(scene: Scene, count: int) -> None:
    """Compare the length of the cookie's name and value together, an equals sign between."""
    pairs = [value.partition(";")[0] for name, value in scene.answer.headers if name == "set-cookie"]
    if scene.target.leniency is not None:
        name = scene.target.session_cookie
        pairs = [pair for pair in pairs if pair.partition("=")[0] == name and pair != f"{name}="]
    assert [len(pair) <= count for pair in pairs] == [True], f"the cookies are {[len(pair) for pair in pairs]} bytes"
