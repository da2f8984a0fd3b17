"""Bring the evidence up to date and read it: what stands between a changed file and the book about it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from watchword.book import Book
from watchword.digest import digest_bytes, digest_named, digest_tree
from watchword.run import EvidenceError, load
from watchword.specification import SpecificationError, read
from watchword.splice import splice

if TYPE_CHECKING:
    from pathlib import Path

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

    def publish(self, when: When) -> Book:
        """Run the scenarios if asked to, and join the specification with the evidence of their run.

        Red scenarios are a result, not an error.

        Raises:
            PublicationError: a feature file cannot be read, the run did not come to its end, or the evidence is
                missing, torn or of other files.
        """
        try:
            specification = read(self.root, self.features)
            if when != "never":
                self._run_again(specification, everything=when == "always")
            return Book(specification, load(self._path, specification), self.repository_url)
        except (SpecificationError, EvidenceError) as error:
            raise PublicationError(str(error)) from None

    def _run_again(self, specification: Specification, *, everything: bool) -> None:
        wanted, ran = self._wanted(specification), {} if everything else self._ran()
        changed = {name for name in wanted.keys() | ran.keys() if wanted.get(name) != ran.get(name)}
        if not changed:
            return
        self._stamp.unlink(missing_ok=True)
        some = sorted(changed & {feature.uri for feature in specification.features})
        if ran and some and all(name.endswith(".feature") for name in changed):
            self._run_some(some)
        else:
            self._run([self.features], self.evidence)
        self._stamp.write_text(json.dumps(wanted, indent=1))

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

    @property
    def _stamp(self) -> Path:
        return self.root / f"{self.evidence}.inputs"

    def _ran(self) -> Inputs:
        if not self._path.is_file() or not self._stamp.is_file():
            return {}
        try:
            ran: Inputs = json.loads(self._stamp.read_text())
        except ValueError:  # torn, or of another version: as good as none
            return {}
        return ran

    def _wanted(self, specification: Specification) -> Inputs:
        features = {feature.uri: feature.digest for feature in specification.features}
        return {**{folder: self._digest(folder) for folder in self.inputs}, **features}

    def _digest(self, folder: str) -> str:
        if folder != self.features:
            return digest_tree(self.root / folder)
        others = (path for path in (self.root / folder).rglob("*") if path.is_file() and path.suffix != ".feature")
        return digest_named((path.as_posix(), digest_bytes(path.read_bytes())) for path in others)


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
