"""What an answer must not show of the program behind it: a place in its source, as a stack trace names it."""

import re
from html import unescape
from typing import Final

from pytest_bdd import then

from steps.scene import Scene

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


def place_in_program(text: str) -> str | None:
    """Return the first place in a program that a text names, in whatever language that is written, or None."""
    found = _PLACE.search(unescape(_MARKUP.sub("", text)))
    return None if found is None else found[0]


@then("the answer names no program and no line")
def names_no_program(scene: Scene) -> None:
    """Search the answer's body for what a stack trace would hold."""
    place = place_in_program(scene.answer.text)
    assert place is None, f"the answer names {place!r}"
