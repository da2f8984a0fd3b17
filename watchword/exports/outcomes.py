"""How each step of a scenario ended, in Cucumber's words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchword.evidence import Status
    from watchword.run import Result, StepResult
    from watchword.specification import Step

CucumberStatus = Literal["PASSED", "FAILED", "SKIPPED", "UNKNOWN"]

# A step after the one that broke its scenario was left out; one of a scenario that never began says nothing at all.
OF_STEPS: Mapping[Status, CucumberStatus] = {
    "passed": "PASSED",
    "failed": "FAILED",
    "skipped": "SKIPPED",
    "not run": "SKIPPED",
}


@dataclass(frozen=True)
class Outcome:
    """How one step ended; `step` is None where the run says nothing of it."""

    status: CucumberStatus
    seconds: float = 0.0
    error: str = ""
    step: StepResult | None = None
    is_preparation: bool = False
    """Whether it only led a green scenario to its action."""


def outcomes(result: Result) -> list[Outcome]:
    """Say of each step of a scenario how it ended, so that the worst of them is how the scenario did."""
    if result.status == "not run":
        return [Outcome("UNKNOWN") for _ in result.pickle.steps]
    done = {(step.line, step.text): step for step in result.steps}
    told = [_outcome(step, done.get((step.line, step.text)), result) for step in result.pickle.steps]
    wanted = OF_STEPS[result.status]
    if told and wanted not in {outcome.status for outcome in told}:
        # What broke it was no step: what a step stands on, or the clearing up after the last.
        place = next((place for place, each in enumerate(told) if each.status == "SKIPPED"), len(told) - 1)
        told[place] = replace(told[place], status=wanted, error=result.error or "")
    return told


def _outcome(written: Step, step: StepResult | None, result: Result) -> Outcome:
    if step is None:
        return Outcome("SKIPPED")
    is_preparation = result.status == "passed" and written.kind == "context"
    return Outcome(OF_STEPS[step.status], step.seconds, step.error or "", step, is_preparation)
