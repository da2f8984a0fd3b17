"""Words: sentences that some definition means, words that some table lists, none that say how instead of what."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from watchword.lint.findings import Finding
from watchword.lint.house import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchword.lint.house import Words
    from watchword.lint.subject import Subject
    from watchword.specification import Feature

KEYWORDS = {"context": "given", "action": "when", "outcome": "then"}
Row = tuple[int, dict[str, str]]


def vocabulary(subject: Subject) -> Iterator[Finding]:
    """A step is a sentence that one definition means."""
    phrases = subject.vocabulary.phrases
    told: set[tuple[str, str, str]] = set()
    for feature, step, text, line in subject.sentences:
        meant = subject.vocabulary.meant[step.kind, text]
        key = (feature.uri, step.kind, text)
        if len(meant) == 1 or key in told:
            continue
        told.add(key)
        if meant:
            places = " and ".join(phrases[number].place for number in meant)
            sentence = f"{text!r} is meant by {places} — keep one"
        else:
            wanted = KEYWORDS[step.kind]
            known = [phrase.text for phrase in phrases if phrase.type in {wanted, "any"}]
            sentence = f"no definition means {f'{step.keyword} {text}'!r} — {_advice(text, known, wanted)}"
        yield Finding(feature.uri, line, "vocabulary", sentence)


def _advice(text: str, known: Iterable[str], keyword: str) -> str:
    nearest = difflib.get_close_matches(text, known, n=1, cutoff=0.5)
    return f"did you mean {nearest[0]!r}? Else define it with @{keyword}" if nearest else f"define it with @{keyword}"


def words(subject: Subject) -> Iterator[Finding]:
    """A state, an event, a claim, a code: each word that is used is listed where the project lists them."""
    for each in subject.house.words:
        listed = set(each.also) | set(_listed(subject, each))
        for uri, line, word in dict.fromkeys(_used(subject, each)):
            if word not in listed:
                nearest = difflib.get_close_matches(word, listed, n=1)
                advice = (
                    f"did you mean {nearest[0]!r}?" if nearest else f"list it in a column {each.listed.columns[0]!r}"
                )
                yield Finding(uri, line, "words", f"no {each.name} is called {word!r} — {advice}")


def _listed(subject: Subject, words: Words) -> Iterator[str]:
    for feature in subject.features:
        if matches(feature.uri, words.listed.files):
            for _, row in _rows(feature):
                yield from (row[column] for column in words.listed.columns if column in row)


def _used(subject: Subject, words: Words) -> Iterator[tuple[str, int, str]]:
    held = [feature for feature in subject.features if not matches(feature.uri, words.files_apart)]
    for feature in held:
        for line, row in _rows(feature):
            yield from ((feature.uri, line, row[column]) for column in words.used.columns if row.get(column))
    uris = {feature.uri for feature in held}
    for feature, _, text, line in subject.sentences:
        for pattern in words.used.steps if feature.uri in uris else ():
            yield from ((feature.uri, line, found) for found in pattern.findall(text))


def _rows(feature: Feature) -> Iterator[Row]:
    """Give the rows of all tables, by column."""
    for _, scenario in feature.placed_scenarios():
        yield from ((row.line, dict(row.values)) for row in scenario.rows)
        for step in scenario.steps:
            if step.table:
                for number, row in enumerate(step.table.body, start=1):
                    yield step.table.line + number, dict(zip(step.table.header, row, strict=False))


def mechanics(subject: Subject) -> Iterator[Finding]:
    """A scenario says what happens; how it is done is the steps' matter."""
    for feature in subject.features:
        asked = [each for each in subject.house.mechanics if each.holds_in(feature.uri)]
        for line, text in _told(feature) if asked else ():
            for each in asked:
                found = each.words.search(text)
                if found:
                    sentence = f"{found[0]!r} says how, not what — {each.instead}"
                    yield Finding(feature.uri, line, "mechanics", sentence)


def _told(feature: Feature) -> Iterator[tuple[int, str]]:
    yield feature.line, feature.name
    for rule in feature.rules:
        yield rule.line, rule.name
    for _, scenario in feature.placed_scenarios():
        yield scenario.line, scenario.name
        yield from ((step.line, step.text) for step in scenario.steps)
