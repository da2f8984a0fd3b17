"""The documents that requirements come from, a page each: every section that is cited, and what states it here."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from watchword.book.escaping import markdown_text
from watchword.book.rendering import render_markdown
from watchword.book.sources import section_label
from watchword.book.traceability import (
    SOURCES,
    Trace,
    account_table,
    document_label,
    document_path,
    section_url,
    traced_row,
)
from watchword.book.verdicts import badge
from watchword.specification.document import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.account import Share
    from watchword.book.book import Book
    from watchword.register import Document, Requirement

INDEX = f"{SOURCES}/index.md"


def source_pages(book: Book) -> Iterator[tuple[str, str, str]]:
    """Print the list of documents and each of them, as path, title and Markdown; nothing without a register."""
    if book.register is None:
        return
    trace = Trace(book, book.register)
    yield INDEX, "Sources", render_markdown("sources.md.jinja", table=account_table(trace, "document", _link))
    for document in book.register.documents:
        rows = [row for row in book.register.requirements if document.name in row.documents]
        if rows:
            yield document_path(document), document_label(document), _page(trace, document, rows)


def _page(trace: Trace, document: Document, rows: list[Requirement]) -> str:
    share = trace.account.by_document()[document.name]
    return render_markdown(
        "source.md.jinja",
        name=markdown_text(document_label(document)),
        title=markdown_text(document.title),
        url=document.url.partition("#")[0].replace("{section}", ""),
        read=markdown_text(document.read),
        badge=_badge(trace, share, rows),
        excluded=share.excluded,
        sections=[*_sections(trace, document, rows)],
    )


def _badge(trace: Trace, share: Share, rows: list[Requirement]) -> str:
    cases = [pickle for row in rows for pickle in trace.pickles[row.id]]
    return badge(trace.book.verdict(cases), f"{sum(map(trace.has_passed, rows))} of {share.total} passed")


def _sections(trace: Trace, document: Document, rows: list[Requirement]) -> Iterator[dict[str, object]]:
    cited: dict[str, list[Requirement]] = {}
    for row in rows:
        for source in row.sources:
            if source.partition("-")[0] == document.name:
                cited.setdefault(source, []).append(row)
    for source in sorted(cited, key=_natural):
        yield {
            "label": markdown_text(section_label(source)),
            "anchor": f"section-{slug(source.partition('-')[2])}",
            "url": section_url(document, source),
            "tag": source,
            "rows": [_plain(traced_row(trace, row, _link)) for row in cited[source]],
        }


def _plain(row: list[str]) -> list[str]:
    """Take the permalink from a row: a requirement that cites several sections stands here several times."""
    return [re.sub(r' id="[^"]*"', "", row[0]), *row[1:]]


def _link(to: str) -> str:
    return posixpath.relpath(to, SOURCES)


def _natural(source: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[-.]", source)]
