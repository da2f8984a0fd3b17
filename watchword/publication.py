"""Bring the evidence up to date and read it: what stands between a changed file and the book about it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, Self

from watchword.book import Book
from watchword.book.code import code_of_requirements
from watchword.digest import digest_tree
from watchword.evidence import Head, read_line
from watchword.history import HistoryError, read_history
from watchword.register import RegisterError
from watchword.register import load as load_register
from watchword.run import EvidenceError, load
from watchword.specification import SpecificationError, read
from watchword.splice import join, splice
from watchword.standby import Share, Standby
from watchword.suites import SuiteError, suite_of, suites

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from watchword.register import Register
    from watchword.specification import Feature, Specification

When = Literal["when-stale", "always", "never"]
Inputs = dict[str, str]

# pytest's own meanings: everything passed, something failed. Any other end is a run that did not happen.
_RAN_TO_ITS_END = (0, 1)


class PublicationError(Exception):
    """The book cannot be made; the message says of which file and line, and what to do."""


class Publication:
    """One project on its way to a book, as often as its files change.

    Args:
        root: the project's root, which the paths are relative to.
        features: the folder of the feature files.
        evidence: the file that holds the evidence of their run.
        inputs: the folders a run depends on.
        repository_url: where the source can be read; empty where it cannot.
        mutants: the folder of the edits that break each requirement; empty where there are none.
        register: the file of requirements; a project may have none.
        history: the file with a line for each earlier run; a project may have none.
    """

    def __init__(  # noqa: PLR0913 -- a project's places, each by its name
        self,
        root: Path,
        *,
        features: str,
        evidence: str,
        inputs: tuple[str, ...],
        repository_url: str = "",
        register: str = "",
        history: str = "",
        mutants: str = "",
    ) -> None:
        self._root = root
        self._features = features
        self._evidence = evidence
        self._folders = [folder for folder in inputs if folder != features]
        self._repository_url = repository_url
        self._register = register
        self._history = history
        self._mutants = mutants
        self._standby: Standby | None = None
        self._standby_is_of: Inputs = {}

    def publish(self, when: When) -> Book:
        """Run the scenarios if asked to, and join the specification with the evidence of their run.

        Red scenarios are a result, not an error.

        Raises:
            PublicationError: a feature file or the register cannot be read, the run did not come to its end, or the
                evidence is missing, torn or of other files.
        """
        try:
            specification = read(self._root, self._features)
            if when == "never":
                return self._book(specification)
            if self._bring_up_to_date(specification, everything=when == "always"):
                return self._book(specification)
            return self._whole_book(specification)
        except (SpecificationError, EvidenceError, RegisterError, HistoryError, SuiteError) as error:
            raise PublicationError(str(error)) from None

    def stand_by(self) -> None:
        """Prepare for the next run, so that it starts at once."""
        self._standing_by()

    def close(self) -> None:
        """End what stands by."""
        if self._standby:
            self._standby.close()
        self._standby = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _book(self, specification: Specification) -> Book:
        run = load(self._path, specification)
        history = read_history(self._root / self._history) if self._history else ()
        code = code_of_requirements(self._root, self._mutants) if self._mutants else {}
        return Book(specification, run, self._repository_url, self._requirements(), history, code)

    def _requirements(self) -> Register | None:
        path = self._root / self._register
        return load_register(path, self._root) if self._register and path.exists() else None

    def _bring_up_to_date(self, specification: Specification, *, everything: bool) -> bool:
        """Run what changed since the evidence; say whether that was everything."""
        wanted, ran = self._wanted(specification), {} if everything else self._ran()
        changed = {name for name in wanted.keys() | ran.keys() if wanted.get(name) != ran.get(name)}
        some = [feature for feature in specification.features if feature.uri in changed]
        if ran and some and all(name.endswith(".feature") for name in changed):
            # The others would meet the same steps and the same implementation.
            splice(self._path, self._run(some))
        elif changed:
            self._run_all(specification)
            return True
        return False

    def _whole_book(self, specification: Specification) -> Book:
        """Read the evidence; where it is torn, or of a part only, run everything first."""
        with suppress(EvidenceError):
            book = self._book(specification)
            here = {feature.uri for feature in self._run_here(specification)}
            if all(result.status != "not run" for result in book.run.results if result.pickle.feature.uri in here):
                return book
        self._run_all(specification)
        return self._book(specification)

    def _run_all(self, specification: Specification) -> None:
        join(self._run(self._run_here(specification)), self._path, features=self._features)

    def _run_here(self, specification: Specification) -> list[Feature]:
        """List the features that are run here, not apart."""
        apart = suites(self._root)
        return [feature for feature in specification.features if suite_of(feature.uri, apart) is None]

    def _run(self, features: Sequence[Feature]) -> list[Path]:
        """Run features, divided among the processors; return the evidence of each share."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        shares = [
            Share(tuple(feature.uri for feature in some), f"{self._evidence}.part{number}")
            for number, some in enumerate(_divided(features, os.cpu_count() or 1))
        ]
        codes, told = self._standing_by().run(shares)
        wrong = [code for code in codes if code not in _RAN_TO_ITS_END]
        if wrong or len(codes) != len(shares):
            self.close()
            raise PublicationError(f"The scenarios did not run to their end (pytest ended with {codes[-1]}):\n{told}")
        return [self._root / share.evidence for share in shares]

    def _standing_by(self) -> Standby:
        """Return a pytest that has loaded the steps as they are now, and what they drive."""
        trees = self._trees()
        if self._standby and trees != self._standby_is_of:
            self.close()
        if not self._standby:
            self._standby, self._standby_is_of = Standby(self._root, self._features), trees
        return self._standby

    @property
    def _path(self) -> Path:
        return self._root / self._evidence

    def _ran(self) -> Inputs:
        """Say what the evidence is of; nothing when there is none, or none that can be read."""
        try:
            with self._path.open("rb") as lines:
                head = read_line(lines.readline())
        except (OSError, ValueError):
            return {}
        if not isinstance(head, Head):
            return {}
        apart = suites(self._root)
        features = {uri: digest for uri, digest in head.features.items() if suite_of(uri, apart) is None}
        return {**{folder: head.trees.get(folder, "") for folder in self._folders}, **features}

    def _wanted(self, specification: Specification) -> Inputs:
        return {**self._trees(), **{feature.uri: feature.digest for feature in self._run_here(specification)}}

    def _trees(self) -> Inputs:
        return {folder: digest_tree(self._root / folder) for folder in self._folders}


def _divided(features: Sequence[Feature], most: int) -> list[list[Feature]]:
    """Divide features into shares of about as many scenarios, each in the order written."""
    sizes = [0] * min(most, len(features))
    place = {}
    for feature in sorted(features, key=lambda each: -len(each.pickles)):
        smallest = sizes.index(min(sizes))
        sizes[smallest] += len(feature.pickles)
        place[feature.uri] = smallest
    return [[feature for feature in features if place[feature.uri] == share] for share in range(len(sizes))]
