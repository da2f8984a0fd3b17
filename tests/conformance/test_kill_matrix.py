"""The kill matrix says of each broken server why it does not fail, and its reasons are about servers that are there."""

from __future__ import annotations

import json

from tests.conformance.matrix import DATA, PAGE, api_mutants, filled, reasons

ROWS = json.loads(DATA.read_text(encoding="utf-8"))["findings"]


def test_every_row_that_does_not_fail_says_why() -> None:
    assert [row["mutant"] for row in ROWS if row["verdict"] != "fails" and not row["reason"]] == []


def test_a_reason_for_not_being_seen_is_about_a_broken_server_of_the_catalogue() -> None:
    assert set(reasons()) <= {mutant.id for mutant in api_mutants()}


def test_the_page_holds_what_was_found() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert filled(page, {"findings": ROWS}) == page


def test_a_broken_server_that_is_seen_has_no_reason_for_not_being_seen() -> None:
    assert {row["mutant"] for row in ROWS if row["verdict"] != "unseen"}.isdisjoint(reasons())
