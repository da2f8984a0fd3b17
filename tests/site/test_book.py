"""The book prints what ran, and reads nothing into what it prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchword.book import Book, Edition, filled, pages, write_pages
from watchword.book.states import outlines, state_tables

if TYPE_CHECKING:
    from pathlib import Path


def _page(book: Book, path: str) -> str:
    return next(filled(page.markdown, page.evidence) for page in pages(book) if page.path == path)


def test_there_is_a_page_for_each_feature_and_each_source_an_index_and_the_results(book: Book) -> None:
    assert [page.path for page in pages(book)] == [
        "specification/index.md",
        "specification/gate/states.md",
        "specification/gate/turnstile.md",
        "results.md",
        "sources/index.md",
        "sources/rfc7519.md",
        "sources/asvs.md",
        "sources/gates.md",
    ]


def test_every_rule_and_scenario_has_a_permalink(book: Book) -> None:
    text = "".join(page.markdown for page in pages(book))
    rules = [rule.id for feature in book.specification.features for rule in feature.rules]
    wanted = [identifier.partition("#")[2] for identifier in [*rules, *(each.scenario.id for each in book.entries)]]
    assert [anchor for anchor in wanted if f"{{ #{anchor} " not in text] == []


def test_a_failing_step_shows_its_error_and_opens_its_evidence(book: Book) -> None:
    text = _page(book, "specification/gate/turnstile.md")
    assert "AssertionError: the gate &lt;b&gt;did not&lt;/b&gt; do as &#96;told&#96;" in text
    assert re.search(r'id="a-button-does-not-open-the-gate-evidence" open', text)


def test_an_outline_stays_a_table_whose_rows_carry_their_verdict(book: Book) -> None:
    text = _page(book, "specification/gate/states.md")
    row = '<tr id="a-state-gate-meets-a-event-by-profile--greedy-unlocked-coin-opens-locked" class="ww-failed">'
    assert row in text


def test_nothing_recorded_is_read_as_markup(book: Book) -> None:
    text = "".join(filled(page.markdown, page.evidence) for page in pages(book))
    assert "<script>" not in text
    assert "<b>bold" not in text
    assert not re.search(r"^(```|~~~)", text, re.MULTILINE)


def test_the_results_name_the_failed_first_and_count_the_skipped(book: Book) -> None:
    text = _page(book, "results.md")
    assert "✗ 2 failed, 1 skipped, 9 passed" in text
    assert text.index("## Failed") < text.index("## Skipped") < text.index("## Slowest") < text.index("## By feature")


def test_states_are_told_apart_by_profile(book: Book) -> None:
    lenient, greedy = state_tables(book, outlines(book))
    assert (lenient.variant, greedy.variant) == ("lenient", "greedy")
    assert [move.next for move in lenient.cell("unlocked", "coin")] == ["unlocked"]
    assert [move.next for move in greedy.cell("unlocked", "coin")] == ["locked"]
    assert (lenient.empty_cells, greedy.empty_cells) == (1, 0)


def test_an_impossible_cell_gives_its_reason(book: Book) -> None:
    lenient, _ = state_tables(book, outlines(book))
    assert [move.reason for move in lenient.cell("jammed", "push")] == ["it does not turn"]


def test_the_pages_can_be_written_to_disk(book: Book, tmp_path: Path) -> None:
    written = write_pages(book, tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [page.path for page in pages(book)]
    assert written[0].read_text(encoding="utf-8").startswith("# Specification")


def test_every_written_page_says_which_run_it_shows(book: Book, tmp_path: Path) -> None:
    digest = f">{book.specification.digest[:10]}</code>"
    assert [path.name for path in write_pages(book, tmp_path) if digest not in path.read_text(encoding="utf-8")] == []


def test_an_unchanged_feature_is_not_printed_again(book: Book) -> None:
    first = pages(book)
    again = pages(book, earlier=Edition(book, first))
    assert [page.path for page, known in zip(again, first, strict=True) if page is known] == [
        "specification/gate/states.md",
        "specification/gate/turnstile.md",
    ]
