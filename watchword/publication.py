"""Bring the evidence up to date and read it: what stands between a changed file and the book about it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from watchword.book import Book
from watchword.digest import digest_tree
from watchword.evidence import LINE, Head
from watchword.register import RegisterError
from watchword.register import load as load_register
from watchword.run import EvidenceError, load
from watchword.specification import SpecificationError, read
from watchword.splice import splice

if TYPE_CHECKING:
    from pathlib import Path

    from watchword.register import Register
    from watchword.specification import Specification

When = Literal["when-stale", "always", "never"]
Inputs = dict[str, str]

# pytest's own meanings: everything passed, something failed. Any other end is a run that did not happen.
_RAN_TO_ITS_END = (0, 1)
_LINES_KEPT = 30


class PublicationError(Exception):
    """The book cannot be made; the message says of which file and line, and what to do."""


@dataclass(frozen=True)
class Publication:
    """One project on its way to a book."""

    root: Path
    features: str
    evidence: str
    inputs: tuple[str, ...]
    """The folders a run depends on."""
    repository_url: str = ""
    register: str = ""
    """The file of requirements; a project may have none."""

    def publish(self, when: When) -> Book:
        """Run the scenarios if asked to, and join the specification with the evidence of their run.

        Red scenarios are a result, not an error.

        Raises:
            PublicationError: a feature file or the register cannot be read, the run did not come to its end, or the
                evidence is missing, torn or of other files.
        """
        try:
            specification = read(self.root, self.features)
            if when != "never":
                self._bring_up_to_date(specification, everything=when == "always")
            return self._book(specification)
        except (SpecificationError, EvidenceError, RegisterError) as error:
            raise PublicationError(str(error)) from None

    def _book(self, specification: Specification) -> Book:
        return Book(specification, load(self._path, specification), self.repository_url, self._requirements())

    def _requirements(self) -> Register | None:
        path = self.root / self.register
        return load_register(path, self.root) if self.register and path.exists() else None

    def _bring_up_to_date(self, specification: Specification, *, everything: bool) -> None:
        wanted, ran = self._wanted(specification), {} if everything else self._ran()
        changed = {name for name in wanted.keys() | ran.keys() if wanted.get(name) != ran.get(name)}
        some = sorted(changed & {feature.uri for feature in specification.features})
        if ran and some and all(name.endswith(".feature") for name in changed):
            self._run_some(some)
        elif changed:
            self._run([self.features], self.evidence)
            return
        if not self._is_whole(specification):
            self._run([self.features], self.evidence)

    def _is_whole(self, specification: Specification) -> bool:
        try:
            return all(result.status != "not run" for result in self._book(specification).run.results)
        except EvidenceError:
            return False

    def _run_some(self, uris: list[str]) -> None:
        """Run only the features that changed: the others would meet the same steps and the same implementation."""
        part = f"{self.evidence}.part"
        self._run(uris, part)
        splice(self._path, self.root / part)

    def _run(self, paths: list[str], evidence: str) -> None:
        (self.root / evidence).parent.mkdir(parents=True, exist_ok=True)
        code, tail = _shown([sys.executable, "-m", "pytest", *paths, "--evidence", evidence, "-q"], self.root)
        if code not in _RAN_TO_ITS_END:
            raise PublicationError(f"The scenarios did not run to their end (pytest ended with {code}):\n{tail}")

    @property
    def _path(self) -> Path:
        return self.root / self.evidence

    def _ran(self) -> Inputs:
        """Say what the evidence is of; nothing when there is none, or none that can be read."""
        try:
            with self._path.open(encoding="utf-8") as lines:
                head = LINE.validate_json(lines.readline())
        except (OSError, ValueError):
            return {}
        if not isinstance(head, Head):
            return {}
        return {**{folder: head.trees.get(folder, "") for folder in self._folders}, **head.features}

    def _wanted(self, specification: Specification) -> Inputs:
        features = {feature.uri: feature.digest for feature in specification.features}
        return {**{folder: digest_tree(self.root / folder) for folder in self._folders}, **features}

    @property
    def _folders(self) -> list[str]:
        return [folder for folder in self.inputs if folder != self.features]


def _shown(command: list[str], folder: Path) -> tuple[int, str]:
    """Run a command, its output shown as it comes; return how it ended and its last lines."""
    # Byte code beside the sources would look like a change to whoever watches them; without any, every start is slow.
    environment = {"PYTHONPYCACHEPREFIX": str(folder / "build" / "pycache"), **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    last: deque[str] = deque(maxlen=_LINES_KEPT)
    with subprocess.Popen(  # noqa: S603 -- our own interpreter, our own arguments
        [*command, "-p", "no:cacheprovider"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as child:
        for line in child.stdout or ():
            sys.stderr.write(line)
            last.append(line)
    return child.returncode, "".join(last).strip()
