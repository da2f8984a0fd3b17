"""The states x events table, as the features state it: the same rows that the scenarios drive one by one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from watchword.specification import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """What an event is answered with, and the state it leads to."""

    answer: str
    next: str


@dataclass(frozen=True)
class Table:
    """One profile's table: an outcome for each state, event and circumstance; the empty circumstance is any other."""

    outcomes: dict[tuple[str, str, str], Outcome]

    @property
    def starts(self) -> list[tuple[str, str]]:
        """Each state a row begins from, with its circumstance."""
        return sorted({(state, circumstance) for state, _, circumstance in self.outcomes})

    @property
    def states(self) -> list[str]:
        """Each state, once."""
        return sorted({state for state, _, _ in self.outcomes})

    @property
    def events(self) -> list[str]:
        """Each event, once."""
        return sorted({event for _, event, _ in self.outcomes})

    def outcome(self, state: str, event: str, circumstances: Mapping[str, Callable[[], bool]]) -> Outcome:
        """Return what an event comes to: the first circumstance that the cell knows and that is so decides."""
        known = ((self.outcomes.get((state, event, name)), is_so) for name, is_so in circumstances.items())
        found = (outcome for outcome, is_so in known if outcome is not None and is_so())
        return next(found, None) or self.outcomes[state, event, ""]


@cache
def tables() -> dict[str, Table]:
    """Read the table of each profile.

    Raises:
        ValueError: two rows speak of the same cell and circumstance.
    """
    found: dict[str, Table] = {}
    for pickle in read(ROOT).pickles:
        if pickle.row is None or "transitions" not in pickle.tags:
            continue
        row = pickle.row.values
        outcomes = found.setdefault(row["profile"], Table({})).outcomes
        cell = (row["state"], row["event"], row.get("while", ""))
        if cell in outcomes:
            raise ValueError(f"{pickle.feature.uri}:{pickle.line}: {cell} has an outcome already")
        outcomes[cell] = Outcome(row["answer"], row["next"])
    return found
