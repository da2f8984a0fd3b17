"""What a run leaves behind: the evidence, as it is written by a real pytest."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from watchword.digest import digest_bytes

if TYPE_CHECKING:
    from tests.press.conftest import Project

pytest_plugins = ["pytester"]

ALL_KINDS = """
    Feature: All kinds

      Background:
        Given nothing else

      Scenario: Right
        When 1 is added to 1
        Then the sum is 2

      Scenario: Wrong
        When 1 is added to 1
        Then the sum is 3
        And the sum is 2

      Scenario: Put off
        When 1 is added to 1
        Then it is put off
        And the sum is 2

      Scenario: Unheard of
        When somebody sings

      Scenario: Awaited
        Then it waits

      Rule: Ruled

        Background:
          Given a rule of its own

        Scenario Outline: Rows of <a>
          When <a> is added to 1
          Then the sum is <sum>

          Examples:
            | a | sum |
            | 1 | 2   |
            | 1 | 2   |
            | 2 | 9   |

        Scenario: A table
          When the table is read
            | cell  |
            | value |
          Then it holds value

        Scenario: A text
          When the text is read
            \"\"\"
            one
            two
            \"\"\"
          Then it holds two
    """
EXPECTED = {
    "all#right": "passed",
    "all#wrong": "failed",
    "all#put-off": "skipped",
    "all#unheard-of": "failed",
    "all#awaited": "failed",
    "all#rows-of-a--1-2": "passed",
    "all#rows-of-a--1-2-2": "passed",
    "all#rows-of-a--2-9": "failed",
    "all#a-table": "passed",
    "all#a-text": "passed",
}


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_every_pickle_has_its_result(project: Project, arguments: list[str]) -> None:
    project.feature(ALL_KINDS, "all")
    project.run(*arguments)
    assert project.statuses() == EXPECTED


def test_steps_say_how_they_ended_and_where_they_are_defined(project: Project) -> None:
    project.feature(ALL_KINDS, "all")
    project.run()
    results = {result.pickle.id: result for result in project.load().results}
    wrong = results["all#wrong"]
    assert [(step.keyword, step.text, step.line, step.status) for step in wrong.steps] == [
        ("Given", "nothing else", 4, "passed"),
        ("When", "1 is added to 1", 11, "passed"),
        ("Then", "the sum is 3", 12, "failed"),
        ("And", "the sum is 2", 13, "not run"),
    ]
    assert wrong.steps[2].error == "AssertionError: assert 2 == 3"
    assert wrong.error == wrong.steps[2].error
    definition = next(
        n for n, text in enumerate((project.root / "conftest.py").read_text().splitlines(), 1) if "sum" in text
    )
    assert wrong.steps[2].definition == f"conftest.py:{definition}"
    assert [step.status for step in results["all#put-off"].steps] == ["passed", "passed", "skipped", "not run"]
    assert results["all#put-off"].error == "not today"
    assert [step.status for step in results["all#unheard-of"].steps] == ["passed", "failed"]
    assert [step.text for step in results["all#rows-of-a--2-9"].steps] == [
        "nothing else",
        "a rule of its own",
        "2 is added to 1",
        "the sum is 9",
    ]


def test_seconds_are_measured(project: Project) -> None:
    project.write(
        "conftest.py", "import time\nfrom pytest_bdd import given\n@given('time')\ndef _(): time.sleep(0.02)\n"
    )
    project.feature("Feature: F\n  Scenario: S\n    Given time\n")
    project.run()
    (result,) = project.load().results
    assert 0.02 <= result.steps[0].seconds <= result.seconds <= project.load().seconds


def test_keywords_of_another_language_run(project: Project) -> None:
    project.feature(
        "# language: de\nFunktionalität: F\n  Szenario: Summe\n    Wenn 1 is added to 1\n    Dann the sum is 2\n"
    )
    project.run()
    (result,) = project.load().results
    assert [(step.keyword, step.status) for step in result.steps] == [("Wenn", "passed"), ("Dann", "passed")]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_fixture_that_breaks_fails_its_scenario(project: Project, when: str) -> None:
    body = "raise OSError('broken')\n    yield" if when == "before" else "yield\n    raise OSError('broken')"
    steps = f"import pytest\nfrom pytest_bdd import given\n@pytest.fixture(autouse=True)\ndef broken():\n    {body}\n"
    project.write("conftest.py", f"{steps}@given('x')\ndef _(): pass\n")
    project.feature("Feature: F\n  Scenario: S\n    Given x\n")
    project.run()
    (result,) = project.load().results
    assert (result.status, result.error) == ("failed", "OSError: broken")
    assert [step.status for step in result.steps] == ["not run" if when == "before" else "passed"]


def test_what_was_not_chosen_is_not_run(project: Project) -> None:
    project.feature(ALL_KINDS, "all")
    project.run("-k", "right")
    run = project.load()
    assert run.totals == {"passed": 1, "failed": 0, "skipped": 0, "not run": 9}
    assert run.selection.keyword == "right"
    assert not run.has_passed


def test_the_head_says_what_ran(project: Project) -> None:
    path = project.feature(ALL_KINDS, "all")
    project.run()
    head = json.loads(project.evidence.read_text().splitlines()[0])
    assert head["features"] == {"features/all.feature": digest_bytes(path.read_bytes())}
    assert list(head["trees"]) == ["features"]
    assert (head["commit"], head["is_dirty"]) == (None, False)
    assert head["started_at"].endswith("+00:00")


def test_the_head_names_the_commit(project: Project) -> None:
    project.feature(ALL_KINDS, "all")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "features"], ["commit", "-qm", "x"]):
        assert project.pytester.run(*git, *arguments).ret == 0
    project.run()
    run = project.load()
    assert run.commit == project.pytester.run("git", "rev-parse", "HEAD").outlines[0]
    assert run.is_dirty


def test_evidence_is_not_touched_by_collecting_or_by_a_run_without_it(project: Project) -> None:
    project.feature(ALL_KINDS, "all")
    project.run("--collect-only")
    project.pytester.runpytest_inprocess("features")
    assert not project.evidence.exists()


def test_no_half_written_file_is_left(project: Project) -> None:
    project.feature(ALL_KINDS, "all")
    project.run()
    assert [path.name for path in project.evidence.parent.iterdir()] == ["evidence.ndjson"]


def test_a_killed_run_leaves_the_evidence_before_it(project: Project) -> None:
    project.feature("Feature: F\n  Scenario: S\n    Given nothing else\n")
    project.run()
    before = project.evidence.read_bytes()
    project.write(
        "conftest.py", "import os\nfrom pytest_bdd import given\n@given('nothing else')\ndef _(): os._exit(9)\n"
    )
    command = [sys.executable, "-m", "pytest", "features", "--evidence", "build/evidence.ndjson"]
    assert project.pytester.run(*command).ret == 9
    assert project.evidence.read_bytes() == before


def test_records_do_not_reach_the_junit_report(project: Project) -> None:
    project.feature(ALL_KINDS, "all")
    project.run("--junitxml=build/junit.xml")
    assert "watchword" not in (project.root / "build/junit.xml").read_text()
    assert len(project.statuses()) == len(EXPECTED)


def test_a_place_that_cannot_be_written_is_one_line(project: Project) -> None:
    project.feature(ALL_KINDS, "all")
    project.write("build", "a file where the folder should be")
    result = project.run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (told,) = [line for line in result.errlines if line]
    assert told.startswith(f"ERROR: the evidence cannot be written to {project.evidence} (")
    assert told.endswith(" — name another file with --evidence")
