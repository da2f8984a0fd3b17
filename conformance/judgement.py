"""From outcomes to a verdict: which failures decide, which warn, which inform, and which were expected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from conformance.errors import CONFORMS, DOES_NOT_CONFORM, NOTHING_JUDGED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.expected import Expected
    from conformance.outcome import Outcome
    from conformance.play import Findings

Level = Literal["must", "should", "policy"]

DECIDING = {
    "must": frozenset({"MUST"}),
    "should": frozenset({"MUST", "SHOULD"}),
    "policy": frozenset({"MUST", "SHOULD", "MAY", "policy"}),
}

NEVER_BEGAN = "INTERRUPTED before anything was judged"


@dataclass
class Row:
    """How many scenarios of an area ended how."""

    passed: int = 0
    failed: int = 0
    warned: int = 0
    informed: int = 0
    unjudged: int = 0


@dataclass(frozen=True)
class Judgement:
    """What the findings mean at a level.

    Attributes:
        expected: the failures that somebody has accepted, by the scenario's id.
    """

    findings: Findings
    level: Level
    expected: Mapping[str, Expected]

    @cached_property
    def failing(self) -> tuple[Outcome, ...]:
        """The failures that decide."""
        return tuple(each for each in self.findings.outcomes if self._decides(each) and each.id not in self.expected)

    @cached_property
    def excused(self) -> tuple[Outcome, ...]:
        """The failures that would decide, were they not expected."""
        return tuple(each for each in self.findings.outcomes if self._decides(each) and each.id in self.expected)

    @cached_property
    def warning(self) -> tuple[Outcome, ...]:
        """The failures of a SHOULD that do not decide, and what passed against the sources' advice."""
        return tuple(each for each in self.findings.outcomes if each.fault == "SHOULD" and not self._decides(each))

    @cached_property
    def informing(self) -> tuple[Outcome, ...]:
        """What differs from a permission or from the house's policy."""
        return tuple(
            each for each in self.findings.outcomes if each.fault in {"MAY", "policy"} and not self._decides(each)
        )

    @cached_property
    def unjudged(self) -> tuple[Outcome, ...]:
        """What this run could not unlock."""
        return tuple(each for each in self.findings.outcomes if not each.is_judged)

    @cached_property
    def stale(self) -> tuple[str, ...]:
        """The ids of expected failures that did not happen."""
        sound = {outcome.id for outcome in self.findings.outcomes if outcome.fault is None}
        return tuple(id_ for id_ in self.expected if id_ in sound)

    def by_area(self) -> Mapping[str, Row]:
        """Count by the folder that a scenario's feature lies in."""
        rows: dict[str, Row] = {}
        for outcome in self.findings.outcomes:
            area = outcome.pickle.feature.uri.split("/")[-2].capitalize()
            row = rows.setdefault(area, Row())
            name = self._column(outcome)
            setattr(row, name, getattr(row, name) + 1)
        return rows

    @property
    def exit_code(self) -> int:
        """Say it as a process does."""
        if self.findings.is_interrupted:
            return NOTHING_JUDGED
        if self.failing or self.stale or self.findings.death:
            return DOES_NOT_CONFORM
        return CONFORMS if any(each.is_judged for each in self.findings.outcomes) else NOTHING_JUDGED

    @property
    def verdict(self) -> str:
        """Say it in one sentence."""
        judged = sum(each.is_judged for each in self.findings.outcomes)
        played = len(self.findings.outcomes)
        took = f"{judged} of {played} scenarios judged in {self.findings.seconds:.1f} s"
        if self.findings.is_interrupted:
            return f"INTERRUPTED, so there is no verdict ({took})" if judged else NEVER_BEGAN
        if self.findings.death:
            return f"DOES NOT CONFORM ({took}): {self.findings.death}"
        if self.stale:
            return f"STALE: {', '.join(self.stale)} was expected to fail and did not — take it out of the list ({took})"
        if self.failing:
            return f"DOES NOT CONFORM at level {self.level.upper()}: {len(self.failing)} failed ({took})"
        if not judged:
            return "NOTHING WAS JUDGED: no scenario fits — is --only too narrow, or about the other party?"
        excused = f", {len(self.excused)} expected to fail" if self.excused else ""
        return f"CONFORMS at level {self.level.upper()} ({took}{excused})"

    def _decides(self, outcome: Outcome) -> bool:
        return outcome.fault in DECIDING[self.level]

    def _column(self, outcome: Outcome) -> str:
        if not outcome.is_judged:
            return "unjudged"
        if self._decides(outcome):
            return "failed"
        return {None: "passed", "SHOULD": "warned"}.get(outcome.fault, "informed")
