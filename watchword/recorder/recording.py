"""What one scenario did, step by step, while it runs."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from watchword.recorder.tokens import TokenNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest
    from pytest_bdd.parser import Step

    from watchword.evidence import Json
    from watchword.specification import Pickle

LONGEST_ERROR = 4_096


class Recording:
    """The record of one scenario; its steps stand there from the start as "not run"."""

    def __init__(self) -> None:
        self.tokens = TokenNames()
        self.steps: list[Json] = []
        self.status = "not run"
        self.seconds = 0.0
        self.error: str | None = None
        self._current = 0
        self._started = 0.0

    def expect(self, steps: Sequence[Step]) -> None:
        """Write down the steps that are to run."""
        self.steps = [_step(step) for step in steps]
        self._current = -1

    def begin_step(self, definition: str) -> None:
        """Note that the next step begins, and where it is defined."""
        self._current += 1
        self.steps[self._current] |= {"definition": definition, "status": "failed"}
        self._started = perf_counter()

    def end_step(self, status: str, error: str | None = None) -> None:
        """Note how the current step ended."""
        seconds = round(perf_counter() - self._started, 6)
        self.steps[self._current] |= {"status": status, "seconds": seconds, "error": self._shown(error)}

    def refuse_step(self, error: str) -> None:
        """Note that the next step cannot run at all."""
        self._current += 1
        self.steps[self._current] |= {"status": "failed", "error": self._shown(error)}

    def add_exchange(self, line: Json) -> None:
        """Attach an exchange to the current step."""
        self._step()["exchanges"].append(line)

    def add_note(self, line: Json) -> None:
        """Attach an observation to the current step."""
        self._step()["notes"].append(line)

    def end_phase(self, report: pytest.TestReport, error: str | None) -> None:
        """Note how setup, the scenario itself or teardown ended; the first that did not pass decides."""
        self.seconds += report.duration
        if self.status in {"not run", "passed"}:
            self.status = report.outcome
            self.error = self._shown(error)
        self._settle_interrupted_step(report, error)

    def _settle_interrupted_step(self, report: pytest.TestReport, error: str | None) -> None:
        """A step that skips, or is stopped, calls no hook of pytest-bdd: the report says how it ended."""
        step = self.steps[self._current] if 0 <= self._current < len(self.steps) else {}
        if report.when == "call" and step.get("status") == "failed" and step["error"] is None:
            self.end_step(report.outcome, error)

    def told(self, uri: str) -> str:
        """Tell the scenario step by step, for a terminal."""
        return "\n".join(
            f"{step['status']:>8}  {uri}:{step['line']}: {step['keyword']} {step['text']}" for step in self.steps
        )

    def row(self, pickle: Pickle) -> Json:
        """Give the record as a row of evidence."""
        return {
            "kind": "row",
            "uri": pickle.feature.uri,
            "digest": pickle.feature.digest,
            "line": pickle.scenario.line,
            "values": dict(pickle.row.values) if pickle.row else None,
            "occurrence": pickle.occurrence,
            "status": self.status,
            "seconds": round(self.seconds, 6),
            "error": self.error,
            "steps": self.steps,
            "tokens": self.tokens.lines,
        }

    def _step(self) -> Json:
        if not self.steps:  # a test that is no scenario may use the fixture too; nobody reads its record
            self.steps = [{"exchanges": [], "notes": []}]
        return self.steps[max(self._current, 0)]

    def _shown(self, error: str | None) -> str | None:
        if error is None:
            return None
        shown = self.tokens.replace(error)
        return shown if len(shown) <= LONGEST_ERROR else f"{shown[:LONGEST_ERROR]}… (cut)"


def _step(step: Step) -> Json:
    return {
        "keyword": step.keyword.strip(),
        "text": step.name,
        "line": step.line_number,
        "status": "not run",
        "seconds": 0.0,
        "definition": None,
        "error": None,
        "exchanges": [],
        "notes": [],
    }
