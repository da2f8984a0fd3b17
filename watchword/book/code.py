"""Where code stands that a page speaks of, by the dotted name under which a reference documents it."""

from __future__ import annotations

import ast
import html
import re
import tomllib
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

_PLACE = re.compile(r"(?P<path>[\w./-]+\.py):(?P<line>\d+)")
_LINK = re.compile(r'<span data-code="([^"]*)">(.*?)</span>', re.DOTALL)


def code_of_requirements(root: Path, folder: str) -> Mapping[str, tuple[str, ...]]:
    """Read from the edits that break each requirement which code it stands and falls with.

    Args:
        root: the project.
        folder: files of `[[mutant]]` tables with the keys `breaks`, `file` and `find`.
    """
    found: dict[str, dict[str, None]] = {}
    for file in sorted((root / folder).glob("*.toml")):
        for mutant in tomllib.loads(file.read_text(encoding="utf-8")).get("mutant", []):
            if name := name_of(root, mutant["file"], _line(root / mutant["file"], mutant["find"])):
                for requirement in mutant["breaks"]:
                    found.setdefault(requirement, {})[name] = None
    return {requirement: tuple(names) for requirement, names in found.items()}


def _line(file: Path, text: str) -> int:
    before, found, _ = _text(file, file.stat().st_mtime_ns).partition(text) if file.is_file() else ("", "", "")
    return before.count("\n") + 1 if found else 0


def name_of(root: Path, path: str, line: int) -> str:
    """Name the public function or class around a line of a source file, or else its module; empty without the file."""
    file = root / path
    if not file.is_file() or not line:
        return ""
    module = ".".join(PurePosixPath(path).with_suffix("").parts).removesuffix(".__init__")
    around = [name for name, first, last in _definitions(file, file.stat().st_mtime_ns) if first <= line <= last]
    return ".".join([module, *around])


def placed(root: Path, place: str) -> str:
    """Write a place such as `steps/tokens.py:36` so that `linked` can lead to the function there."""
    match = _PLACE.fullmatch(place)
    name = name_of(root, match["path"], int(match["line"])) if match else ""
    return mark_code(name, place) if name else html.escape(place)


def mark_code(name: str, shown: str) -> str:
    """Write the name of some code so that `linked` can lead to where it is documented."""
    return f'<span data-code="{name}">{html.escape(shown)}</span>'


def linked(page: str, address: Callable[[str], str]) -> str:
    """Make links of what `mark_code` wrote.

    Args:
        page: the page's HTML.
        address: where a dotted name is documented; empty where it is not.
    """
    known: dict[str, str] = {}

    def link(found: re.Match[str]) -> str:
        if found[1] not in known:
            known[found[1]] = address(found[1])
        to = known[found[1]]
        return f'<a class="ww-code" href="{to}">{found[2]}</a>' if to else found[2]

    return _LINK.sub(link, page)


@lru_cache(maxsize=256)
def _text(file: Path, changed: int) -> str:
    del changed  # the time is part of the key: an edited file is read again
    return file.read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _definitions(file: Path, changed: int) -> tuple[tuple[str, int, int], ...]:
    return tuple(_within(ast.parse(_text(file, changed)).body))


def _within(body: Iterable[ast.stmt]) -> Iterator[tuple[str, int, int]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield node.name, first, node.end_lineno or node.lineno
            if isinstance(node, ast.ClassDef):
                yield from _within(node.body)
