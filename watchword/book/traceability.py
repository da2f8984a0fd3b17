"""A register's requirements, each with its level, its sources, the rules that state it, and their verdict."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from watchword.account import Share, account
from watchword.book.code import mark_code
from watchword.book.escaping import markdown_text
from watchword.book.rendering import render_markdown
from watchword.book.rule_lists import stated
from watchword.book.sources import chip, section_label
from watchword.book.verdicts import badge, mark
from watchword.register import LEVELS
from watchword.specification.document import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from watchword.account import Account
    from watchword.book.book import Book
    from watchword.register import Document, Register, Requirement
    from watchword.specification import Pickle

    Link = Callable[[str], str]

EXCLUDED = "excluded"
SOURCES = "sources"
"""The folder of the documents' pages."""
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Trace:
    """One register traced through one book."""

    book: Book
    register: Register

    @cached_property
    def account(self) -> Account:
        """What the specification makes of the register."""
        return account(self.register, self.book.specification)

    @cached_property
    def pickles(self) -> Mapping[str, Sequence[Pickle]]:
        """The cases that carry each requirement's id, their own or an inherited one."""
        carrying: dict[str, list[Pickle]] = {row.id: [] for row in self.register.requirements}
        for pickle in self.book.specification.pickles:
            for id_ in carrying.keys() & set(pickle.tags):
                carrying[id_].append(pickle)
        return carrying

    def has_passed(self, row: Requirement) -> bool:
        """Whether rules state a requirement and every case of theirs passed."""
        return self.book.verdict(self.pickles[row.id]) == "passed"


def requirement_tables(trace: Trace, name: str, link: Link) -> str:
    """Print the requirements of one area, of all, or the excluded ones; empty when no area is called so."""
    rows = trace.register.requirements
    if name == EXCLUDED:
        return _excluded_table(trace, [row for row in rows if row.excluded])
    areas = [area for area in dict.fromkeys(row.area for row in rows) if name in ("all", area)]
    shares = trace.account.by_area()
    parts = [
        {
            "title": markdown_text(area.capitalize()) if name == "all" else "",
            "anchor": slug(area),
            "says": _says(shares[area]),
            "rows": [traced_row(trace, row, link) for row in rows if row.area == area and not row.excluded],
        }
        for area in areas
    ]
    offers = ",".join([*LEVELS, *dict.fromkeys(row.party for row in rows if row.area in areas)])
    return render_markdown("requirements.md.jinja", areas=parts, offers=offers) if parts else ""


def account_table(trace: Trace, name: str, link: Link) -> str:
    """Print what became of all requirements, of those of each level or of each document; empty for anything else."""
    if name == "all":
        return _total(trace)
    if name == "level":
        return _by_level(trace)
    return _by_document(trace, link) if name == "document" else ""


def _total(trace: Trace) -> str:
    shares = trace.account.by_area().values()
    share = Share(*(sum(getattr(each, fate) for each in shares) for fate in ("specified", "excluded", "unaccounted")))
    pickles = [pickle for carrying in trace.pickles.values() for pickle in carrying]
    passed = sum(map(trace.has_passed, trace.register.requirements))
    verdict = badge(trace.book.verdict(pickles), f"{passed} of {share.specified} passed")
    return f"{_says(share)} {verdict}\n{{ .ww-totals }}\n"


def _by_level(trace: Trace) -> str:
    passed = Counter(row.level for row in trace.register.requirements if trace.has_passed(row))
    shares = trace.account.by_level()
    rows = [(level, shares[level], passed[level], "") for level in LEVELS if level in shares]
    return render_markdown("account.md.jinja", of="level", rows=rows, has_read=False)


def _by_document(trace: Trace, link: Link) -> str:
    requirements = trace.register.requirements
    passed = Counter(document for row in requirements if trace.has_passed(row) for document in row.documents)
    shares = trace.account.by_document()
    rows = [
        (_document(each, link), shares[each.name], passed[each.name], markdown_text(each.read))
        for each in trace.register.documents
        if each.name in shares
    ]
    return render_markdown("account.md.jinja", of="document", rows=rows, has_read=True)


def _says(share: Share) -> str:
    left = f", {share.unaccounted} not accounted for" if share.unaccounted else ""
    excluded = f", {share.excluded} excluded" if share.excluded else ""
    return f"{share.total} requirements: {share.specified} stated by rules{excluded}{left}."


def traced_row(trace: Trace, row: Requirement, link: Link) -> list[str]:
    """Print a requirement: its id, what it says, its level and sources, and the rules or the reason there are none."""
    if row.excluded:
        return [*_cells(trace.register, row), f'<span class="ww-empty">excluded</span> {_marked(row.excluded)}']
    rules = [
        f"{mark(trace.book.verdict(rule.pickles))} [{markdown_text(rule.name)}]({link(rule.where)})"
        for rule in stated(trace.pickles[row.id])
    ]
    stated_by = "<br>".join(rules) or '<span class="ww-empty">no rule yet</span>'
    return [*_cells(trace.register, row), f"{stated_by}{_held_in(trace.book, row)}"]


def _held_in(book: Book, row: Requirement) -> str:
    """Name the code that a requirement stands and falls with: a careless edit there turns its scenarios red."""
    names = [mark_code(name, name.rpartition(".")[2]) for name in book.code.get(row.id, ())]
    return f"<br><small>code: {', '.join(f'<code>{name}</code>' for name in names)}</small>" if names else ""


def _excluded_table(trace: Trace, rows: Iterable[Requirement]) -> str:
    listed = [[*_cells(trace.register, row), _marked(row.excluded or "")] for row in rows]
    return render_markdown("excluded.md.jinja", rows=listed)


def _cells(register: Register, row: Requirement) -> tuple[str, str, str]:
    sources = "<br>".join(_source(register.document(source), source) for source in row.sources)
    note = f"<br><small>{_marked(row.note)}</small>" if row.note else ""
    party = f'<span class="ww-aside ww-facet">{row.party}</span>'
    return (
        f'<span id="{row.id}">{row.id}</span>',
        f"{_marked(row.condition)}<br>→ {_marked(row.outcome)}",
        f'<strong class="ww-facet">{row.level}</strong> {party}<br>{sources}{note}',
    )


def _source(document: Document, source: str) -> str:
    return f"[{markdown_text(section_label(source))}]({section_url(document, source)})"


def _document(document: Document, link: Link) -> str:
    name = f"[{markdown_text(document_label(document))}]({link(document_path(document))})"
    return f"{name}<br>{markdown_text(document.title)}"


def document_path(document: Document) -> str:
    """Name the page of one document, below the site's root."""
    return f"{SOURCES}/{slug(document.name)}.md"


def document_label(document: Document) -> str:
    """Name a document as a reader would."""
    known = chip(document.name)
    return known.text if known.kind == "source" else document.name


def section_url(document: Document, source: str) -> str:
    """Give the address of a section; a document without one for its sections may have one that the tag tells."""
    return document.link(source) if "{section}" in document.url else chip(source).url or document.url


def _marked(text: str) -> str:
    """Write a register's sentence, in which backticks mark code."""
    pieces = _CODE.split(text)
    return "".join(
        f"<code>{markdown_text(piece)}</code>" if place % 2 else markdown_text(piece)
        for place, piece in enumerate(pieces)
    )
