"""The states × events table, read from the outlines that state it row by row.

Which rows those are, and what their columns mean, is said in `watchword.transitions`; the column `profile` splits the
table into one variant per value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchword.book.book import fragment, page_path
from watchword.book.verdicts import Verdict, worst
from watchword.transitions import Move, move_of, states_moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchword.book.book import Book, Entry
    from watchword.specification import Pickle

_EVERY_VARIANT = frozenset({"", "any", "all", "both", "either", "every"})


@dataclass(frozen=True)
class Transition(Move):
    """One move, with what the run made of it and where it is stated."""

    verdict: Verdict
    page: str
    anchor: str

    @property
    def stays(self) -> bool:
        """Whether nothing moves."""
        return self.next in ("", self.state)


@dataclass(frozen=True)
class StateTable:
    """Every specified cell of one variant, with the order in which states and events were first named."""

    variant: str
    transitions: tuple[Transition, ...]
    states: tuple[str, ...]
    events: tuple[str, ...]

    def cell(self, state: str, event: str) -> tuple[Transition, ...]:
        """What the specification says of one cell; nothing when no scenario names it."""
        found = (each for each in self.transitions if (each.state, each.event) == (state, event))
        return tuple(sorted(found, key=lambda each: bool(each.guards)))

    @property
    def empty_cells(self) -> int:
        """How many cells no scenario names."""
        return sum(not self.cell(state, event) for state in self.states for event in self.events)

    @property
    def verdict(self) -> Verdict:
        """The worst verdict among the rows."""
        return worst(each.verdict for each in self.transitions)


def outlines(book: Book) -> tuple[Entry, ...]:
    """Every outline that states transitions, or which of them are impossible."""
    return tuple(entry for entry in book.entries if states_moves(entry.feature, entry.rule, entry.scenario))


def state_tables(book: Book, entries: Iterable[Entry]) -> tuple[StateTable, ...]:
    """Build one table per variant, or a single one when no row names a variant."""
    rows = [_transition(book, entry, pickle) for entry in entries for pickle in entry.pickles if pickle.row]
    variants = list(dict.fromkeys(row.variant for row in rows if row.variant not in _EVERY_VARIANT))
    return tuple(_table(variant, rows) for variant in variants or [""]) if rows else ()


def _table(variant: str, rows: Sequence[Transition]) -> StateTable:
    mine = tuple(row for row in rows if row.variant in _EVERY_VARIANT or row.variant == variant)
    # The rows without a guard are the table proper, so they say in which order states and events are told.
    told = sorted(rows, key=lambda row: bool(row.guards))
    states = tuple(dict.fromkeys([row.state for row in told] + [row.next for row in told if row.next]))
    return StateTable(variant, mine, states, tuple(dict.fromkeys(row.event for row in told)))


def _transition(book: Book, entry: Entry, pickle: Pickle) -> Transition:
    if pickle.row is None:
        raise ValueError(pickle.name)
    return Transition(
        **vars(move_of(pickle.row)),
        verdict=book.result(pickle).status,
        page=page_path(entry.feature),
        anchor=fragment(pickle.id),
    )
