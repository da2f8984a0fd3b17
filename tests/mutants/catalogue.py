"""The broken variants of the reference, as written in `tests/mutants/*.toml`.

A mutant is one careless edit of one file, and the requirements whose scenarios must then turn red.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from watchword.register import REQUIREMENT_ID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


FOLDER = "tests/mutants"
REFERENCE = "reference_impl"

RequirementId = Annotated[str, Field(pattern=rf"^{REQUIREMENT_ID.pattern}$")]
Sentence = Annotated[str, Field(min_length=1)]


class Mutant(BaseModel):
    """One edit of the reference that a careless author might have made.

    Attributes:
        id: unique among all mutants.
        breaks: the requirements each of which must lose a scenario.
        file: what is edited, below the project's root.
        find: text that stands in the file exactly once.
        replace: what stands there instead.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    breaks: Annotated[list[RequirementId], Field(min_length=1)]
    file: Annotated[str, Field(pattern=rf"^{REFERENCE}/[a-z_/]+\.py$")]
    find: Sentence
    replace: str

    @property
    def module(self) -> str:
        """Name the module that the file is."""
        return self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def patched(self, source: str) -> str:
        """Return the source with the edit made."""
        return source.replace(self.find, self.replace)


@dataclass(frozen=True)
class Catalogue:
    """All mutants that can be tried, and one sentence for each problem of the others."""

    mutants: tuple[Mutant, ...]
    problems: tuple[str, ...]


def load_mutants(root: Path, known: Collection[str], folder: str = FOLDER) -> Catalogue:
    """Read every mutant of a project.

    Args:
        root: the project's root, which files are named relative to.
        known: the ids of all requirements.
        folder: where the TOML files lie below it.
    """
    mutants: list[Mutant] = []
    problems: list[str] = []
    for path in sorted((root / folder).glob("*.toml")):
        uri = path.relative_to(root).as_posix()
        for place, found in _rows(path, uri):
            wrong = [found] if isinstance(found, str) else list(_wrong(found, root, known))
            problems += (f"{place}: {sentence}" for sentence in wrong)
            if not wrong and isinstance(found, Mutant):
                mutants.append(found)
    counts = Counter(mutant.id for mutant in mutants)
    problems += (f"{folder}: mutant {id_} stands {n} times — rename one" for id_, n in counts.items() if n > 1)
    return Catalogue(tuple({mutant.id: mutant for mutant in mutants}.values()), tuple(problems))


def _rows(path: Path, uri: str) -> Iterator[tuple[str, Mutant | str]]:
    """Give each mutant of a file, or the sentence that says what is wrong with it, and its place."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield uri, f"is not TOML ({error}) — correct it there"
        return
    rows = document.pop("mutant", None)
    if document or not isinstance(rows, list):
        yield uri, "must hold [[mutant]] tables and nothing else"
        return
    for position, row in enumerate(rows, start=1):
        place = f"{uri}: mutant {row.get('id', f'number {position}')}"
        try:
            yield place, Mutant.model_validate(row)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                yield place, f"key {'.'.join(map(str, fault['loc']))}: {fault['msg']}"


def _wrong(mutant: Mutant, root: Path, known: Collection[str]) -> Iterator[str]:
    for id_ in mutant.breaks:
        if id_ not in known:
            yield f"no requirement is called {id_} — correct the id, or register it"
    path = root / mutant.file
    if not path.is_file():
        yield f"there is no {mutant.file} — correct the path"
        return
    source = path.read_text(encoding="utf-8")
    occurrences = source.count(mutant.find)
    if occurrences != 1:
        yield f"{mutant.find!r} occurs {occurrences} times in {mutant.file} — let it occur exactly once"
        return
    try:
        compile(mutant.patched(source), mutant.file, "exec", dont_inherit=True)
    except SyntaxError as error:
        yield f"the edited {mutant.file} does not compile: {error.msg} in line {error.lineno}"
