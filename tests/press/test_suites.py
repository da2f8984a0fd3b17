"""A suite that runs apart is left out until it is named, and its scenarios are never green because nobody ran them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from watchword.book.results import totals
from watchword.publication import Publication
from watchword.run import Run, load
from watchword.specification import read
from watchword.suites import SuiteError, suites

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
[tool.pytest.ini_options]
bdd_features_base_dir = "features"

[[tool.watchword.suites]]
name = "Elsewhere"
folder = "features/elsewhere"
evidence = "build/elsewhere.ndjson"
inputs = ["sandbox"]
run = "make test-elsewhere"
needs = "a sandbox"
"""
HERE, THERE = "build/evidence.ndjson", "build/elsewhere.ndjson"
FEATURE = "Feature: {name}\n  Scenario: {name}\n    Given it is so\n"
STEPS = "from pytest_bdd import given\n\n@given('it is so')\ndef so():\n    'Pass.'\n"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Lay out a project with one feature here and one in a suite, and run each; return what the runs said, too."""
    project = tmp_path_factory.mktemp("ran")
    (project / "pyproject.toml").write_text(SETTINGS)
    (project / "conftest.py").write_text(STEPS)
    for folder, name in (("features", "Here"), ("features/elsewhere", "There")):
        (project / folder).mkdir(exist_ok=True)
        (project / folder / f"{name.lower()}.feature").write_text(FEATURE.format(name=name))
    (project / "sandbox").mkdir()
    (project / "sandbox/settings").write_text("1")
    return project, run(project, "features", HERE), run(project, "features/elsewhere", THERE)


@pytest.fixture
def project(ran: tuple[Path, str, str], tmp_path: Path) -> Path:
    """Return a copy of the project that ran, with the evidence of both runs."""
    copied: Path = shutil.copytree(ran[0], tmp_path / "project")
    return copied


def run(project: Path, features: str, evidence: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", features, "--evidence", evidence]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def joined(project: Path) -> Run:
    return load(project / HERE, read(project))


def test_a_suite_is_left_out_loudly(ran: tuple[Path, str, str]) -> None:
    _, said, _ = ran
    assert "1 passed" in said
    assert (
        "features/elsewhere was left out: Elsewhere runs apart, with a sandbox — `make test-elsewhere` runs it." in said
    )


def test_a_suite_runs_when_it_is_named(ran: tuple[Path, str, str]) -> None:
    *_, said = ran
    assert "1 passed" in said
    assert "left out" not in said


def test_what_did_not_run_says_why(project: Path) -> None:
    (project / THERE).unlink()
    told = joined(project)
    assert [(result.status, bool(result.error)) for result in told.results] == [("not run", True), ("passed", False)]
    assert "`make test-elsewhere` runs it" in str(told.results[0].error)
    assert told.has_passed


def test_the_evidence_of_a_suite_is_read_beside_the_other(project: Path) -> None:
    told = joined(project)
    assert [result.status for result in told.results] == ["passed", "passed"]
    assert told.apart[0].absence == ""


@pytest.mark.parametrize("changed", ["sandbox/settings", "features/elsewhere/there.feature"])
def test_evidence_of_something_else_is_no_evidence(project: Path, changed: str) -> None:
    path = project / changed
    path.write_text(path.read_text() + "\n")
    told = joined(project)
    assert told.results[0].status == "not run"
    assert "since something changed" in told.apart[0].absence


def test_a_failure_in_a_suite_is_a_failure(project: Path) -> None:
    (project / "conftest.py").write_text(STEPS.replace("'Pass.'", "raise ValueError"))
    command = [sys.executable, "-m", "pytest", "features/elsewhere", "--evidence", THERE]
    subprocess.run(command, cwd=project, capture_output=True, check=False)
    assert not joined(project).has_passed


def test_publishing_leaves_a_suite_alone(project: Path) -> None:
    shutil.rmtree(project / "build")
    with Publication(project, features="features", evidence=HERE, inputs=("features",)) as publication:
        book = publication.publish("when-stale")
    assert [book.result(pickle).status for pickle in book.specification.pickles] == ["not run", "passed"]


def test_the_verdict_of_all_is_that_of_what_ran_here(project: Path) -> None:
    (project / THERE).unlink()
    with Publication(project, features="features", evidence=HERE, inputs=("features",)) as publication:
        book = publication.publish("never")
    said = totals(book, book.specification.features, "")
    assert "✓ 1 passed" in said
    assert "of 1 scenarios, beside 1 of *Elsewhere* that did not run here, for" in said


def test_a_suite_lacks_no_key(project: Path) -> None:
    (project / "pyproject.toml").write_text(SETTINGS.replace('needs = "a sandbox"\n', ""))
    with pytest.raises(SuiteError, match=r"tool\.watchword\.suites\.0\.needs: Field required"):
        suites(project)
