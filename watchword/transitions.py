"""The rows that state what a session, a turnstile, or any other thing with states does when something happens to it.

A scenario outline tagged `@transitions` whose Examples have the columns `state`, `event`, `answer` and `next` states
moves; one tagged `@impossible` with `state`, `event` and `reason` says which cannot happen. Any further column narrows
its move (a guard); the column `profile` names the variant a move belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.specification import ExampleRow, Feature, Rule, Scenario

TRANSITIONS, IMPOSSIBLE = "transitions", "impossible"
VARIANT = "profile"
COLUMNS = frozenset({"state", "event", "answer", "next", "reason", VARIANT})

Cell = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Move:
    """One row: in this state, this event has this answer and leads there."""

    state: str
    event: str
    answer: str
    next: str
    reason: str
    variant: str
    guards: tuple[str, ...]

    @property
    def cell(self) -> Cell:
        """Name the cell of the table that the move fills: the variant, the state, the event, what narrows it."""
        return self.variant, self.state, self.event, self.guards

    @property
    def outcome(self) -> tuple[str, str, str]:
        """Say what comes of it; two moves of one cell that differ here contradict each other."""
        return self.answer, self.next, self.reason


def states_moves(feature: Feature, rule: Rule | None, scenario: Scenario) -> bool:
    """Say whether the rows of a scenario are moves."""
    own = (*feature.tags, *(rule.tags if rule else ()), *scenario.tags)
    return scenario.is_outline and not {TRANSITIONS, IMPOSSIBLE}.isdisjoint(own)


def placed_moves(feature: Feature) -> Iterator[tuple[Move, ExampleRow]]:
    """Read the moves that a feature states, each with its row."""
    for rule, scenario in feature.placed_scenarios():
        if states_moves(feature, rule, scenario):
            for row in scenario.rows:
                yield move_of(row), row


def move_of(row: ExampleRow) -> Move:
    """Read one row."""
    values = row.values
    return Move(
        state=values.get("state", ""),
        event=values.get("event", ""),
        answer=values.get("answer", ""),
        next=values.get("next", ""),
        reason=values.get("reason", ""),
        variant=values.get(VARIANT, ""),
        guards=tuple(f"{name} {value}" for name, value in values.items() if name not in COLUMNS and value),
    )
