"""Read a register of requirements, and account for each in a specification.

    RegisterError    the register cannot be used; one line per problem, each with what to do

A register is data: which requirements there are, from where, and which of them no rule states and why. It is compared
with the tags of a specification's rules, and nothing in it is left unsaid.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from watchword.specification import Feature, Rule, Scenario, Specification

REQUIREMENT_ID = re.compile(r"[A-Z]{3}-[0-9]{2}")

Level = Literal["MUST", "SHOULD", "MAY", "policy"]
Party = Literal["api", "issuer", "frontend", "flow"]
RequirementId = Annotated[str, Field(pattern=rf"^{REQUIREMENT_ID.pattern}$")]
Source = Annotated[str, Field(pattern=r"^[A-Za-z0-9.]+-[A-Za-z0-9.-]+$")]
Sentence = Annotated[str, Field(min_length=1)]


class RegisterError(Exception):
    """The register cannot be used; the message holds one line per problem."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Requirement(BaseModel):
    """One requirement: when it applies, what follows, who says so and whom it binds."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: RequirementId
    area: Sentence
    party: Party
    condition: Sentence
    outcome: Sentence
    level: Level
    sources: list[Source]
    seen_in: list[Sentence] = []
    needs: list[Sentence]
    checked: bool
    note: Sentence | None = None
    excluded: Sentence | None = None
    pending: Literal[True] | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """Name the documents its sources are sections of, each once: "RFC7519-4.1.3" is in "RFC7519"."""
        return tuple(dict.fromkeys(source.split("-", 1)[0] for source in self.sources))

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Requirement:
        if self.level != "policy" and not self.sources:
            msg = f"the level {self.level} needs a source — name one, or call it policy"
            raise ValueError(msg)
        if self.excluded and self.pending:
            msg = "it is excluded, so no rule is pending — take out one of the two keys"
            raise ValueError(msg)
        if len(set(self.sources)) < len(self.sources):
            msg = "a source is named twice — name it once"
            raise ValueError(msg)
        return self


@dataclass(frozen=True)
class Register:
    """All requirements of one file, in its order."""

    uri: str
    requirements: tuple[Requirement, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Requirement]:
        """Find a requirement by its id."""
        return {requirement.id: requirement for requirement in self.requirements}


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

    def _problems(self) -> Iterator[str]:
        for id_, statements in self.unknown.items():
            yield f"{statements[0]}: {self.register.uri} has no requirement {id_} — correct the tag, or register it"
        for place in self.stray:
            yield f"{place} stands outside every rule and states nothing — move the tag to a rule"
        for row in self.contradicted:
            yield f"{self._row(row)} is excluded, and specified by {self.specified[row.id][0]} — choose one"
        for row in self.fulfilled:
            yield f"{self._row(row)} is specified by {self.specified[row.id][0]} — take out its key pending"
        for row in self.unaccounted:
            if not row.pending:
                yield f"{self._row(row)} is neither specified nor excluded — tag a rule @{row.id}, or say why not"

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


def load(path: Path, root: Path | None = None) -> Register:
    """Read a register.

    Args:
        path: the TOML file.
        root: the project's root, which the file is named relative to in messages.

    Raises:
        RegisterError: the file is missing, is not TOML, or holds requirements that are not well formed; all at once.
    """
    uri = path.relative_to(root).as_posix() if root and path.is_relative_to(root) else path.as_posix()
    rows = _rows(path, uri)
    problems: list[str] = []
    requirements: list[Requirement] = []
    for position, row in enumerate(rows, start=1):
        try:
            requirements.append(Requirement.model_validate(row))
        except ValidationError as error:
            name = _name(row, position)
            problems += (f"{uri}: requirement {name}{_sentence(found)}" for found in error.errors(include_url=False))
    problems += _repeated(requirements, uri)
    if problems:
        raise RegisterError(problems)
    return Register(uri, tuple(requirements))


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


def _rows(path: Path, uri: str) -> Sequence[object]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RegisterError([f"{uri}: cannot be read ({error.strerror}) — name the register's file"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegisterError([f"{uri}: is not TOML ({error}) — correct it there"]) from error
    rows = document.pop("requirement", [])
    if document or not isinstance(rows, list) or not rows:
        raise RegisterError([f"{uri}: must hold [[requirement]] tables and nothing else — see the head of the file"])
    return rows


def _name(row: object, position: int) -> str:
    id_ = row.get("id") if isinstance(row, dict) else None
    return id_ if isinstance(id_, str) else f"number {position}"


def _sentence(found: ErrorDetails) -> str:
    key = ".".join(str(part) for part in found["loc"])
    message = found["msg"].removeprefix("Value error, ")
    given = f", not {found['input']!r}" if key and found["type"] != "missing" else ""
    return f", key {key}: {message}{given}" if key else f": {message}"


def _repeated(requirements: Sequence[Requirement], uri: str) -> list[str]:
    counts = Counter(requirement.id for requirement in requirements)
    return [f"{uri}: requirement {id_} stands {n} times — keep one" for id_, n in counts.items() if n > 1]
