"""What a feature file may not hold although it parses: each would lose, rename or green a scenario in silence."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from watchword.specification.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchword.specification.model import Examples, Feature, Rule, Scenario, Step

USABLE_TAG = re.compile(r"[A-Za-z0-9][\w.+/-]*")
USABLE_COLUMN = re.compile(r"[\w][\w /-]*")
PLACEHOLDER = re.compile(r"<([^<>]+)>")
PYTEST_MARKS_WITH_ARGUMENTS = frozenset({"parametrize", "usefixtures", "filterwarnings", "skipif"})

Named = tuple[str, int]


def problems_in(feature: Feature) -> list[Problem]:
    """List what is wrong within one feature."""
    found = chain(
        _naming(feature),
        _duplicates(feature),
        _tags(feature),
        _backgrounds(feature),
        *(_scenario(scenario) for _, scenario in feature.placed_scenarios()),
    )
    return [Problem(feature.uri, line, sentence) for sentence, line in found]


def problems_across(features: Iterable[Feature]) -> list[Problem]:
    """List what is wrong only because of another file: two features that take the same id."""
    first: dict[str, Feature] = {}
    problems = []
    for feature in features:
        other = first.setdefault(feature.id.lower(), feature)
        if other is not feature:
            sentence = f"the id {feature.id!r} is already taken by {other.uri} — rename one file"
            problems.append(Problem(feature.uri, feature.line, sentence))
    return problems


def _naming(feature: Feature) -> Iterator[Named]:
    if not feature.name:
        yield "the feature has no name — write one after `Feature:`", feature.line
    for rule in feature.rules:
        if not rule.name:
            yield "the rule has no name — write the requirement after `Rule:`", rule.line
        if not rule.scenarios:
            yield f"the rule {rule.name!r} has no scenario — add one that shows it", rule.line


def _duplicates(feature: Feature) -> Iterator[Named]:
    yield from _repeated((rule for rule in feature.rules), "rule")
    yield from _repeated((scenario for _, scenario in feature.placed_scenarios()), "scenario")


def _repeated(parts: Iterable[Rule] | Iterable[Scenario], word: str) -> Iterator[Named]:
    first: dict[str, Rule | Scenario] = {}
    for part in parts:
        other = first.setdefault(part.id, part)
        if other is part:
            continue
        if other.name == part.name:
            yield f"the {word} name {part.name!r} is already used on line {other.line} — rename one of them", part.line
        else:
            yield f"the {word}'s id {part.id!r} is that of line {other.line} too — rename one of them", part.line


def _tags(feature: Feature) -> Iterator[Named]:
    scenarios = [scenario for _, scenario in feature.placed_scenarios()]
    examples = (table for scenario in scenarios for table in scenario.examples)
    parts: Iterator[Feature | Rule | Scenario | Examples] = chain([feature], feature.rules, scenarios, examples)
    for part in parts:
        for tag in part.tags:
            if not USABLE_TAG.fullmatch(tag):
                yield f"the tag @{tag} cannot be a pytest marker — use letters, digits and . + / _ - only", part.line
            elif tag in PYTEST_MARKS_WITH_ARGUMENTS:
                yield f"the tag @{tag} is a pytest marker that needs arguments — choose another word", part.line


def _backgrounds(feature: Feature) -> Iterator[Named]:
    for background in (feature.background, *(rule.background for rule in feature.rules)):
        yield from _first_keyword(background)


def _first_keyword(steps: tuple[Step, ...]) -> Iterator[Named]:
    if steps and not steps[0].opens:
        yield f"the first step begins with {steps[0].keyword!r} — begin it with Given, When or Then", steps[0].line


def _scenario(scenario: Scenario) -> Iterator[Named]:
    if not scenario.name:
        yield "the scenario has no name — write one after its keyword", scenario.line
    if not scenario.steps:
        yield f"the scenario {scenario.name!r} has no steps and would pass unread — add its steps", scenario.line
    yield from _first_keyword(scenario.steps)
    for examples in scenario.examples:
        yield from _examples(examples)
    yield from _placeholders(scenario)


def _examples(examples: Examples) -> Iterator[Named]:
    if not examples.rows:
        yield "the examples have no rows, so nothing would run — add a heading and a row", examples.line
    for column in examples.header:
        if not USABLE_COLUMN.fullmatch(column):
            yield (
                f"the column {column!r} cannot be a placeholder — use letters, digits, spaces and _ - /",
                examples.line,
            )
        if examples.header.count(column) > 1:
            yield f"the column {column!r} stands twice — rename one", examples.line


def _placeholders(scenario: Scenario) -> Iterator[Named]:
    for examples in scenario.examples:
        for step in scenario.steps:
            for name in PLACEHOLDER.findall(step.text):
                if name not in examples.header:
                    yield f"<{name}> is no column of the examples on line {examples.line} — add it", step.line
