"""From which lines of a file an edit can be noticed: what executes none of them cannot tell the difference."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutants.catalogue import Mutant

Function = ast.FunctionDef | ast.AsyncFunctionDef
Lines = frozenset[int]
BRANCH = re.compile(r"\s*(elif|else|except|finally|case)\b")


def touched_lines(mutant: Mutant, source: str) -> Lines | None:
    """Name the lines of the source one of which is executed wherever the edit can make a difference.

    Where that cannot be told statement by statement, it is the whole function.

    Returns:
        None where the edit takes effect on import, so that it may be noticed from anywhere.
    """
    first, last, is_plain = _hunk(mutant, source)
    function = _innermost(ast.parse(source), first, last)
    if function is None:
        return None
    statements = [lines for lines in _statements(function) if lines & Lines(range(first, last + 1))]
    covered = Lines().union(*statements)
    if is_plain and Lines(range(first, last + 1)) <= covered:
        return covered
    return Lines(range(function.body[0].lineno, (function.end_lineno or 0) + 1))


def _hunk(mutant: Mutant, source: str) -> tuple[int, int, bool]:
    """Return the first and the last line that the edit changes, and whether it leaves the flow around them as it is.

    Where lines are only added, the line before them is taken for changed.
    """
    offset = source.index(mutant.find)
    begin = source.rfind("\n", 0, offset) + 1
    end = source.find("\n", offset + len(mutant.find))
    old = source[begin : end if end >= 0 else None].split("\n")
    new = (source[begin:offset] + mutant.replace + source[offset + len(mutant.find) : end]).split("\n")
    head = _common(old, new)
    head -= head == len(old) or head == len(new)
    tail = _common(old[:head:-1], new[:head:-1])
    kept_old, kept_new = old[head : len(old) - tail], new[head : len(new) - tail]
    first = source.count("\n", 0, begin) + 1 + head
    is_nested = min(map(_depth, kept_new)) >= min(map(_depth, kept_old))
    is_branch = any(BRANCH.match(line) for line in kept_old + kept_new)
    return first, first + len(kept_old) - 1, is_nested and not is_branch


def _common(one: list[str], other: list[str]) -> int:
    """Count the equal lines both begin with."""
    return next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else 10_000


def _innermost(tree: ast.Module, first: int, last: int) -> Function | None:
    """Return the outermost function whose body holds all these lines."""
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.body[0].lineno <= first and last <= (node.end_lineno or 0):
            return node
    return None


def _statements(function: Function) -> Iterator[Lines]:
    """Give the lines of each statement below a function; of one that holds others, those of its head."""
    for node in ast.walk(function):
        if isinstance(node, ast.stmt) and node is not function:
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if isinstance(body, list) else node.end_lineno or node.lineno
            yield Lines(range(node.lineno, max(last, node.lineno) + 1))
