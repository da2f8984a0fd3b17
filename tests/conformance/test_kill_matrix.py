"""Each broken server of the catalogue is told by a check, and the kill matrix says of each why it does not fail."""

from __future__ import annotations

import json

from tests.conformance.matrix import DATA, PAGE, api_mutants, filled

ROWS = json.loads(DATA.read_text(encoding="utf-8"))["findings"]


def test_every_row_that_does_not_fail_says_why() -> None:
    assert [row["mutant"] for row in ROWS if row["verdict"] != "fails" and not row["reason"]] == []


def test_every_broken_server_is_told() -> None:
    assert {row["mutant"] for row in ROWS} == {mutant.id for mutant in api_mutants()}
    assert [row["mutant"] for row in ROWS if row["verdict"] == "unseen"] == []


def test_the_page_holds_what_was_found() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert filled(page, {"findings": ROWS}) == page
