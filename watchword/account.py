"""Account for each requirement of a register in a specification.

What a specification's rules carry as tags is held against the register: each requirement is specified, excluded with
its reason, or unaccounted for, and every other difference between the two is a problem with one sentence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from watchword.register import LEVELS, REQUIREMENT_ID
from watchword.specification import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from watchword.register import Register, Requirement
    from watchword.specification import Feature, Rule, Scenario, Specification


@dataclass(frozen=True)
class Statement:
    """One rule, in its feature, that states a requirement."""

    feature: Feature
    rule: Rule

    def __str__(self) -> str:
        return f"{self.feature.uri}:{self.rule.line}"


@dataclass(frozen=True)
class Share:
    """How many requirements there are of one kind, and what became of them."""

    specified: int
    excluded: int
    unaccounted: int

    @property
    def total(self) -> int:
        """Count them all."""
        return self.specified + self.excluded + self.unaccounted


@dataclass(frozen=True)
class Account:
    """What a specification makes of a register: each requirement is specified, excluded or unaccounted for.

    `unknown` are ids that rules carry and the register lacks, `stray` the places of ids outside every rule.
    """

    register: Register
    specified: Mapping[str, tuple[Statement, ...]]
    unknown: Mapping[str, tuple[Statement, ...]]
    stray: tuple[str, ...] = ()

    @cached_property
    def excluded(self) -> Mapping[str, str]:
        """Give the reason for each requirement that is excluded."""
        return {row.id: row.excluded for row in self.register.requirements if row.excluded}

    @cached_property
    def unaccounted(self) -> tuple[Requirement, ...]:
        """List the requirements that are neither specified nor excluded, pending ones among them."""
        settled = self.specified.keys() | self.excluded.keys()
        return tuple(row for row in self.register.requirements if row.id not in settled)

    @cached_property
    def contradicted(self) -> tuple[Requirement, ...]:
        """List the requirements that are excluded although a rule states them."""
        return tuple(self.register.by_id[id_] for id_ in self.specified if id_ in self.excluded)

    @cached_property
    def fulfilled(self) -> tuple[Requirement, ...]:
        """List the requirements that are called pending although a rule states them."""
        return tuple(row for row in self.register.requirements if row.pending and row.id in self.specified)

    def by_level(self) -> Mapping[str, Share]:
        """Share the requirements out by level."""
        return self._shares((row.level, row) for row in self.register.requirements)

    def by_area(self) -> Mapping[str, Share]:
        """Share the requirements out by area."""
        return self._shares((row.area, row) for row in self.register.requirements)

    def by_document(self) -> Mapping[str, Share]:
        """Share the requirements out by the documents they come from; one with two documents counts in both."""
        return self._shares((document, row) for row in self.register.requirements for document in row.documents)

    def problems(self) -> tuple[str, ...]:
        """Say what keeps the account from being closed, one sentence each; pending requirements are not a problem."""
        return tuple(self._problems())

    def tagging(self) -> tuple[Problem, ...]:
        """Say what is wrong with the tags of rules: ids the register lacks, other levels, other sources.

        A rule that states several requirements carries the strongest of their levels, and sources of any of them.
        """
        stated = chain(self.unknown.values(), self.specified.values())
        statements = dict.fromkeys(chain.from_iterable(stated))
        return tuple(
            Problem(statement.feature.uri, statement.rule.line, sentence)
            for statement in statements
            for sentence in self._tagging(statement)
        )

    def _tagging(self, statement: Statement) -> Iterator[str]:
        yield from (self._unknown(id_) for id_, found in self.unknown.items() if statement in found)
        rows = [self.register.by_id[id_] for id_ in self._stated.get(statement, ())]
        yield from self._disagreements(statement, rows) if rows else ()

    @cached_property
    def _stated(self) -> Mapping[Statement, Sequence[str]]:
        found: dict[Statement, list[str]] = {}
        for id_, statements in self.specified.items():
            for statement in statements:
                found.setdefault(statement, []).append(id_)
        return found

    def _disagreements(self, statement: Statement, rows: list[Requirement]) -> Iterator[str]:
        tags = statement.rule.tags
        level = min((row.level for row in rows), key=LEVELS.index)
        levels = [tag for tag in tags if tag in {name.lower() for name in LEVELS}]
        ids = ", ".join(row.id for row in rows)
        if levels != [level.lower()]:
            given = " ".join(levels) or "none"
            yield f"{ids} has the level {level}, not {given} — tag the rule @{level.lower()}"
        documents = {document.name for document in self.register.documents}
        cited = [tag for tag in tags if tag.partition("-")[0] in documents]
        for source in cited:
            if all(source not in row.sources for row in rows):
                yield f"{ids} does not come from {source} — take the tag out, or register the source"

    def _problems(self) -> Iterator[str]:
        for id_, statements in self.unknown.items():
            yield f"{statements[0]}: {self._unknown(id_)}"
        for place in self.stray:
            yield f"{place} stands outside every rule and states nothing — move the tag to a rule"
        for row in self.contradicted:
            yield f"{self._row(row)} is excluded, and specified by {self.specified[row.id][0]} — choose one"
        for row in self.fulfilled:
            yield f"{self._row(row)} is specified by {self.specified[row.id][0]} — take out its key pending"
        for row in self.unaccounted:
            if not row.pending:
                yield f"{self._row(row)} is neither specified nor excluded — tag a rule @{row.id}, or say why not"

    def _unknown(self, id_: str) -> str:
        return f"{self.register.uri} has no requirement {id_} — correct the tag, or register it"

    def _row(self, row: Requirement) -> str:
        return f"{self.register.uri}: requirement {row.id}"

    def _shares(self, keyed: Iterable[tuple[str, Requirement]]) -> Mapping[str, Share]:
        counts = Counter((key, self._fate(row)) for key, row in keyed)
        keys = dict.fromkeys(key for key, _ in counts)
        fates = ("specified", "excluded", "unaccounted")
        return {key: Share(*(counts[key, fate] for fate in fates)) for key in keys}

    def _fate(self, row: Requirement) -> str:
        if row.id in self.specified:
            return "specified"
        return "excluded" if row.id in self.excluded else "unaccounted"


def account(register: Register, specification: Specification) -> Account:
    """Hold a register against the tags of a specification's rules, and of the scenarios below them."""
    stated: dict[str, dict[Statement, None]] = {}
    for feature in specification.features:
        for rule in feature.rules:
            for id_ in _ids(rule.scenarios, rule.tags):
                stated.setdefault(id_, {})[Statement(feature, rule)] = None
    found = {id_: tuple(statements) for id_, statements in stated.items()}
    return Account(
        register=register,
        specified={row.id: found[row.id] for row in register.requirements if row.id in found},
        unknown={id_: statements for id_, statements in found.items() if id_ not in register.by_id},
        stray=tuple(_stray(specification)),
    )


def _stray(specification: Specification) -> Iterator[str]:
    for feature in specification.features:
        yield from (f"{feature.uri}:{feature.line}: {id_}" for id_ in _among(feature.tags))
        for scenario in feature.scenarios:
            yield from (f"{feature.uri}:{scenario.line}: {id_}" for id_ in _ids((scenario,)))


def _ids(scenarios: Iterable[Scenario], tags: Iterable[str] = ()) -> Iterator[str]:
    """Give the tags that look like a requirement's id, of a rule and of what stands below it."""
    yield from _among(tags)
    for scenario in scenarios:
        yield from _among(scenario.tags)
        for examples in scenario.examples:
            yield from _among(examples.tags)


def _among(tags: Iterable[str]) -> Iterator[str]:
    return (tag for tag in tags if REQUIREMENT_ID.fullmatch(tag))
