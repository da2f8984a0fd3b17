"""A page's twin in Markdown, for readers that take in text: language models, `curl` and `grep`.

A feature's twin is written from the book; that of any other page is read back from the HTML it became, so that it
holds what a reader sees, whatever wrote it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchword.book.evidence import answer, milliseconds, target
from watchword.book.rendering import render_markdown
from watchword.book.sources import chips
from watchword.book.verdicts import MARKS, tally
from watchword.escaping import code_block
from watchword.exports.from_html import page_twin
from watchword.places import page_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchword.book import Book
    from watchword.book.book import Entry
    from watchword.run import Result
    from watchword.specification import Examples, Feature, Rule, Step

# An underscore within a word is no emphasis, and names are full of them.
_MARKUP = re.compile(r"[\\`*<\[\]|]|(?<!\w)_|_(?!\w)")


def feature_twin(book: Book, feature: Feature) -> str:
    """Write a feature, its verdicts and a summary of its evidence as plain Markdown."""
    blocks: list[tuple[Rule | None, list[Entry]]] = []
    for entry in book.entries_of(feature):
        if not blocks or blocks[-1][0] is not entry.rule:
            blocks.append((entry.rule, []))
        blocks[-1][1].append(entry)
    return render_markdown(
        "twin.md.jinja",
        title=_text(feature.name),
        uri=feature.uri,
        tally=tally(book.result(pickle).status for pickle in feature.pickles),
        run=book.run,
        description=feature.description,
        blocks=[
            {
                "title": _text(rule.name) if rule else "",
                "tags": _tags(rule.tags) if rule else "",
                "description": rule.description if rule else "",
                "scenarios": [_scenario(book, entry) for entry in entries],
            }
            for rule, entries in blocks
        ],
    )


def specification_md(book: Book) -> str:
    """Write all features as one document."""
    return "\n".join(feature_twin(book, feature) for feature in book.specification.features)


def twin(book: Book | None, path: str, html: str) -> str:
    """Write the twin of a page.

    Args:
        book: where a feature's page comes from.
        path: the page's source, below the site's root.
        html: what a site generator made of it, without what surrounds it on every page.
    """
    feature = feature_at(book, path)
    return feature_twin(book, feature) if book and feature else page_twin(html)


def feature_at(book: Book | None, path: str) -> Feature | None:
    """Find the feature whose page has a path; None where it is another's."""
    features = book.specification.features if book else ()
    return next((feature for feature in features if page_path(feature) == path), None)


def twin_path(page: str) -> str:
    """Say where the twin of a page lies: beside it, as `index.md` or with the ending `.md` besides its own."""
    return f"{page.removesuffix('.html')}.md" if page.endswith("index.html") else f"{page}.md"


def _scenario(book: Book, entry: Entry) -> dict[str, object]:
    results = {pickle.row.line if pickle.row else 0: book.result(pickle) for pickle in entry.pickles}
    verdict = book.verdict(entry.pickles)
    is_outline = entry.scenario.is_outline
    background = (*entry.feature.background, *(entry.rule.background if entry.rule else ()))
    return {
        "kind": "Scenario outline" if is_outline else "Scenario",
        "title": _text(entry.scenario.name),
        "verdict": f"{MARKS[verdict]} {verdict}",
        "tags": _tags(entry.scenario.tags),
        "description": entry.scenario.description,
        "steps": code_block("\n".join(map(_step, (*background, *entry.scenario.steps))), "gherkin"),
        "tables": [_table(examples, results) for examples in entry.scenario.examples],
        "told": [_told(result) for result in results.values() if result.status != "passed" or not is_outline],
    }


def _step(step: Step) -> str:
    lines = [f"{step.keyword} {step.text}"]
    lines += [f"  | {' | '.join(row)} |" for row in (step.table.rows if step.table else ())]
    if step.docstring is not None:
        lines += ['  """', *(f"  {line}" for line in step.docstring.splitlines()), '  """']
    return "\n".join(lines)


def _table(examples: Examples, results: Mapping[int, Result]) -> dict[str, object]:
    rows = [(row, results[row.line]) for row in examples.rows]
    return {
        "name": _text(examples.name),
        "header": ["result", *map(_text, examples.header), "recorded"],
        "rows": [
            [f"{MARKS[result.status]} {result.status}", *map(_text, row.values.values()), _text(_recorded(result))]
            for row, result in rows
        ],
    }


def _told(result: Result) -> str:
    """Say what was recorded, and why the case is not green."""
    if result.status == "passed":
        return f"Recorded: {_text(_recorded(result))}."
    broken = next((step for step in result.steps if step.error), None)
    place = f" at “{broken.keyword} {broken.text}”" if broken else ""
    error = (broken.error if broken else result.error) or "The run did not reach it."
    return f"{_text(f'“{result.pickle.name}” {result.status}{place}')}:\n\n{code_block(error, '')}"


def _recorded(result: Result) -> str:
    """Say in a few words what the last step that spoke to anyone asked, and what it was answered."""
    spoken = [step.exchanges for step in result.steps if step.exchanges]
    if not spoken:
        return milliseconds(result.seconds)
    asked = next(each for each in reversed(spoken[-1]) if each.sender == spoken[-1][0].sender)
    count = len(result.exchanges)
    beside = f"the last of {count} exchanges, " if count > 1 else ""
    return f"{asked.method} {target(asked.url)} → {answer(asked)} ({beside}{milliseconds(result.seconds)})"


def _tags(tags: tuple[str, ...]) -> str:
    return ", ".join(f"[{each.text}]({each.url})" if each.url else each.text for each in chips(tags))


def _text(text: str) -> str:
    return _MARKUP.sub(lambda character: f"\\{character[0]}", text.replace("\n", " "))
