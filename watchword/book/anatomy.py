"""A recorded token, part by part: what each member says, what it is for, and which rules are about it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from watchword.book.book import fragment, page_path
from watchword.book.escaping import markdown_text
from watchword.book.rendering import render_markdown
from watchword.book.rule_lists import stated
from watchword.book.sources import chip
from watchword.book.verdicts import mark
from watchword.specification.document import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watchword.book.book import Book, Entry
    from watchword.book.rule_lists import Stated
    from watchword.run import Token

CLAIM, PARAMETER, MEANING = "claim", "parameter", "meaning"
WORDS = {CLAIM: "claim", PARAMETER: "header"}
"""What a step calls a member of the payload, and one of the header: `its claim "aud" is …`."""


def token_anatomy(book: Book, entry: Entry, link: Callable[[str], str]) -> str:
    """Print the token that a scenario describes by a data table; empty when it met none with those members.

    Args:
        book: the specification and its run.
        entry: the scenario, one of whose steps has a table with the column `claim` or `parameter`.
        link: writes a link to a place of the site.
    """
    token = _token(book, entry)
    if token is None:
        return ""
    header, payload, *_ = token.text.split(".")
    return render_markdown(
        "anatomy.md.jinja",
        header=header,
        payload=payload,
        length=token.length,
        parts=[
            {
                "name": "Header",
                "kind": PARAMETER,
                "members": [*_members(book, entry, PARAMETER, token.header or {}, link)],
            },
            {"name": "Claims", "kind": CLAIM, "members": [*_members(book, entry, CLAIM, token.claims or {}, link)]},
        ],
    )


def _token(book: Book, entry: Entry) -> Token | None:
    met = [token for pickle in entry.pickles for token in book.result(pickle).tokens]
    for step in entry.scenario.steps:
        if step.table and step.table.header[0] in WORDS:
            names = {row[0] for row in step.table.body}
            said = [token for token in met if names == set(_document(token, step.table.header[0]))]
            return said[-1] if said else None
    return None


def _document(token: Token, kind: str) -> dict[str, object]:
    return (token.claims if kind == CLAIM else token.header) or {}


def _members(
    book: Book, entry: Entry, kind: str, document: dict[str, object], link: Callable[[str], str]
) -> Iterator[dict[str, object]]:
    meanings = dict(_meanings(entry, kind))
    for name, value in document.items():
        rules = _rules(book, f'{WORDS[kind]} "{name}"')
        yield {
            "name": markdown_text(json.dumps(name)),
            "anchor": slug(name),
            "value": markdown_text(json.dumps(value, ensure_ascii=False)),
            "meaning": markdown_text(meanings.get(name, "")),
            "parties": ", ".join(dict.fromkeys(party for rule in rules for party in _obliged(rule))),
            "why": _why(rules),
            "rules": [_rule(book, rule, link) for rule in rules],
        }


def _meanings(entry: Entry, kind: str) -> Iterator[tuple[str, str]]:
    """Read what the tables of the scenario's feature say that each member means."""
    for _, scenario in entry.feature.placed_scenarios():
        for table in (step.table for step in scenario.steps if step.table):
            if table.header[0] == kind and MEANING in table.header:
                place = table.header.index(MEANING)
                yield from ((row[0], row[place]) for row in table.body)


def _rules(book: Book, words: str) -> list[Stated]:
    """Find the rules whose scenarios say some words, first those of the features that speak of little else."""
    saying = [each for each in book.specification.pickles if any(words in step.text for step in each.steps)]
    count = Counter(pickle.feature.uri for pickle in saying)
    return sorted(stated(saying), key=lambda rule: -count[rule.feature.uri] / len(rule.feature.pickles))


def _why(rules: list[Stated]) -> str:
    """Take the reason from under the first rule that gives one."""
    said = (pickle.rule.description for rule in rules for pickle in rule.pickles[:1] if pickle.rule)
    return markdown_text(" ".join(next(filter(None, said), "").split()))


def _rule(book: Book, rule: Stated, link: Callable[[str], str]) -> dict[str, object]:
    scenarios = {pickle.scenario.id: pickle for pickle in rule.pickles}
    return {
        "text": f"{mark(book.verdict(rule.pickles))} [{markdown_text(rule.name)}]({link(rule.where)})",
        "scenarios": [
            f"[{markdown_text(pickle.scenario.name)}]({link(f'{page_path(pickle.feature)}#{fragment(id_)}')})"
            for id_, pickle in scenarios.items()
        ],
    }


def _obliged(rule: Stated) -> Iterator[str]:
    for said in (chip(tag) for pickle in rule.pickles for tag in pickle.tags):
        if said.kind == "party":
            yield markdown_text(said.title.removeprefix("Obliges "))
