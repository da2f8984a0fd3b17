from __future__ import annotations

import json
from typing import TYPE_CHECKING

from watchword.exports import export

if TYPE_CHECKING:
    from watchword.book import Book

# Source: https://shields.io/badges/endpoint-badge, the keys of its schema that say something here.
KEYS = {"schemaVersion": int, "label": str, "message": str, "color": str, "isError": bool}


def test_the_badge_has_the_endpoints_keys(book: Book) -> None:
    badge = json.loads(export(book, "badge"))
    assert {key: type(value) for key, value in badge.items()} == KEYS
    assert badge["schemaVersion"] == 1


def test_a_red_run_has_a_red_badge(book: Book) -> None:
    badge = json.loads(export(book, "badge"))
    assert (badge["message"], badge["color"], badge["isError"]) == ("2 failed, 1 skipped, 9 passed", "red", True)


def test_what_failed_outweighs_what_did_not_run(partial: Book) -> None:
    badge = json.loads(export(partial, "badge"))
    assert (badge["message"], badge["color"]) == ("1 failed, 5 not run, 6 passed", "red")
