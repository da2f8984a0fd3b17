"""`badge.json`: the verdict of the whole run, for a badge that shields.io draws.

Source: https://shields.io/badges/endpoint-badge, schema version 1.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from watchword.book.verdicts import tally

if TYPE_CHECKING:
    from watchword.book import Book
    from watchword.book.verdicts import Verdict

COLOURS: dict[Verdict, str] = {
    "passed": "brightgreen",
    "failed": "red",
    "skipped": "yellow",
    "not run": "lightgrey",
}
LABEL = "specification"


def badge_json(book: Book) -> str:
    """Write the endpoint's answer: how many scenarios ended how, in the colour of the worst."""
    verdict = book.verdict(book.specification.pickles)
    badge = {
        "schemaVersion": 1,
        "label": LABEL,
        "message": tally(result.status for result in book.run.results),
        "color": COLOURS[verdict],
        "isError": verdict == "failed",
    }
    return json.dumps(badge) + "\n"
