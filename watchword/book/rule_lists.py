"""Lists of rules: those of a part of the specification, or those with a scenario that ends in given words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from watchword.book.book import fragment, group, page_path
from watchword.book.escaping import markdown_text
from watchword.book.rendering import render_markdown
from watchword.book.verdicts import badge, mark, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from watchword.book.book import Book
    from watchword.specification import Feature, Pickle

    Link = Callable[[str], str]

FEW = 8
"""So many rules are read at a glance; more are folded away, feature by feature."""


@dataclass(frozen=True)
class Stated:
    """A rule, or a scenario outside every rule, with those of its cases that are meant."""

    feature: Feature
    name: str
    anchor: str
    pickles: tuple[Pickle, ...]

    @property
    def where(self) -> str:
        """Its page and its permalink there, from the site's root."""
        return f"{page_path(self.feature)}#{self.anchor}"


def stated(pickles: Iterable[Pickle]) -> tuple[Stated, ...]:
    """Gather cases under the rules they are examples of, in the order written."""
    gathered: dict[str, list[Pickle]] = {}
    for pickle in pickles:
        gathered.setdefault((pickle.rule or pickle.scenario).id, []).append(pickle)
    return tuple(
        Stated(cases[0].feature, (cases[0].rule or cases[0].scenario).name, fragment(id_), tuple(cases))
        for id_, cases in gathered.items()
    )


def rule_list(book: Book, name: str, link: Link) -> str:
    """Print the rules of one feature, of one folder, or of all; empty when nothing is called so."""
    pickles = [
        pickle
        for feature in book.specification.features
        if name in ("all", feature.id, feature.id.rpartition("/")[0])
        for pickle in feature.pickles
    ]
    return render_markdown("rules.md.jinja", features=[*_features(book, stated(pickles), link)]) if pickles else ""


def stating_list(book: Book, ids: Sequence[str], link: Link) -> str:
    """Print the rules that state some requirements, one line each; empty when one of them is stated nowhere.

    Args:
        ids: the requirements' ids, which the rules or their scenarios are tagged with.
    """
    wanted = frozenset(ids)
    pickles = [pickle for pickle in book.specification.pickles if not wanted.isdisjoint(pickle.tags)]
    if not wanted <= {tag for pickle in pickles for tag in pickle.tags}:
        return ""
    lines = [
        f"- {mark(book.verdict(rule.pickles))} [{markdown_text(rule.name)}]({link(rule.where)})"
        for rule in stated(pickles)
    ]
    return "\n".join([*lines, ""])


def ending_list(book: Book, words: str, link: Link) -> str:
    """Print the rules with a case whose outcome holds some words, folded where they are many; empty when none has."""
    pickles = [
        pickle
        for pickle in book.specification.pickles
        if any(step.kind == "outcome" and words in step.text for step in pickle.steps)
    ]
    rules = stated(pickles)
    return (
        render_markdown(
            "endings.md.jinja",
            verdict=badge(book.verdict(pickles), f"{len(pickles)} scenario{'' if len(pickles) == 1 else 's'}"),
            rules=f"{len(rules)} rule{'' if len(rules) == 1 else 's'}",
            features=[*_features(book, rules, link)],
            is_folded=len(rules) > FEW,
        )
        if rules
        else ""
    )


def _features(book: Book, rules: Sequence[Stated], link: Link) -> Iterator[dict[str, object]]:
    part = None
    for feature, here in groupby(rules, key=lambda rule: rule.feature):
        listed = list(here)
        pickles = [pickle for rule in listed for pickle in rule.pickles]
        yield {
            "part": markdown_text(group(feature)) if group(feature) != part else "",
            "name": markdown_text(feature.name),
            "where": link(page_path(feature)),
            "mark": mark(book.verdict(pickles)),
            "tally": tally(book.result(pickle).status for pickle in pickles),
            "rules": [
                f"{mark(book.verdict(rule.pickles))} [{markdown_text(rule.name)}]({link(rule.where)})"
                for rule in listed
            ],
        }
        part = group(feature)
