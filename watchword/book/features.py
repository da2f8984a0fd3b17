"""A feature's page: its rules, their scenarios, and what the run made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from watchword.book.book import fragment, page_path
from watchword.book.cases import printed_scenario
from watchword.book.escaping import markdown_name, markdown_text
from watchword.book.rendering import render_html, render_markdown
from watchword.book.sources import chips
from watchword.book.verdicts import MARKS, Verdict, tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchword.book.book import Book, Entry
    from watchword.book.cases import Told
    from watchword.specification import Feature, Rule


MARKER = re.compile(r"<!--evidence \d+-->")


@dataclass(frozen=True)
class FeaturePage:
    """A feature as Markdown, and the evidence of its scenarios, which stands where its markers are.

    The evidence is most of the page and holds nothing that Markdown or a search should read, so a site generator
    that can is to put it in last.
    """

    markdown: str
    evidence: Mapping[str, str]


def filled(text: str, evidence: Mapping[str, str]) -> str:
    """Put evidence where its markers are, in Markdown or in the HTML made of it."""
    return MARKER.sub(lambda marker: evidence.get(marker[0], marker[0]), text)


def feature_page(book: Book, feature: Feature) -> FeaturePage:
    """Print one feature."""
    evidence: dict[str, str] = {}
    told: Told = {}
    entries = book.entries_of(feature)
    pickles = [pickle for entry in entries for pickle in entry.pickles]
    markdown = render_markdown(
        "feature.md.jinja",
        title=markdown_text(feature.name),
        head=render_html(
            "head.jinja",
            status=book.verdict(pickles),
            tally=tally(book.result(pickle).status for pickle in pickles),
            uri=feature.uri,
            url=f"{book.repository_url}{feature.uri}" if book.repository_url else "",
        ),
        chips=chip_row(book, feature.tags),
        description=feature.description,
        blocks=[
            _block(book, rule, list(group), evidence, told)
            for rule, group in groupby(entries, key=lambda entry: entry.rule)
        ],
    )
    return FeaturePage(markdown, evidence)


def chip_row(book: Book, tags: tuple[str, ...]) -> str:
    """Print tags as chips, those of a standard linked to their section."""
    return render_html("chips.jinja", tags=chips(tags, book.register))


def scenario_link(entry: Entry) -> str:
    """The page and the permalink of a scenario, from the site's root."""
    return f"{page_path(entry.feature)}#{entry.anchor}"


def _block(
    book: Book, rule: Rule | None, entries: list[Entry], evidence: dict[str, str], told: Told
) -> dict[str, object]:
    verdict = book.verdict(pickle for entry in entries for pickle in entry.pickles)
    return {
        "rule": rule,
        "title": markdown_text(rule.name) if rule else "",
        "anchor": fragment(rule.id) if rule else "",
        "toc": _contents_label(rule.name, verdict) if rule else "",
        "chips": chip_row(book, rule.tags) if rule else "",
        "description": rule.description if rule else "",
        "scenarios": [_scenario(book, entry, evidence, told) for entry in entries],
    }


def _scenario(book: Book, entry: Entry, evidence: dict[str, str], told: Told) -> dict[str, str]:
    printed = printed_scenario(book, entry, told)
    marker = f"<!--evidence {len(evidence)}-->"
    evidence[marker] = render_html("evidence.jinja", entry=printed)
    return {
        "kind": "Scenario outline" if entry.scenario.is_outline else "Scenario",
        "title": markdown_name(entry.scenario.name),
        "anchor": entry.anchor,
        "toc": _contents_label(entry.scenario.name, book.verdict(entry.pickles)),
        "chips": chip_row(book, entry.scenario.tags),
        "description": entry.scenario.description,
        "body": render_html("scenario.jinja", entry=printed, marker=marker),
    }


def _contents_label(name: str, verdict: Verdict) -> str:
    return markdown_text(name if verdict == "passed" else f"{MARKS[verdict]} {name}")
