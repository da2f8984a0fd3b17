"""The files of data: what each is called and what writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchword.exports.badge import badge_json
from watchword.exports.junit import junit_xml
from watchword.exports.messages import messages_ndjson
from watchword.exports.results import RESULTS, SCHEMA, results_json, results_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from watchword.book import Book

FILES: Mapping[str, tuple[str, Callable[[Book, str], str]]] = {
    "results": (RESULTS, results_json),
    "schema": (SCHEMA, lambda _, site: results_schema(site)),
    "junit": ("junit.xml", junit_xml),
    "messages": ("messages.ndjson", lambda book, _: messages_ndjson(book)),
    "badge": ("badge.json", lambda book, _: badge_json(book)),
}
"""By format: the name of the file on the site, and what writes it for a book and the site's address."""


def export(book: Book, format_: str, site: str = "") -> str:
    """Write a book in one format.

    Args:
        format_: one of `FILES`.
        site: the address the book is published at, with or without its last slash; empty gives relative addresses.
    """
    _, write = FILES[format_]
    return write(book, site_root(site))


QUICK = ("results", "schema", "badge")
"""The formats that cost next to nothing, for a reader who waits."""


def write_exports(book: Book, folder: Path, site: str = "", formats: Iterable[str] = FILES) -> list[Path]:
    """Write files of data into a folder, all of them unless some are named.

    Returns: the files written.
    """
    return [_written(folder / FILES[format_][0], export(book, format_, site)) for format_ in formats]


def site_root(site: str) -> str:
    """Give a site's address with its last slash; nothing for nothing."""
    return f"{site.rstrip('/')}/" if site else ""


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
