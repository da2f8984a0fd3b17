"""The line every page ends with: which run of which specification it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchword.book.rendering import render_html

if TYPE_CHECKING:
    from watchword.book.book import Book

DIGEST_LENGTH = 10


def provenance(book: Book) -> str:
    """Print when the run was, of which commit, over which feature files."""
    run = book.run
    return "\n" + render_html(
        "provenance.jinja",
        started_at=run.started_at,
        commit=(run.commit or "")[:DIGEST_LENGTH],
        is_dirty=run.is_dirty,
        digest=book.specification.digest[:DIGEST_LENGTH],
        apart=run.apart,
    )
