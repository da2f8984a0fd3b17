"""What one scenario may hold: one act, no column in vain, no scenario that became prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchword.lint.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.lint.subject import Subject
    from watchword.specification import Examples, Feature, Rule, Scenario

STEP_LIKE = re.compile(r"^\s*(?:Given|When|Then|And|But)\s", re.MULTILINE)
_STEPS_OF_A_SCENARIO = 2


def one_when(subject: Subject) -> Iterator[Finding]:
    """A scenario has one act, so that a red one says which act it was."""
    for feature in subject.features:
        for _, scenario in feature.placed_scenarios():
            acts = [step for step in scenario.steps if step.kind == "action"]
            for step in acts[1:]:
                sentence = (
                    f"{scenario.name!r} acts a second time: {step.text!r} — "
                    "tell what came before as Given, or make it a scenario of its own"
                )
                yield Finding(feature.uri, step.line, "one-when", sentence)


def unused_column(subject: Subject) -> Iterator[Finding]:
    """A column of examples is used by a step, or by the scenario's name."""
    for feature in subject.features:
        for _, scenario in feature.placed_scenarios():
            text = "\n".join(_texts(scenario)) if scenario.is_outline else ""
            for examples in scenario.examples:
                for column in examples.header:
                    if f"<{column}>" not in text and column not in subject.house.told_columns:
                        sentence = (
                            f"no step and no name uses the column {column!r} — write <{column}> where it belongs, "
                            "or take the column out"
                        )
                        yield Finding(feature.uri, examples.line, "unused-column", sentence)


def _texts(scenario: Scenario) -> Iterator[str]:
    yield scenario.name
    for step in scenario.steps:
        yield step.text
        yield step.docstring or ""
        yield from (cell for row in (step.table.rows if step.table else ()) for cell in row)


def swallowed(subject: Subject) -> Iterator[Finding]:
    """Prose holds no steps: below a misspelled keyword they are read as prose, and never run."""
    for feature in subject.features:
        for part in _described(feature):
            found = STEP_LIKE.findall(part.description)
            if len(found) >= _STEPS_OF_A_SCENARIO:
                sentence = (
                    f"the prose below {part.name!r} holds {len(found)} steps, which do not run — "
                    "correct the keyword above them"
                )
                yield Finding(feature.uri, part.line, "swallowed", sentence)


def _described(feature: Feature) -> Iterator[Feature | Rule | Scenario | Examples]:
    yield feature
    yield from feature.rules
    for _, scenario in feature.placed_scenarios():
        yield scenario
        yield from scenario.examples
