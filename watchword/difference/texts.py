"""Line by line edits of short texts: steps, prose, headings of tables."""

from __future__ import annotations

import difflib
from itertools import zip_longest
from typing import TYPE_CHECKING

from watchword.difference.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchword.specification import Examples, Scenario, Step


def edits(before: Sequence[str], after: Sequence[str]) -> tuple[Edit, ...]:
    """Tell the edits between two lists of lines; nothing where they are equal."""
    return _edits(before, before, after, after)


def prose_edits(before: str, after: str) -> tuple[Edit, ...]:
    """Tell the edits between two texts, whatever their lines are broken at."""
    if before.split() == after.split():
        return ()
    return edits(before.splitlines(), after.splitlines())


def step_edits(before: Sequence[Step], after: Sequence[Step]) -> tuple[Edit, ...]:
    """Tell the edits between two lists of steps; And and But are what they continue, and tables are told apart."""
    return _edits([_key(step) for step in before], _said(before), [_key(step) for step in after], _said(after))


def written(scenario: Scenario) -> list[str]:
    """Give a scenario as it is written, line by line, its tables laid out anew."""
    return [line for step in scenario.steps for line in _step_lines(step)] + [
        line
        for examples in scenario.examples
        for line in [f"Examples: {examples.name}".rstrip(": ") + ":" * (not examples.name), *laid_out(_rows(examples))]
    ]


def laid_out(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out the cells of a table in columns."""
    widths = [max(len(cell) for cell in column) for column in zip_longest(*rows, fillvalue="")]
    return [f"  | {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))} |" for row in rows]


def _rows(examples: Examples) -> list[Sequence[str]]:
    return [examples.header, *([*row.values.values()] for row in examples.rows)]


def _step_lines(step: Step) -> list[str]:
    table = laid_out(step.table.rows) if step.table else []
    return [f"{step.keyword} {step.text}", *_docstring(step), *table]


def _key(step: Step) -> str:
    return "\0".join([step.kind, step.text, *(step.docstring or "").splitlines()])


def _said(steps: Sequence[Step]) -> list[str]:
    return ["\n".join([f"{step.keyword} {step.text}", *_docstring(step)]) for step in steps]


def _docstring(step: Step) -> list[str]:
    return [] if step.docstring is None else ['"""', *step.docstring.splitlines(), '"""']


def _edits(
    before: Sequence[str], said_before: Sequence[str], after: Sequence[str], said_after: Sequence[str]
) -> tuple[Edit, ...]:
    if list(before) == list(after):
        return ()
    return tuple(_walk(before, said_before, after, said_after))


def _walk(
    before: Sequence[str], said_before: Sequence[str], after: Sequence[str], said_after: Sequence[str]
) -> Iterator[Edit]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, begin, end, start, stop in matcher.get_opcodes():
        if kind == "equal":
            yield from (Edit(" ", text) for text in said_after[start:stop])
            continue
        yield from (Edit("-", text) for text in said_before[begin:end])
        yield from (Edit("+", text) for text in said_after[start:stop])
