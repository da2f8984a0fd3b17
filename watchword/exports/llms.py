"""`llms.txt`: what a language model reads first, a list of the site's pages in Markdown, each with a line about it.

Source: https://llmstxt.org.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchword.book.book import group
from watchword.book.verdicts import tally
from watchword.exports.files import FILES, site_root
from watchword.exports.twins import feature_at, twin_path
from watchword.places import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchword.book import Book
    from watchword.specification import Feature

LLMS = "llms.txt"
HOW = "Every page is also there in Markdown, at its own address followed by `index.md`; the links below lead to these."
LONGEST = 200
PAGES = "Pages"
SPECIFICATION = "Specification"
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_NO_PROSE = re.compile(r"[#|`>*\-0-9✓✗○?]")


@dataclass(frozen=True)
class Listed:
    """One page of the list: its section and title, its twin's address below the site's, and a line about it."""

    section: str
    title: str
    address: str
    says: str


def llms_txt(name: str, summary: str, pages: Iterable[Listed], site: str = "") -> str:
    """Write the list.

    Args:
        site: the address the book is published at, with or without its last slash; empty gives relative addresses.
    """
    root = site_root(site)
    head = [f"# {name}", f"> {summary}" if summary else "", HOW]
    parts = [part for part in head if part]
    sections: dict[str, list[Listed]] = {}
    for page in (*pages, *_data()):
        sections.setdefault(page.section, []).append(page)
    for section, listed in sections.items():
        parts.append(f"## {section}")
        parts.append("\n".join(_line(page, root) for page in listed))
    return "\n\n".join(parts) + "\n"


def features_listed(book: Book) -> Iterator[Listed]:
    """List the pages of the features."""
    for feature in book.specification.features:
        part = group(feature)
        yield Listed(
            within(SPECIFICATION, part) if part else SPECIFICATION,
            feature.name,
            twin_path(f"{address(feature)}index.html"),
            feature_gist(book, feature),
        )


def within(section: str, part: str) -> str:
    """Name a section within another; the list itself has one level only."""
    return part if section == PAGES else f"{section}: {part}"


def about(book: Book | None, path: str, twin: str) -> str:
    """Say in a line what a page is about.

    Args:
        path: the page's source, below the site's root.
        twin: the page in Markdown.
    """
    feature = feature_at(book, path)
    return feature_gist(book, feature) if book and feature else gist(twin)


def feature_gist(book: Book, feature: Feature) -> str:
    """Say in a line what a feature is about, and how its scenarios ended."""
    about = feature.description or "; ".join(rule.name for rule in feature.rules)
    return f"{gist(about)} ({tally(book.result(pickle).status for pickle in feature.pickles)})"


def gist(twin: str) -> str:
    """Take the first paragraph of prose from a page's Markdown, in one line, cut after a sentence where it is long."""
    paragraphs = (" ".join(part.split()) for part in twin.split("\n\n"))
    first = next((part for part in paragraphs if part and not _NO_PROSE.match(part)), "")
    text = _LINK.sub(r"\1", first)
    if len(text) <= LONGEST:
        return text
    sentence = text[:LONGEST].rpartition(". ")[0]
    return f"{sentence}." if sentence else f"{text[:LONGEST].rpartition(' ')[0]} …"


def _line(page: Listed, root: str) -> str:
    says = f": {page.says}" if page.says else ""
    return f"- [{page.title}]({root}{page.address}){says}"


def _data() -> Iterator[Listed]:
    yield from (Listed("Data", file.name, file.name, file.says) for file in FILES.values())
