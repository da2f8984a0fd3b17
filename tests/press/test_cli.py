"""The command line, as a shell sees it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.press.conftest import Project

pytest_plugins = ["pytester"]


def watchword(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from watchword.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)


def test_the_version_is_printed(project: Project) -> None:
    assert watchword(project, "--version").stdout == f"watchword {version('watchword')}\n"


def test_a_run_that_passed_exits_0(project: Project) -> None:
    project.feature("Feature: F\n  Scenario: S\n    Given nothing else\n")
    project.run()
    done = watchword(project, "status")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 passed (1 in all, ")


def test_what_failed_or_did_not_run_is_told_with_file_and_line(project: Project) -> None:
    wrong = "  Scenario: S\n    When 1 is added to 1\n    Then the sum is 3\n"
    project.feature(f"Feature: F\n{wrong}  Scenario: T\n    Given nothing else\n")
    project.run("-k", "test_s")
    done = watchword(project, "status")
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == [
        "  failed  features/sums.feature:4: S: AssertionError: assert 2 == 3",
        " not run  features/sums.feature:5: T",
    ]
    assert done.stdout.splitlines()[2].startswith("1 failed, 1 not run (2 in all, ")


def test_bad_input_is_one_sentence_and_exits_2(project: Project) -> None:
    no_features = watchword(project, "status")
    project.feature("Feature: F\n  Scenario: S\n")
    no_steps = watchword(project, "status")
    project.feature("Feature: F\n  Scenario: S\n    Given nothing else\n")
    no_evidence = watchword(project, "status")
    for done, told in (
        (no_features, "features:1: there is no such folder — run from the project's root\n"),
        (no_steps, "features/sums.feature:2: the scenario 'S' has no steps and would pass unread — add its steps\n"),
    ):
        assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
    assert (no_evidence.returncode, no_evidence.stderr.count("\n")) == (2, 1)
    assert no_evidence.stderr.startswith("build/evidence.ndjson: no evidence there")
