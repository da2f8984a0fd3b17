"""The `watchword` fence: prose that shows a live fragment of the specification and its run.

```watchword
table: "The claims of an access token"
```
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import yaml

from watchword.book.fragments import FRAGMENTS, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.book.book import Book

_OPENING = re.compile(r"^(?P<indent> {0,3})(?P<ticks>`{3,}|~{3,})[ \t]*(?P<word>[\w-]*)")
LANGUAGE = "watchword"


class FenceError(Exception):
    """A fence that cannot be filled; the message is `page:line: what is wrong, and what to do`."""


@dataclass(frozen=True)
class _Fence:
    first: int
    last: int
    body: str


def resolve(text: str, book: Book, *, page: str, shown_as: str = "", first_line: int = 1) -> str:
    """Replace every `watchword` fence in a page of Markdown by the fragment it names.

    Args:
        page: the page's path below the site's root; links are made relative to it.
        shown_as: the file's name in messages; `page` when empty.
        first_line: the line of the file that `text` begins on, past any front matter.

    Raises:
        FenceError: a fence is malformed, or names nothing.
    """
    lines = text.splitlines()
    for fence in reversed(list(_fences(lines))):
        where = f"{shown_as or page}:{first_line + fence.first}"
        lines[fence.first : fence.last + 1] = _fill(fence.body, book, page, where).splitlines()
    return "\n".join(lines) + "\n"


def _fences(lines: list[str]) -> Iterator[_Fence]:
    number = 0
    while number < len(lines):
        opening = _OPENING.match(lines[number])
        if not opening:
            number += 1
            continue
        last = _closing(lines, number, opening["ticks"])
        if opening["word"] == LANGUAGE:
            yield _Fence(number, last, "\n".join(lines[number + 1 : last]))
        number = last + 1


def _closing(lines: list[str], opened: int, ticks: str) -> int:
    closing = re.compile(rf" {{0,3}}{re.escape(ticks[0])}{{{len(ticks)},}}\s*")
    rest = range(opened + 1, len(lines))
    return next((number for number in rest if closing.fullmatch(lines[number])), len(lines))


def _fill(body: str, book: Book, page: str, where: str) -> str:
    kind, name = _asked(body, where)
    try:
        return FRAGMENTS[kind](book, name, page)
    except UnknownNameError as error:
        raise FenceError(f"{where}: {error}") from None


_parsed = cache(yaml.safe_load)


def _asked(body: str, where: str) -> tuple[str, str]:
    known = ", ".join(FRAGMENTS)
    try:
        asked = _parsed(body)
    except yaml.YAMLError:
        raise FenceError(f"{where}: the fence is not YAML; write one line such as `results: all`") from None
    if not isinstance(asked, dict) or len(asked) != 1:
        raise FenceError(f"{where}: a fence holds one line `kind: name`, where kind is one of {known}")
    kind, name = next(iter(asked.items()))
    if kind not in FRAGMENTS:
        raise FenceError(f"{where}: no fragment is called {kind!r}; it is one of {known}")
    return str(kind), str(name)
