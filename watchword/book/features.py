"""A feature's page: its rules, their scenarios, and what the run made of them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from watchword.book.book import fragment, page_path
from watchword.book.cases import printed_scenario
from watchword.book.escaping import markdown_text
from watchword.book.rendering import render_html, render_markdown
from watchword.book.sources import chips
from watchword.book.verdicts import MARKS, Verdict, tally

if TYPE_CHECKING:
    from watchword.book.book import Book, Entry
    from watchword.specification import Feature, Rule


def feature_page(book: Book, feature: Feature) -> str:
    """Print one feature as Markdown."""
    entries = book.entries_of(feature)
    pickles = [pickle for entry in entries for pickle in entry.pickles]
    return render_markdown(
        "feature.md.jinja",
        title=markdown_text(feature.name),
        head=render_html(
            "head.jinja",
            status=book.verdict(pickles),
            tally=tally(book.result(pickle).status for pickle in pickles),
            uri=feature.uri,
            url=f"{book.repository_url}{feature.uri}" if book.repository_url else "",
        ),
        chips=chip_row(feature.tags),
        description=feature.description,
        blocks=[_block(book, rule, list(group)) for rule, group in groupby(entries, key=lambda entry: entry.rule)],
    )


def scenario_body(book: Book, entry: Entry) -> str:
    """Print a scenario's steps, its table and its evidence as one block of HTML."""
    return render_html("scenario.jinja", entry=printed_scenario(book, entry))


def chip_row(tags: tuple[str, ...]) -> str:
    """Print tags as chips, those of a standard linked to their section."""
    return render_html("chips.jinja", tags=chips(tags))


def scenario_link(entry: Entry) -> str:
    """The page and the permalink of a scenario, from the site's root."""
    return f"{page_path(entry.feature)}#{entry.anchor}"


def _block(book: Book, rule: Rule | None, entries: list[Entry]) -> dict[str, object]:
    verdict = book.verdict(pickle for entry in entries for pickle in entry.pickles)
    return {
        "rule": rule,
        "title": markdown_text(rule.name) if rule else "",
        "anchor": fragment(rule.id) if rule else "",
        "toc": _contents_label(rule.name, verdict) if rule else "",
        "chips": chip_row(rule.tags) if rule else "",
        "description": rule.description if rule else "",
        "scenarios": [_scenario(book, entry) for entry in entries],
    }


def _scenario(book: Book, entry: Entry) -> dict[str, str]:
    return {
        "kind": "Scenario outline" if entry.scenario.is_outline else "Scenario",
        "title": markdown_text(entry.scenario.name),
        "anchor": entry.anchor,
        "toc": _contents_label(entry.scenario.name, book.verdict(entry.pickles)),
        "chips": chip_row(entry.scenario.tags),
        "description": entry.scenario.description,
        "body": scenario_body(book, entry),
    }


def _contents_label(name: str, verdict: Verdict) -> str:
    return markdown_text(name if verdict == "passed" else f"{MARKS[verdict]} {name}")
