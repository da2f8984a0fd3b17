"""Judge a project's feature files by every rule, and mend what says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchword.lint.cells import two_targets
from watchword.lint.findings import Finding
from watchword.lint.layout import layout, mended
from watchword.lint.requirements import register, rule_tags
from watchword.lint.scenarios import one_when, swallowed, unused_column
from watchword.lint.subject import subject
from watchword.lint.words import mechanics, vocabulary, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from watchword.lint.subject import Subject

    Rule = Callable[[Subject], Iterator[Finding]]


def readable(subject: Subject) -> Iterator[Finding]:
    """A feature parses, and every name in it is its own: nothing written is lost."""
    yield from (Finding(each.uri, each.line, "readable", each.sentence) for each in subject.problems)


RULES: Mapping[str, Rule] = {
    "readable": readable,
    "one-when": one_when,
    "vocabulary": vocabulary,
    "words": words,
    "rule-tags": rule_tags,
    "register": register,
    "mechanics": mechanics,
    "unused-column": unused_column,
    "two-targets": two_targets,
    "swallowed": swallowed,
    "layout": layout,
}
"""Every rule by its name, in the order a reader asks."""


def lint(root: Path, folder: str = "features") -> list[Finding]:
    """Judge a project's feature files.

    Raises:
        LintError: there are none, or the project's settings cannot be read.
        RegisterError: the register cannot be used.
        VocabularyError: the step definitions cannot be imported.
    """
    judged = subject(root, folder)
    _ = judged.house  # what cannot be read is told before the step definitions are imported
    return sorted(finding for rule in RULES.values() for finding in rule(judged))


def mend(root: Path, folder: str = "features") -> list[str]:
    """Mend the layout of tables and tags, and nothing else.

    Returns:
        The files that were written anew.

    Raises:
        LintError: there are none, or the project's settings cannot be read.
        RegisterError: the register cannot be used.
    """
    better = mended(subject(root, folder))
    for uri, content in better.items():
        (root / uri).write_bytes(content)
    return sorted(better)
