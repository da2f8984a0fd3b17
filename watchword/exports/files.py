"""The files of data: what each is called, what it is for and what writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchword.exports.badge import badge_json
from watchword.exports.history import history_ndjson
from watchword.exports.junit import junit_xml
from watchword.exports.messages import messages_ndjson
from watchword.exports.results import RESULTS, SCHEMA, results_json, results_schema
from watchword.exports.twins import specification_md

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from watchword.book import Book


@dataclass(frozen=True)
class DataFile:
    """One file: its name on the site, what stands in it, and what writes it for a book and the site's address."""

    name: str
    says: str
    write: Callable[[Book, str], str]


FILES: Mapping[str, DataFile] = {
    "results": DataFile(RESULTS, "every scenario with its verdict, its requirements and its permalink", results_json),
    "schema": DataFile(SCHEMA, "the JSON Schema of results.json", lambda _, site: results_schema(site)),
    "junit": DataFile("junit.xml", "the same as JUnit XML", junit_xml),
    "messages": DataFile(
        "messages.ndjson", "the run as Cucumber Messages, with its exchanges", lambda book, _: messages_ndjson(book)
    ),
    "badge": DataFile("badge.json", "the verdict of the whole, for a badge", lambda book, _: badge_json(book)),
    "history": DataFile(
        "history.ndjson", "the totals and the duration of each run so far", lambda book, _: history_ndjson(book)
    ),
    "markdown": DataFile(
        "specification.md", "all features with their verdicts, in one document", lambda book, _: specification_md(book)
    ),
}
"""The files by the name of their format."""

QUICK = ("results", "schema", "badge", "history")
"""The formats that cost next to nothing, for a reader who waits."""


def export(book: Book, format_: str, site: str = "") -> str:
    """Write a book in one format.

    Args:
        format_: one of `FILES`.
        site: the address the book is published at, with or without its last slash; empty gives relative addresses.
    """
    return FILES[format_].write(book, site_root(site))


def write_exports(book: Book, folder: Path, site: str = "", formats: Iterable[str] = FILES) -> list[Path]:
    """Write files of data into a folder, all of them unless some are named.

    Returns: the files written.
    """
    return [written(folder / FILES[format_].name, export(book, format_, site)) for format_ in formats]


def written(path: Path, text: str) -> Path:
    """Write a file, and the folders it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def site_root(site: str) -> str:
    """Give a site's address with its last slash; nothing for nothing."""
    return f"{site.rstrip('/')}/" if site else ""
