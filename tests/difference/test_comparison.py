"""What counts as a difference, and as which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.difference import Difference, Side, compare
from watchword.difference.rows import row_changes

if TYPE_CHECKING:
    from random import Random

HEAD = "Feature: F\n  @AUD-01 @must\n  Rule: R\n"
USUAL = "      Given Ada holds an access token\n      {}\n      When she presents it\n      Then access is granted\n"


def told(before: dict[str, str], after: dict[str, str]) -> Difference:
    """Compare two lots of feature files, by their names."""
    sides = ({f"features/{name}.feature": text.encode() for name, text in lot.items()} for lot in (before, after))
    base, head = (Side("side", Path("/nowhere"), "features", files, {}) for files in sides)
    return compare(base, head)


def scenario(name: str, fact: str) -> str:
    return f"    Scenario: {name}\n" + USUAL.format(f"And {fact}")


def kinds(difference: Difference) -> list[tuple[str, ...]]:
    return [change.kinds for change in difference.scenarios]


def test_boilerplate_makes_no_two_scenarios_alike() -> None:
    """Two scenarios that share all but the one step that tells them apart are two, not one renamed."""
    others = "".join(scenario(f"S{number}", f"its claim {number} is odd") for number in range(8))
    before = {"f": HEAD + others + scenario("The hours", "the sun has set over the harbour")}
    after = {"f": HEAD + others + scenario("The tides", "a ship of another line lies at anchor")}
    assert sorted(kinds(told(before, after))) == [("added",), ("removed",)]


def test_a_scenario_renamed_and_reworded_is_the_same_scenario() -> None:
    others = "".join(scenario(f"S{number}", f"its claim {number} is odd") for number in range(8))
    before = {"f": HEAD + others + scenario("The hours", "the sun has set over the harbour of the town")}
    after = {"f": HEAD + others + scenario("The night", "the sun has set over the harbour of the city")}
    (change,) = told(before, after).scenarios
    assert (change.kinds, change.was) == (("renamed", "changed"), "The hours")


def test_a_file_that_moved_is_told_once() -> None:
    text = HEAD + scenario("A", "one fact") + scenario("B", "another fact")
    difference = told({"old": text}, {"new": text})
    assert (difference.scenarios, difference.rules) == ((), ())
    (feature,) = difference.features
    assert (feature.kinds, feature.was_at and feature.was_at.uri) == (("moved",), "features/old.feature")


def test_a_rule_reworded_takes_its_scenarios_along() -> None:
    before = HEAD + scenario("A", "one fact")
    difference = told({"f": before}, {"f": before.replace("Rule: R", "Rule: A better sentence")})
    assert (difference.scenarios, [change.kinds for change in difference.rules]) == ((), [("renamed",)])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      And one fact\n", "      But one fact\n"),
        ("  Rule: R\n", "  Rule: R\n\n"),
        ("      When she", "        When she"),
    ],
    ids=["And and But", "blank lines", "indents"],
)
def test_layout_is_no_difference(old: str, new: str) -> None:
    text = HEAD + scenario("A", "one fact")
    difference = told({"f": text}, {"f": text.replace(old, new)})
    assert (difference.is_empty, difference.layout_only) == (True, ("features/f.feature",))


def test_two_rows_of_one_cell_are_ambiguous() -> None:
    table = "    Examples:\n      | state | event | answer | next |\n      | on | push | granted | off |\n"
    text = f"Feature: F\n  @transitions\n  Scenario Outline: <state> <event> <answer> <next>\n    Given x\n{table}"
    (cell,) = told({"f": text}, {"f": f"{text}      | on | push | granted | on |\n"}).cells
    assert (cell.kind, cell.after) == ("ambiguous", (("granted", "off"), ("granted", "on")))


ROWS = st.lists(st.builds(lambda a, b: {"a": a, "b": b, "c": "k"}, st.sampled_from("xyz"), st.sampled_from("uvw")))


@given(ROWS, st.randoms())
@settings(deadline=None)
def test_the_order_of_rows_says_nothing(rows: list[dict[str, str]], random: Random) -> None:
    shuffled = random.sample(rows, len(rows))
    assert row_changes(rows, shuffled, table="") == []


@given(ROWS, ROWS)
@settings(deadline=None)
def test_the_changes_of_rows_lead_from_one_side_to_the_other(
    before: list[dict[str, str]], after: list[dict[str, str]]
) -> None:
    rows = [tuple(row.values()) for row in before]
    for change in row_changes(before, after, table=""):
        if change.kind != "added":
            edits = {edit.column: edit.before for edit in change.edits}
            here = zip(change.columns, change.row, strict=True)
            rows.remove(tuple(edits.get(column, cell) for column, cell in here))
        if change.kind != "removed":
            rows.append(change.row)
    assert sorted(rows) == sorted(tuple(row.values()) for row in after)
