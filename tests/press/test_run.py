"""Evidence is used only when it is whole and of the features as they are written now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watchword.run import EvidenceError

if TYPE_CHECKING:
    from tests.press.conftest import Project

pytest_plugins = ["pytester"]

SUM = "Feature: F\n  Scenario: S\n    When 1 is added to 1\n    Then the sum is 2\n"


@pytest.fixture
def ran(project: Project) -> Project:
    """Leave a project whose one scenario has run."""
    project.feature(SUM)
    project.run()
    return project


def refusal(project: Project) -> str:
    with pytest.raises(EvidenceError) as caught:
        project.load()
    told = str(caught.value)
    assert told.endswith(f" — run the scenarios again with `pytest features --evidence {project.evidence}`")
    assert "\n" not in told
    return told


def test_whole_and_fresh_evidence_is_joined(ran: Project) -> None:
    run = ran.load()
    (pickle,) = ran.read().pickles
    assert run.result(pickle).status == "passed"
    assert run.has_passed


def test_missing_evidence_is_refused(project: Project) -> None:
    project.feature(SUM)
    assert "no evidence there" in refusal(project)


@pytest.mark.parametrize("cut", [2, 40, 400])
def test_torn_evidence_is_refused(ran: Project, cut: int) -> None:
    ran.evidence.write_bytes(ran.evidence.read_bytes()[:-cut])
    assert "torn" in refusal(ran)


def test_a_lost_row_is_noticed(ran: Project) -> None:
    head, _, end = ran.evidence.read_text().splitlines()
    ran.evidence.write_text(f"{head}\n{end}\n")
    assert "torn" in refusal(ran)


def test_a_changed_row_is_noticed(ran: Project) -> None:
    ran.evidence.write_text(ran.evidence.read_text().replace('"passed"', '"failed"', 1))
    assert "torn" in refusal(ran)


def test_empty_evidence_is_refused(ran: Project) -> None:
    ran.evidence.write_bytes(b"")
    assert "torn" in refusal(ran)


def test_evidence_of_another_text_is_stale(ran: Project) -> None:
    ran.feature(SUM.replace("the sum is 2", "the sum is 3"))
    assert "features/sums.feature has changed since the run" in refusal(ran)


def test_a_new_feature_makes_the_evidence_stale(ran: Project) -> None:
    ran.feature(SUM, "more")
    assert "features/more.feature has changed since the run" in refusal(ran)


def test_a_removed_feature_makes_the_evidence_stale(ran: Project) -> None:
    ran.feature(SUM, "more")
    ran.run()
    (ran.root / "features/more.feature").unlink()
    assert "features/more.feature has changed since the run" in refusal(ran)


def test_a_feature_that_changes_while_it_runs_makes_the_evidence_stale(project: Project) -> None:
    path = project.feature("Feature: F\n  Scenario: S\n    Given a late thought\n")
    changed = path.read_text().replace("Scenario: S", "Scenario: T")
    body = f"import pathlib\n    pathlib.Path({str(path)!r}).write_text({changed!r})"
    project.write("conftest.py", f"from pytest_bdd import given\n@given('a late thought')\ndef _():\n    {body}\n")
    project.run()
    assert "has changed since the run" in refusal(project)
