"""What becomes of the table of states and events: cells gained, lost, changed, and those that contradict themselves."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from watchword.difference.model import CellChange
from watchword.transitions import TRANSITIONS, placed_moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchword.specification import Feature
    from watchword.transitions import Cell

Outcomes = tuple[tuple[str, str], ...]


def cell_changes(before: Iterable[Feature], after: Iterable[Feature], changed: set[str]) -> tuple[CellChange, ...]:
    """Tell the changed cells; features that did not change count too, as a cell may be stated twice.

    Args:
        before: the features of the base.
        after: those of the head.
        changed: the files that differ; where none states moves, no cell can have changed.
    """
    old, new = list(before), list(after)
    if not any(feature.uri in changed and _may_move(feature) for feature in (*old, *new)):
        return ()
    return tuple(_changes(_cells(old), _cells(new)))


def _may_move(feature: Feature) -> bool:
    tags = {tag for rule, scenario in feature.placed_scenarios() for tag in scenario.tags + (rule.tags if rule else ())}
    return bool(tags | set(feature.tags)) and any(True for _ in placed_moves(feature))


def _cells(features: Iterable[Feature]) -> dict[Cell, Outcomes]:
    found: dict[Cell, dict[tuple[str, str], None]] = defaultdict(dict)
    for feature in features:
        for move, _ in placed_moves(feature):
            found[move.cell][move.reason or move.answer, "" if move.reason else move.next or move.state] = None
    return {cell: tuple(outcomes) for cell, outcomes in found.items()}


def _changes(before: dict[Cell, Outcomes], after: dict[Cell, Outcomes]) -> Iterator[CellChange]:
    for cell in dict.fromkeys([*before, *after]):
        old, new = before.get(cell, ()), after.get(cell, ())
        if set(old) != set(new):
            yield CellChange(_kind(old, new), *cell, old, new)  # type: ignore[arg-type]


def _kind(old: Outcomes, new: Outcomes) -> str:
    if not new:
        return "lost"
    if len(new) > 1:
        return "ambiguous"
    return "changed" if old else "gained"


__all__ = ["TRANSITIONS", "cell_changes"]
