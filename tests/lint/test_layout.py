"""`--fix` touches the layout of tables and the order of tags, and nothing that is said."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lint.test_rules import SAMPLE
from watchword.lint import lint, mend
from watchword.lint.layout import laid_out

if TYPE_CHECKING:
    from pathlib import Path

RULE = "Feature: F\n  @GAT-01 @must @MANUAL-1\n  Rule: R\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Lay out the sample without its features."""
    shutil.copytree(SAMPLE, tmp_path / "p", ignore=shutil.ignore_patterns("*.feature", "__pycache__"))
    return tmp_path / "p"


def fixed(project: Path, text: str) -> str:
    path = project / "features/f.feature"
    path.write_bytes(text.encode())
    mend(project)
    return path.read_bytes().decode()


def test_columns_are_aligned_and_tags_stand_in_order(project: Path) -> None:
    text = "Feature: F\n\n  @clock @api  @MANUAL-1 @must @GAT-01\n  Rule: R\n    Scenario: S\n      Then these:\n"
    table = "        |claim|type|\n        | sub   | a \\| b |\n"
    ordered = text.replace("@clock @api  @MANUAL-1 @must @GAT-01", "@GAT-01 @must @MANUAL-1 @api @clock")
    assert fixed(project, text + table) == f"{ordered}        | claim | type   |\n        | sub   | a \\| b |\n"


@pytest.mark.parametrize(
    "kept",
    [
        '    Scenario: S\n      Then these:\n        """\n        |a|b|\n        """\n',
        "    a prose |with|bars|\n    @and an at sign\n\n    Scenario: S\n      Then these:\n",
        "    Scenario: S\n      Then these:\n        |a|b| # a remark\n        | c | d |\n",
        "    @one   @two # a remark\n    Scenario: S\n      Then these:\n",
        "    # |a|b|\n    Scenario: S\n      Then these:\n        | a |\n\n        # a remark\n        | b |\n",
    ],
    ids=["a text", "prose", "a remark behind a row", "a remark behind tags", "a remark between rows"],
)
def test_what_is_said_is_left_alone(project: Path, kept: str) -> None:
    assert fixed(project, RULE + kept) == RULE + kept


def test_the_ends_of_lines_are_kept(project: Path) -> None:
    text = f"{RULE}    Scenario: S\n      Then these:\n        |a|\n        | bc |".replace("\n", "\r\n")
    assert fixed(project, text) == text.replace("|a|", "| a  |")


def test_wide_letters_count_twice(project: Path) -> None:
    text = f"{RULE}    Scenario: S\n      Then these:\n        | 語 |\n        | abc |\n"
    assert fixed(project, text) == text.replace("| 語 |", "| 語  |")


def test_after_fix_nothing_is_left_to_lay_out(project: Path) -> None:
    shutil.copy(SAMPLE / "features/layout.feature", project / "features")
    assert {finding.rule for finding in lint(project)} == {"layout"}
    assert mend(project) == ["features/layout.feature"]
    assert (lint(project), mend(project)) == ([], [])


CELL = st.text(st.sampled_from('ab |\\n"<語é'), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=4))
@settings(deadline=None)
def test_laying_out_keeps_every_cell(table: list[list[str]]) -> None:
    rows = ["  |" + "|".join(_written(cell) for cell in row) + "|" for row in table]
    once = laid_out(rows)
    assert laid_out(once) == once
    assert [_cells(row) for row in once] == [_cells(row) for row in rows]


def _written(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|")


def _cells(row: str) -> list[str]:
    """Read a row as gherkin-official does."""
    from gherkin.gherkin_line import GherkinLine  # noqa: PLC0415 -- the judge, not the subject

    return [cell["text"] for cell in GherkinLine(row, 1).table_cells]
