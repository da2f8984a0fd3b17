"""Read a register: which requirements there are, from where, and which of them no rule states, and why.

    RegisterError    the register cannot be used; one line per problem, each with what to do

A register is data; `watchword.account` holds it against the tags of a specification.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from watchword.errors import InputError
from watchword.tags import LEVELS, REQUIREMENT_ID, Level, Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails


__all__ = [
    "LEVELS",
    "REQUIREMENT_ID",
    "Document",
    "Level",
    "Party",
    "Register",
    "RegisterError",
    "Requirement",
    "RequirementId",
    "load",
    "read_content",
]

RequirementId = Annotated[str, Field(pattern=rf"^{REQUIREMENT_ID.pattern}$")]
Source = Annotated[str, Field(pattern=r"^[A-Za-z0-9.]+-[A-Za-z0-9.-]+$")]
Sentence = Annotated[str, Field(min_length=1)]

Row = TypeVar("Row", bound=BaseModel)


class RegisterError(InputError):
    """The register cannot be used; the message holds one line per problem."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Document(BaseModel):
    """What sources are sections of; `url` may hold `{section}`, `read` says which edition was read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9.]+$")]
    title: Sentence
    url: Annotated[str, Field(pattern=r"^https://")]
    read: Sentence

    def link(self, source: str) -> str:
        """Give the address of one of its sections: of "4.1.3" for the source "RFC7519-4.1.3"."""
        return self.url.replace("{section}", source.partition("-")[2])


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

    @cached_property
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
    documents: tuple[Document, ...]
    requirements: tuple[Requirement, ...]

    def document(self, source: str) -> Document:
        """Find the document a source is a section of."""
        return next(document for document in self.documents if document.name == source.partition("-")[0])

    def cited(self, tag: str) -> Document | None:
        """Find the document that a tag names a section of, if it does."""
        return next((document for document in self.documents if tag.startswith(f"{document.name}-")), None)

    @cached_property
    def by_id(self) -> Mapping[str, Requirement]:
        """Find a requirement by its id."""
        return {requirement.id: requirement for requirement in self.requirements}


def load(path: Path, root: Path | None = None) -> Register:
    """Read a register.

    Args:
        path: the TOML file.
        root: the project's root, which the file is named relative to in messages.

    Raises:
        RegisterError: the file is missing, is not TOML, or holds tables that are not well formed; all at once.
    """
    uri = path.relative_to(root).as_posix() if root and path.is_relative_to(root) else path.as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RegisterError([f"{uri}: cannot be read ({error.strerror}) — name the register's file"]) from error
    return read_content(content, uri)


@lru_cache(maxsize=2)
def read_content(content: bytes, uri: str) -> Register:
    """Read a register from the bytes of its file, which need not lie on this disk.

    Raises:
        RegisterError: they are not TOML, or hold tables that are not well formed; all at once.
    """
    tables = _tables(content, uri)
    documents, problems = _read(Document, tables["document"], uri, key="name")
    requirements, more = _read(Requirement, tables["requirement"], uri, key="id")
    problems += more + _unknown_documents(documents, requirements, uri)
    if problems:
        raise RegisterError(problems)
    return Register(uri, tuple(documents), tuple(requirements))


def _tables(content: bytes, uri: str) -> Mapping[str, Sequence[object]]:
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegisterError([f"{uri}: is not TOML ({error}) — correct it there"]) from error
    if tables.keys() != {"document", "requirement"} or not all(isinstance(rows, list) for rows in tables.values()):
        message = f"{uri}: must hold [[document]] and [[requirement]] tables and nothing else — see its head"
        raise RegisterError([message])
    return tables


def _read(model: type[Row], rows: Sequence[object], uri: str, *, key: str) -> tuple[list[Row], list[str]]:
    word = model.__name__.lower()
    read: list[Row] = []
    problems: list[str] = []
    for position, row in enumerate(rows, start=1):
        name = row.get(key) if isinstance(row, dict) else None
        try:
            read.append(model.model_validate(row))
        except ValidationError as error:
            place = f"{uri}: {word} {name if isinstance(name, str) else f'number {position}'}"
            problems += (place + _sentence(found) for found in error.errors(include_url=False))
    counts = Counter(str(getattr(row, key)) for row in read)
    problems += (f"{uri}: {word} {name} stands {n} times — keep one" for name, n in counts.items() if n > 1)
    return read, problems


def _unknown_documents(documents: Iterable[Document], requirements: Iterable[Requirement], uri: str) -> list[str]:
    known = {document.name for document in documents}
    return [
        f"{uri}: requirement {row.id} has a source in {name}, which is no document here — add it, or correct it"
        for row in requirements
        for name in row.documents
        if name not in known
    ]


def _sentence(found: ErrorDetails) -> str:
    key = ".".join(str(part) for part in found["loc"])
    message = found["msg"].removeprefix("Value error, ")
    given = f", not {found['input']!r}" if key and found["type"] != "missing" else ""
    return f", key {key}: {message}{given}" if key else f": {message}"
