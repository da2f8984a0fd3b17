"""What an answer gives away: what the request brought, the token, a line of the program."""

import re
from html import unescape
from typing import Final

from pytest_bdd import then

from steps.drafts import SEGMENTS
from steps.scene import Scene
from steps.targets.messages import Answer
from steps.vocabulary import Phrase

_SUFFIXES: Final = "py|[cm]?[jt]sx?|rb|php|go|java|kt|scala|cs|fs|exs?|c|cpp|h|swift|dart"
_PLACE: Final = re.compile(
    rf"""Traceback\ \(most\ recent
    |goroutine\ \d+\ \[
    |(?<!//)(?<![\w.-])[\w.-]+\.(?:
        (?:{_SUFFIXES})\b["')]*(?:,?\ (?:on\ )?line\ |:(?:line\ )?|\()\d+
        # Hosts end so as well, before a port.
        |(?:rs:\d+:|p[lm]\ line\ )\d+
    )""",
    re.VERBOSE,
)
_MARKUP: Final = re.compile(r"<[^>]*>")


@then(Phrase('the answer repeats nothing of "{name}"'))
def repeats_nothing(scene: Scene, name: str) -> None:
    """Search the answer's headers and body for what the request brought."""
    assert name not in _all_of(scene.answer), f"the answer repeats {name!r}"


def _all_of(answer: Answer) -> str:
    return answer.text + "".join(f"{header}: {value}\n" for header, value in answer.headers)


@then("the answer repeats nothing of the token")
def repeats_no_token(scene: Scene) -> None:
    """Search the answer's headers and body for a segment of the token that was presented."""
    said = _all_of(scene.answer)
    segments = zip(SEGMENTS, scene.person("she").token.finish().split("."), strict=True)
    repeated = [name for name, segment in segments if segment in said]
    assert not repeated, f"the answer repeats the token's {' and '.join(repeated)}"


def place_in_program(text: str) -> str | None:
    """Return the first place in a program that a text names, in whatever language that is written, or None."""
    found = _PLACE.search(unescape(_MARKUP.sub("", text)))
    return None if found is None else found[0]


@then("the answer names no program and no line")
def names_no_program(scene: Scene) -> None:
    """Search the answer's headers and body for what a stack trace holds."""
    place = place_in_program(_all_of(scene.answer))
    assert place is None, f"the answer names {place!r}"
