"""Every generated page, as Markdown with a path."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from watchword.book.book import fragment, group, page_path
from watchword.book.escaping import markdown_text
from watchword.book.features import feature_page, filled
from watchword.book.provenance import provenance
from watchword.book.rendering import render_markdown
from watchword.book.results import results_page, totals
from watchword.book.source_pages import source_pages
from watchword.book.verdicts import mark, tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from watchword.book.book import Book
    from watchword.specification import Feature

INDEX = "specification/index.md"
RESULTS = "results.md"


@dataclass(frozen=True)
class Page:
    """One generated page: where it stands, what it says, and what a reader edits to change it."""

    path: str
    title: str
    markdown: str
    group: str = ""
    source: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """What stands where the Markdown has markers; `filled` puts it there."""


def pages(book: Book, *, earlier: Edition | None = None) -> tuple[Page, ...]:
    """Print the index, a page per feature, the results, and a page per document that requirements come from.

    Args:
        book: what to print.
        earlier: an edition whose pages are taken over where nothing of theirs has changed.
    """
    return (
        Page(INDEX, "Specification", _index(book)),
        *(_feature(book, feature, earlier) for feature in book.specification.features),
        Page(RESULTS, "Results", results_page(book)),
        *(Page(path, title, markdown) for path, title, markdown in source_pages(book)),
    )


@dataclass(frozen=True)
class Edition:
    """A book with the pages printed of it."""

    book: Book
    pages: tuple[Page, ...]

    def page(self, path: str) -> Page | None:
        """Find a page by its path."""
        return next((page for page in self.pages if page.path == path), None)


def write_pages(book: Book, folder: Path) -> list[Path]:
    """Write every generated page to disk, for a site generator that takes only files.

    Returns: the files written.
    """
    return [_written(page, provenance(book), folder) for page in pages(book)]


def _written(page: Page, origin: str, folder: Path) -> Path:
    path = folder / page.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(filled(f"{page.markdown}\n{origin}\n", page.evidence), encoding="utf-8")
    return path


def _feature(book: Book, feature: Feature, earlier: Edition | None) -> Page:
    known = earlier.page(page_path(feature)) if earlier and book.says_the_same(feature, earlier.book) else None
    if known:
        return known
    printed = feature_page(book, feature)
    return Page(page_path(feature), feature.name, printed.markdown, group(feature), feature.uri, printed.evidence)


def _index(book: Book) -> str:
    return render_markdown(
        "index.md.jinja", totals=totals(book, book.specification.features, "../results.md"), groups=list(_groups(book))
    )


def _groups(book: Book) -> Iterator[dict[str, object]]:
    for name, features in groupby(book.specification.features, key=group):
        yield {"name": markdown_text(name), "features": [_index_row(book, feature) for feature in features]}


def _index_row(book: Book, feature: Feature) -> dict[str, object]:
    return {
        "mark": mark(book.verdict(feature.pickles)),
        "name": markdown_text(feature.name),
        "where": page_path(feature).removeprefix("specification/"),
        "rules": [{"name": markdown_text(rule.name), "anchor": fragment(rule.id)} for rule in feature.rules],
        "tally": tally(book.result(pickle).status for pickle in feature.pickles),
    }
