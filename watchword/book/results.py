"""What the run says of the whole: totals, the red ones first, the slow ones, the ones that never ran."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from watchword.book.book import fragment, group, page_path
from watchword.book.escaping import markdown_text
from watchword.book.evidence import milliseconds
from watchword.book.history import history_block
from watchword.book.rendering import render_markdown
from watchword.book.rule_lists import stated
from watchword.book.sources import chip
from watchword.book.verdicts import badge, mark, tally, worst
from watchword.tags import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from watchword.book.book import Book
    from watchword.book.rule_lists import Stated
    from watchword.book.sources import Chip, Kind
    from watchword.book.verdicts import Verdict
    from watchword.specification import Feature, Pickle

SLOWEST = 10


def results_page(book: Book) -> str:
    """Print the whole run as Markdown."""
    pickles = book.specification.pickles
    levels, parties = [*_kind_rows(book, "level")], [*_kind_rows(book, "party")]
    statuses = dict.fromkeys(book.result(each).status for each in pickles)
    return render_markdown(
        "results.md.jinja",
        offers=",".join([*statuses, *(str(row["name"]) for row in levels + parties)]),
        totals=totals(book, book.specification.features, ""),
        failed=[_row(book, each) for each in pickles if book.result(each).status == "failed"],
        not_run=[_row(book, each) for each in pickles if book.result(each).status == "not run"],
        absences=[f"*{each.suite.name}*: {each.absence}" for each in book.run.apart if each.absence],
        skipped=[_row(book, each) for each in pickles if book.result(each).status == "skipped"],
        features=[_feature_row(book, feature) for feature in book.specification.features],
        levels=levels,
        parties=parties,
        rules=[_rule_row(book, rule) for rule in stated(pickles)],
        slowest=[_row(book, each) for each in _slowest(book)],
        whole=milliseconds(book.run.seconds),
        history=history_block(book),
    )


def totals(book: Book, features: Iterable[Feature], details: str) -> str:
    """Print one line: the verdict of some features, and how many scenarios stand behind it."""
    chosen = list(features)
    pickles = [pickle for feature in chosen for pickle in feature.pickles]
    here = [pickle for pickle in pickles if book.run.absent(pickle) is None] or pickles
    link = f" [See the results]({details})" if details else ""
    counted = tally(book.result(pickle).status for pickle in here)
    rules = sum(len(feature.rules) for feature in chosen)
    return (
        f"{badge(book.verdict(here), counted)} of {len(here)} scenarios{_beside(book, pickles, here)}, "
        f"for {rules} rules in {len(chosen)} features.{link}\n{{ .ww-totals }}\n"
    )


def _beside(book: Book, pickles: Sequence[Pickle], here: Sequence[Pickle]) -> str:
    """Count what runs apart and did not run, beside what did: it is neither green nor anybody's fault."""
    others = (
        Counter(apart.suite.name for each in pickles if (apart := book.run.absent(each))) if here != pickles else {}
    )
    return "".join(
        f", beside {count} of *{markdown_text(name)}* that did not run here" for name, count in others.items()
    )


def coverage_table(book: Book, family: str, link: Callable[[str], str]) -> str:
    """Print the tags that begin with a family's name, each with the rules that carry it; empty when none does."""
    carried: dict[str, list[str]] = {}
    for feature in book.specification.features:
        for rule in feature.rules:
            pickles = [pickle for pickle in feature.pickles if pickle.rule is rule]
            where = link(f"{page_path(feature)}#{fragment(rule.id)}")
            cell = f"{mark(book.verdict(pickles))} [{markdown_text(rule.name)}]({where})"
            for tag in rule.tags:
                carried.setdefault(tag, []).append(cell)
    wanted = sorted((tag for tag in carried if tag.lower().startswith(family.lower())), key=_natural)
    return render_markdown("coverage.md.jinja", rows=[(chip(tag), carried[tag]) for tag in wanted]) if wanted else ""


def _natural(tag: str) -> list[tuple[int, str]]:
    parts = tag.replace("-", ".").split(".")
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _row(book: Book, pickle: Pickle) -> dict[str, object]:
    result = book.result(pickle)
    broken = next((step for step in result.steps if step.error), None)
    return {
        "name": markdown_text(pickle.name),
        "where": f"{page_path(pickle.feature)}#{fragment(pickle.id)}",
        "feature": markdown_text(pickle.feature.name),
        "step": markdown_text(f"{broken.keyword.strip()} {broken.text}") if broken else "",
        "error": markdown_text(_last_line(broken.error if broken else result.error)),
        "mark": mark(result.status),
        "seconds": milliseconds(result.seconds),
    }


def _last_line(error: str | None) -> str:
    lines = [line for line in (error or "").splitlines() if line.strip()]
    return lines[0] if lines else ""


def _feature_row(book: Book, feature: Feature) -> dict[str, object]:
    results = [book.result(pickle) for pickle in feature.pickles]
    return {
        "mark": mark(book.verdict(feature.pickles)),
        "name": markdown_text(feature.name),
        "group": markdown_text(group(feature)),
        "where": page_path(feature),
        "tally": tally(result.status for result in results),
        "rules": len(feature.rules),
        "seconds": milliseconds(sum(result.seconds for result in results)),
    }


def _kind_rows(book: Book, kind: Kind) -> Iterator[dict[str, object]]:
    """Count the cases that carry each level, or that oblige each party; nothing where no tag says so."""
    carried: dict[str, list[Verdict]] = {}
    for pickle in book.specification.pickles:
        for said in (chip(tag) for tag in pickle.tags):
            if said.kind == kind:
                carried.setdefault(said.text, []).append(book.result(pickle).status)
    for text, statuses in sorted(carried.items(), key=lambda each: (_rank(each[0]), each[0])):
        yield {"mark": mark(worst(statuses)), "name": markdown_text(text), "tally": tally(statuses)}


def _rank(text: str) -> int:
    return [*LEVELS, text].index(text)


def _rule_row(book: Book, rule: Stated) -> dict[str, object]:
    results = [book.result(pickle) for pickle in rule.pickles]
    chips = [chip(tag) for tag in dict.fromkeys(tag for pickle in rule.pickles for tag in pickle.tags)]
    return {
        "mark": mark(book.verdict(rule.pickles)),
        "name": markdown_text(rule.name),
        "where": rule.where,
        "says": " ".join(_said(chip) for chip in chips if chip.kind in ("id", "level", "party")),
        "tally": tally(result.status for result in results),
        "seconds": milliseconds(sum(result.seconds for result in results)),
    }


def _said(chip: Chip) -> str:
    """Write what a tag says; a level and a party are facets, which the filter can ask for as they are."""
    text = markdown_text(chip.text)
    return text if chip.kind == "id" else f'<span class="ww-facet">{text}</span>'


def _slowest(book: Book) -> Sequence[Pickle]:
    ran = [each for each in book.specification.pickles if book.result(each).status != "not run"]
    return sorted(ran, key=lambda each: book.result(each).seconds, reverse=True)[:SLOWEST]
