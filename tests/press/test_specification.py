"""The reader: what a feature file says, and what it may not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watchword.specification import SpecificationError, read

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
@topic
Feature: Sums
  Why sums matter,
    in two lines.

  Background:
    Given nothing else

  Scenario: A text
    When the text is read
      \"\"\"
      one
      two
      \"\"\"
    Then it holds one

  @SUM-1 @must
  Rule: Numbers add up
    Because they do.

    Background:
      Given a rule of its own

    @small
    Scenario Outline: <a> and <b>, added
      When <a> is added to <b>
      Then the sum is <sum>
      But it holds <a>
        | cell | <a> |

      @positive
      Examples: Positive
        | a | b | sum |
        | 1 | 2 | 3   |
        | 1 | 2 | 3   |

      Examples: Negative
        | a  | b | sum |
        | -1 | 1 | 0   |
"""


def write(root: Path, text: str, name: str = "numbers/sums") -> None:
    path = root / "features" / f"{name}.feature"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems_of(root: Path) -> list[str]:
    with pytest.raises(SpecificationError) as caught:
        read(root)
    return str(caught.value).splitlines()


def test_a_feature_keeps_its_prose_tags_and_lines(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    (feature,) = read(tmp_path).features
    (rule,) = feature.rules
    assert (feature.id, feature.uri, feature.line) == ("numbers/sums", "features/numbers/sums.feature", 2)
    assert feature.description == "Why sums matter,\n  in two lines."
    assert (rule.id, rule.name, rule.tags) == ("numbers/sums#rule-numbers-add-up", "Numbers add up", ("SUM-1", "must"))
    assert [step.text for step in (*feature.background, *rule.background)] == ["nothing else", "a rule of its own"]


def test_an_outline_keeps_its_tables(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    (outline,) = read(tmp_path).features[0].rules[0].scenarios
    assert outline.is_outline
    assert [(table.name, table.header, len(table.rows)) for table in outline.examples] == [
        ("Positive", ("a", "b", "sum"), 2),
        ("Negative", ("a", "b", "sum"), 1),
    ]
    assert [row.line for row in outline.rows] == [34, 35, 39]


def test_every_row_is_a_pickle_with_inherited_tags_and_rendered_steps(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    text, first, twin, negative = read(tmp_path).pickles
    assert [first.id, twin.id] == ["numbers/sums#a-and-b-added--1-2-3", "numbers/sums#a-and-b-added--1-2-3-2"]
    assert (first.occurrence, twin.occurrence, negative.occurrence) == (0, 1, 0)
    assert first.tags == ("topic", "SUM-1", "must", "small", "positive")
    assert (first.name, first.line) == ("1 and 2, added", 34)
    assert [step.text for step in first.steps[2:]] == ["1 is added to 2", "the sum is 3", "it holds 1"]
    assert first.steps[-1].table is not None
    assert first.steps[-1].table.rows == (("cell", "1"),)
    assert text.rule is None
    assert text.steps[1].docstring == "one\ntwo"


def test_and_and_but_take_the_kind_of_the_step_before(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    first = read(tmp_path).pickles[1]
    assert [step.kind for step in first.steps] == ["context", "context", "action", "outcome", "outcome"]
    assert first.steps[-1].keyword == "But"


def test_keywords_of_another_language_are_read(tmp_path: Path) -> None:
    write(tmp_path, "# language: de\nFunktionalität: Größe\n  Szenario: Übung\n    Wenn x\n    Dann y\n    Und z\n")
    (pickle,) = read(tmp_path).pickles
    assert pickle.id == "numbers/sums#übung"
    assert [(step.keyword, step.kind) for step in pickle.steps] == [
        ("Wenn", "action"),
        ("Dann", "outcome"),
        ("Und", "outcome"),
    ]


def test_the_digest_changes_with_any_byte(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    before = read(tmp_path).digest
    write(tmp_path, WHOLE + "\n")
    assert read(tmp_path).digest != before


FIRST = "Feature: F\n  Scenario: S\n    Given x\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "holds no feature"),
        ("Feature: F\n  Scenario: S\n    Given x\n  nonsense\n", 4, "got 'nonsense' — correct the line"),
        ("# language: xx\nFeature: F\n", 1, "Language not supported: xx"),
        ("Feature:\n  Scenario: S\n    Given x\n", 1, "the feature has no name"),
        ("Feature: F\n  Scenario:\n    Given x\n", 2, "the scenario has no name"),
        ("Feature: F\n  Rule:\n    Scenario: S\n      Given x\n", 2, "the rule has no name"),
        ("Feature: F\n  Rule: R\n", 2, "'R' has no scenario"),
        ("Feature: F\n  Scenario: S\n", 2, "'S' has no steps"),
        (f"{FIRST}  Scenario: S\n    Given y\n", 4, "'S' is already used on line 2"),
        (f"{FIRST}  Rule: R\n    Scenario: S\n      Given y\n", 5, "'S' is already used on line 2"),
        (f"{FIRST}  Scenario: S!\n    Given y\n", 4, "is that of line 2 too"),
        ("Feature: F\n  Scenario: S\n    And x\n", 3, "begin it with Given, When or Then"),
        ("Feature: F\n  @a:b\n  Scenario: S\n    Given x\n", 3, "@a:b cannot be a pytest marker"),
        ("Feature: F\n  @parametrize\n  Scenario: S\n    Given x\n", 3, "needs arguments"),
        ("Feature: F\n  Scenario Outline: S\n    Given <x>\n    Examples:\n      | x |\n", 4, "have no rows"),
        ("Feature: F\n  Scenario Outline: S\n    Given <y>\n    Examples:\n      | x |\n      | 1 |\n", 3, "<y> is no"),
        (
            "Feature: F\n  Scenario Outline: S\n    Given x\n    Examples:\n      | x | x |\n      | 1 | 2 |\n",
            4,
            "twice",
        ),
        ("Feature: F\n  Scenario Outline: S\n    Given x\n    Examples:\n      | x (s) |\n      | 1 |\n", 4, "column"),
        ("\ufeffFeature: F\n", 1, "byte order mark"),
    ],
)
def test_a_problem_is_one_line_with_file_line_and_what_to_do(tmp_path: Path, text: str, line: int, words: str) -> None:
    write(tmp_path, text)
    found = problems_of(tmp_path)
    assert any(each.startswith(f"features/numbers/sums.feature:{line}: ") and words in each for each in found), found
    assert all(" — " in each for each in found)


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "nonsense\nmore\n", "one")
    write(tmp_path, "Feature: F\n  Scenario: S\n", "two")
    assert {each.partition(":")[0] for each in problems_of(tmp_path)} == {
        "features/one.feature",
        "features/two.feature",
    }


def test_a_file_that_is_not_text_is_told_by_its_line(tmp_path: Path) -> None:
    write(tmp_path, "")
    (tmp_path / "features/numbers/sums.feature").write_bytes(b"Feature: F\n  Scenario: \xff\n")
    assert problems_of(tmp_path) == ["features/numbers/sums.feature:2: the file is not UTF-8 — save it as UTF-8"]


def test_two_files_may_not_take_one_id(tmp_path: Path) -> None:
    write(tmp_path, FIRST, "sums")
    write(tmp_path, FIRST, "Sums")
    assert "is already taken by" in problems_of(tmp_path)[0]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert "no such folder" in problems_of(tmp_path)[0]
