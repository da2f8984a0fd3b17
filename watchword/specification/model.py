"""What a specification is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from watchword.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Kind = Literal["context", "action", "outcome"]
Cells = tuple[str, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with a feature file, and what to do about it."""

    uri: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.uri}:{self.line}: {self.sentence}"


class SpecificationError(InputError):
    """The feature files cannot be used; the message holds one line per problem."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Table:
    """A data table below a step: all its rows, the heading first."""

    rows: tuple[Cells, ...]
    line: int

    @property
    def header(self) -> Cells:
        """Name the columns."""
        return self.rows[0]

    @property
    def body(self) -> tuple[Cells, ...]:
        """Give the rows below the heading."""
        return self.rows[1:]


@dataclass(frozen=True)
class Step:
    """One line that sets up, acts or checks; `kind` is resolved through And and But."""

    keyword: str
    kind: Kind
    text: str
    line: int
    table: Table | None = None
    docstring: str | None = None
    opens: bool = True
    """Whether its keyword itself says its kind, as Given does and And does not."""


@dataclass(frozen=True)
class ExampleRow:
    """One row below an outline: its values by column, in the written order."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Examples:
    """One table of examples below a scenario outline."""

    name: str
    description: str
    tags: tuple[str, ...]
    line: int
    header: Cells
    rows: tuple[ExampleRow, ...]


@dataclass(frozen=True, eq=False)
class Scenario:
    """One example of a rule, or an outline of several; `tags` are those written on it."""

    id: str
    name: str
    description: str
    tags: tuple[str, ...]
    line: int
    steps: tuple[Step, ...]
    examples: tuple[Examples, ...] = ()

    @property
    def is_outline(self) -> bool:
        """Say whether the scenario runs once per row."""
        return bool(self.examples)

    @property
    def rows(self) -> tuple[ExampleRow, ...]:
        """Give the rows of all its tables, as written."""
        return tuple(row for examples in self.examples for row in examples.rows)


@dataclass(frozen=True, eq=False)
class Rule:
    """One requirement and the scenarios that show it."""

    id: str
    name: str
    description: str
    tags: tuple[str, ...]
    line: int
    background: tuple[Step, ...]
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, eq=False)
class Feature:
    """One feature file; `uri` is its path below the project's root, `digest` the SHA-256 of its bytes."""

    id: str
    uri: str
    path: Path
    digest: str
    name: str
    description: str
    tags: tuple[str, ...]
    line: int
    language: str
    background: tuple[Step, ...]
    rules: tuple[Rule, ...]
    scenarios: tuple[Scenario, ...]
    pickles: tuple[Pickle, ...] = field(default=(), repr=False)

    def placed_scenarios(self) -> Iterator[tuple[Rule | None, Scenario]]:
        """Walk all scenarios, each with the rule it stands under."""
        for scenario in self.scenarios:
            yield None, scenario
        for rule in self.rules:
            for scenario in rule.scenarios:
                yield rule, scenario


@dataclass(frozen=True, eq=False)
class Pickle:
    """One thing that runs: a scenario or a row of one, rendered; `tags` include all inherited ones."""

    id: str
    feature: Feature = field(repr=False)
    rule: Rule | None = field(repr=False)
    scenario: Scenario = field(repr=False)
    row: ExampleRow | None
    name: str
    tags: tuple[str, ...]
    steps: tuple[Step, ...] = field(repr=False)
    line: int
    occurrence: int
    """How many rows of the scenario with the same values stand above this one."""


@dataclass(frozen=True)
class Specification:
    """All features below one root; `digest` changes when any byte of a feature file does."""

    root: Path
    features: tuple[Feature, ...]
    digest: str

    @cached_property
    def pickles(self) -> tuple[Pickle, ...]:
        """Give everything that is to run, as written."""
        return tuple(pickle for feature in self.features for pickle in feature.pickles)
