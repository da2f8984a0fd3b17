"""The table of states and events: one outcome in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchword.lint.findings import Finding
from watchword.transitions import placed_moves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.lint.subject import Subject
    from watchword.transitions import Cell, Move


def two_targets(subject: Subject) -> Iterator[Finding]:
    """A cell has one outcome, whichever features its rows stand in."""
    first: dict[Cell, tuple[Move, str]] = {}
    for feature in subject.features:
        for move, row in placed_moves(feature):
            other, place = first.setdefault(move.cell, (move, f"{feature.uri}:{row.line}"))
            if other.outcome != move.outcome:
                cell = " · ".join(part for part in (move.variant, move.state, move.event, *move.guards) if part)
                sentence = f"the cell {cell!r} has another outcome at {place} — keep one, or say what tells them apart"
                yield Finding(feature.uri, row.line, "two-targets", sentence)
