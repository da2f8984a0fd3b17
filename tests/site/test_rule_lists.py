"""A list of rules holds the rules that were asked for, each with the verdict of the cases that are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watchword.book import FenceError, resolve
from watchword.book.rule_lists import FEW

if TYPE_CHECKING:
    from watchword.book import Book

STATES = "[Every event has an answer in every state](../specification/gate/states.md#rule-every-event-has-an-answer"
COIN = "[A coin opens the gate](../specification/gate/turnstile.md#rule-a-coin-opens-the-gate)"


def _shown(book: Book, line: str) -> str:
    return resolve(f"```watchword\n{line}\n```\n", book, page="guide/page.md")


def test_the_rules_of_a_feature_are_its_own(book: Book) -> None:
    text = _shown(book, "rules: gate/turnstile")
    assert COIN in text
    assert STATES not in text


@pytest.mark.parametrize("name", ["gate", "all"])
def test_the_rules_of_a_folder_are_those_of_each_feature_in_it(book: Book, name: str) -> None:
    text = _shown(book, f"rules: {name}")
    assert COIN in text
    assert STATES in text
    assert "**[The turnstile](../specification/gate/turnstile.md)**" in text


def test_an_ending_finds_the_words_that_a_row_puts_into_an_outcome(book: Book) -> None:
    text = _shown(book, "ending: the gate stays shut and is locked")
    assert STATES in text
    assert COIN in text
    assert "Nothing a sign says" not in text


def test_words_before_the_outcome_are_no_ending(book: Book) -> None:
    assert STATES in _shown(book, "rules: all")
    assert "The gate is out of order" not in _shown(book, "ending: the gate")


def test_an_ending_judges_by_the_cases_that_end_so_alone(book: Book) -> None:
    """The rule is red, but not for want of opening to a coin."""
    opens = next(line for line in _shown(book, "ending: opens and is unlocked").splitlines() if COIN in line)
    shut = next(line for line in _shown(book, "ending: stays shut").splitlines() if COIN in line)
    assert 'aria-label="passed"' in opens
    assert 'aria-label="failed"' in shut


def test_the_lead_counts_scenarios_and_rules(book: Book) -> None:
    assert "✗ 2 scenarios</span> of 2 rules end so." in _shown(book, "ending: stays shut and is locked")


def test_few_rules_are_listed_and_many_are_folded(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FEW > 1
    assert "<details" not in _shown(book, "ending: the gate")
    monkeypatch.setattr("watchword.book.rule_lists.FEW", 1)
    text = _shown(book, "ending: the gate")
    assert text.count('<details class="ww-rows" markdown="1">') == len(("states", "turnstile"))
    assert "**Gate**" in text


def test_examples_lead_to_the_evidence_of_each_row(book: Book) -> None:
    text = _shown(book, "examples: A <state> gate meets a <event> by <profile>")
    row = next(line for line in text.splitlines() if "| greedy | unlocked | coin | opens |" in line)
    assert 'aria-label="failed"' in row
    assert text.count('aria-label="failed"') == 1
    assert "](../specification/gate/states.md#a-state-gate-meets-a-event-by-profile--greedy-unlocked" in row


def test_rules_are_found_by_the_requirements_they_state(book: Book) -> None:
    text = _shown(book, "rules: GTE-01, GTE-03")
    assert COIN in text
    assert STATES in text
    assert STATES not in _shown(book, "rules: GTE-01")


def test_a_requirement_that_no_rule_states_is_not_passed_over(book: Book) -> None:
    with pytest.raises(FenceError, match="no rules state all of that"):
        _shown(book, "rules: GTE-01, GTE-99")
