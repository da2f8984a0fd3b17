"""Feature files are ordinary pytest files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.press.conftest import Project

pytest_plugins = ["pytester"]

SUMS = """
    @sums
    Feature: Sums

      Background:
        Given nothing else

      Scenario: One and one
        When 1 is added to 1
        Then the sum is 2

      @RULE-1
      Rule: Rows add up

        Scenario Outline: Adding <a>
          When <a> is added to 1
          Then the sum is <sum>

          @low
          Examples: Low
            | a | sum |
            | 1 | 2   |
            | 1 | 2   |

          @high-1
          Examples: High
            | a  | sum |
            | 10 | 11  |
    """


@pytest.mark.parametrize("mode", ["prepend", "importlib"])
def test_a_feature_runs_without_any_test_module(project: Project, mode: str) -> None:
    project.feature(SUMS)
    project.run(f"--import-mode={mode}").assert_outcomes(passed=4)


def test_node_ids_name_the_file_the_scenario_and_the_row(project: Project) -> None:
    project.feature(SUMS)
    project.run("--collect-only", "-q").stdout.fnmatch_lines(
        [
            "features/sums.feature::test_one_and_one",
            "features/sums.feature::test_adding_a[[]1-2_0]",
            "features/sums.feature::test_adding_a[[]1-2_1]",
            "features/sums.feature::test_adding_a[[]10-11]",
        ]
    )


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [
        (["-m", "sums"], 4),
        (["-m", "RULE-1"], 3),
        (["-m", "low"], 2),
        (["-m", "high-1"], 1),
        (["-k", "one_and_one"], 1),
        (["-k", "sums"], 4),
    ],
)
def test_scenarios_are_chosen_by_tag_and_by_name(project: Project, arguments: list[str], passed: int) -> None:
    project.feature(SUMS)
    project.run(*arguments).assert_outcomes(passed=passed, deselected=4 - passed)


def test_a_scenario_is_chosen_by_its_node_id(project: Project) -> None:
    project.feature(SUMS)
    result = project.pytester.runpytest_inprocess("features/sums.feature::test_adding_a[10-11]")
    result.assert_outcomes(passed=1)


def test_a_feature_outside_the_folder_runs_only_when_named(project: Project) -> None:
    project.write("elsewhere/sums.feature", SUMS)
    assert project.pytester.runpytest_inprocess("elsewhere").ret == pytest.ExitCode.NO_TESTS_COLLECTED
    project.pytester.runpytest_inprocess("elsewhere/sums.feature").assert_outcomes(passed=4)


def test_tags_are_markers_and_other_markers_stay_strict(project: Project) -> None:
    project.feature(SUMS)
    project.write("test_other.py", "import pytest\n@pytest.mark.unheard_of\ndef test_it(): pass\n")
    result = project.pytester.runpytest_inprocess("features", "test_other.py")
    result.stdout.fnmatch_lines(["*'unheard_of' not found in `markers`*"])
    assert result.ret != pytest.ExitCode.OK


def test_a_tag_of_another_feature_is_known(project: Project) -> None:
    project.feature(SUMS)
    project.feature("Feature: F\n  Scenario: S\n    Given nothing else\n", "plain")
    result = project.pytester.runpytest_inprocess("features/plain.feature", "-m", "not RULE-1")
    result.assert_outcomes(passed=1)
    result = project.pytester.runpytest_inprocess("features/plain.feature", "-m", "not RULE-2")
    result.stderr.fnmatch_lines(["*Unknown marker(s) in '-m' expression: RULE-2*"])


def test_a_failure_is_told_with_the_lines_of_its_steps(project: Project) -> None:
    project.feature("Feature: F\n  Scenario: Wrong\n    When 1 is added to 1\n    Then the sum is 3\n")
    result = project.run()
    result.stdout.fnmatch_lines(
        [
            "*assert total == expected*",
            "E*assert 2 == 3*",
            "*Scenario features/sums.feature:2*",
            "  passed  features/sums.feature:3: When 1 is added to 1",
            "  failed  features/sums.feature:4: Then the sum is 3",
        ]
    )
    result.stdout.no_fnmatch_line("*call_fixture_func*")


ONE_LINE = [
    (
        "Then the sum is",
        "the step 'Then the sum is' — did you mean 'the sum is {expected:d}'? Else define it with @then",
    ),
    ("Then zzzzzzzzzzzz", "no definition for the step 'Then zzzzzzzzzzzz' — define it with @then"),
    ("Then it waits", "defined by an async function, which nobody awaits — make conftest.py:"),
]


@pytest.mark.parametrize(("step", "words"), ONE_LINE)
def test_a_step_that_cannot_run_is_one_line(project: Project, step: str, words: str) -> None:
    project.feature(f"Feature: F\n  Scenario: S\n    Given nothing else\n    {step}\n")
    result = project.run()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    (told,) = [line for line in result.outlines if line.startswith("features/sums.feature:4: ")]
    assert words in told
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("E  *")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Feature: F\n  Scenario: S\n    Given x\n  nonsense\n", "features/sums.feature:4: expected: *got 'nonsense'*"),
        (
            "Feature: F\n  Scenario: S\n    Given x\n  Scenario: S\n    Given x\n",
            "features/sums.feature:4: *'S' is already*",
        ),
        ("", "features/sums.feature:1: the file holds no feature*"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(project: Project, text: str, told: str) -> None:
    project.feature(text)
    result = project.run()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*ERROR collecting features/sums.feature*", told])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*Error: *")
