"""What an answer gives away: what the request brought, the token, a line of the program."""

import re
from typing import Final

from pytest_bdd import then

from steps.drafts import SEGMENTS
from steps.scene import Scene
from steps.targets.messages import Answer
from steps.vocabulary import Phrase

_LINE_OF_PROGRAM: Final = re.compile(
    r"Traceback \(most recent call last\)|\.py\"?, line \d|\.[cm]?[jt]s:\d+:\d+|\.(?:java|kt):\d+\)|\.cs:line \d|"
    r"\.rb:\d+:in |\.php(?:\(\d+\)|:\d+| on line)|\.go:\d+ \+0x|\.rs:\d+:\d+|\.exs?:\d+: "
)
"""What a stack looks like in the usual languages: one of its places is enough."""


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


@then("the answer names no line of a program")
def names_no_line(scene: Scene) -> None:
    """Search the answer's headers and body for what a stack looks like in the usual languages."""
    found = _LINE_OF_PROGRAM.search(_all_of(scene.answer))
    assert found is None, f"the answer names {found[0]!r}"
