"""Only what changed is run again, and the evidence of the rest stays what it was."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.site.sample import quiet_environment
from watchword.publication import Publication

if TYPE_CHECKING:
    from pathlib import Path

    from watchword.book import Book

TURNSTILE = "features/gate/turnstile.feature"


def _publish(project: Path) -> Book:
    places = {"features": "features", "evidence": "build/evidence.ndjson"}
    with Publication(project, **places, inputs=("features", "steps")) as publication:
        return publication.publish("when-stale")


def _verdicts(book: Book) -> dict[str, str]:
    return {pickle.id: book.result(pickle).status for pickle in book.specification.pickles}


def _counted(output: str) -> Counter[str]:
    """Add up what each share of a run says of its scenarios."""
    totals: Counter[str] = Counter()
    for count, status in re.findall(r"(\d+) (passed|failed|skipped)", output):
        totals[status] += int(count)
    return totals


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_changed_feature_is_run_alone(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = _verdicts(_publish(project))
    capfd.readouterr()
    _edit(project / TURNSTILE, "When a visitor does button", "When a visitor does push")
    after = _verdicts(_publish(project))
    assert "4 passed, 1 skipped" in capfd.readouterr().err
    assert {name for name in after if after[name] != before[name]} == {"gate/turnstile#a-button-does-not-open-the-gate"}


def test_a_removed_feature_leaves_the_evidence(project: Path) -> None:
    _publish(project)
    (project / TURNSTILE).unlink()
    assert {name.partition("#")[0] for name in _verdicts(_publish(project))} == {"gate/states"}


def test_a_changed_step_runs_everything(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _publish(project)
    capfd.readouterr()
    _edit(project / "steps" / "turnstile_steps.py", 'event == "push" and', 'event in ("push", "button") and')
    assert set(_verdicts(_publish(project)).values()) == {"passed", "skipped", "failed"}
    totals = Counter({"failed": 1, "passed": 10, "skipped": 1})
    assert _counted(capfd.readouterr().err) == totals


def test_nothing_changed_runs_nothing(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _publish(project)
    capfd.readouterr()
    _publish(project)
    assert capfd.readouterr().err == ""


def test_evidence_of_a_part_is_not_taken_for_the_whole(project: Path) -> None:
    command = [sys.executable, "-m", "pytest", "features", "-q", "-k", "coin", "--evidence", "build/evidence.ndjson"]
    subprocess.run(command, cwd=project, env=quiet_environment(), capture_output=True, check=False)
    assert "not run" not in _verdicts(_publish(project)).values()


@pytest.mark.parametrize("kept", [12, -40])
def test_torn_evidence_is_made_again(project: Path, kept: int) -> None:
    _publish(project)
    evidence = project / "build" / "evidence.ndjson"
    evidence.write_bytes(evidence.read_bytes()[:kept])
    assert "passed" in _verdicts(_publish(project)).values()
