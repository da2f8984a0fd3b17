"""The benchmarks' arithmetic, and the page that shows their results. Nothing is timed here."""

import re

import pytest

from benchmarks import page, results
from benchmarks.__main__ import BENCHMARKS
from benchmarks.measurement import Aim, Row, Spread, ratio, rounds, spread

ONE = Spread(1.0, 1.0, 1.0)


def test_the_page_shows_the_figures_of_the_results_file() -> None:
    assert page.filled(page.PAGE.read_text(), results.load()) == page.PAGE.read_text()


def test_every_benchmark_has_results_and_is_on_the_page() -> None:
    named = set(re.findall(r"<!-- measured: ([a-z-]+) -->", page.PAGE.read_text()))

    assert named == set(results.load()) == set(BENCHMARKS)


def test_a_benchmark_without_results_says_so() -> None:
    assert "Not measured yet." in page.filled("<!-- measured: lost -->\n<!-- end -->", {})


def test_quotients_are_taken_within_a_round() -> None:
    # The second round ran on a machine ten times as slow: the ratio stays.
    samples = {"subject": [1.0, 10.0], "baseline": [2.0, 20.0]}

    assert ratio(samples, "subject", "baseline") == Spread(0.5, 0.5, 0.5)


def test_the_middle_half_lies_between_the_quartiles() -> None:
    assert spread([1.0, 2.0, 3.0, 4.0, 100.0]) == Spread(3.0, 2.0, 4.0)


def test_each_round_is_begun_by_another_subject() -> None:
    turns = [name for name, _ in rounds({"a": 1, "b": 2}, 2)]

    assert turns == ["a", "b", "b", "a"]


@pytest.mark.parametrize(
    ("bound", "ratio", "is_met"),
    [("at most", 1.6, True), ("at most", 1.61, False), ("at least", 1.1, True), ("at least", 1.09, False)],
)
def test_an_aim_includes_its_bound(bound: str, ratio: float, *, is_met: bool) -> None:
    aim = Aim("at most", 1.6) if bound == "at most" else Aim("at least", 1.1)

    assert aim.is_met(ratio) == is_met


def test_a_missed_aim_is_said_in_the_table() -> None:
    row = Row("slow", ONE, "µs", "fast", Spread(2.0, 1.9, 2.1), Aim("at most", 1.6))

    assert page.line(row).endswith("| **2.00** × fast (1.90 to 2.10) | at most 1.6: **missed** |")
