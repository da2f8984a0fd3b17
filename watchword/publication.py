"""Bring the evidence up to date and read it: what stands between a changed file and the book about it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from watchword.book import Book
from watchword.digest import digest_named, digest_tree
from watchword.run import EvidenceError, load
from watchword.specification import SpecificationError, read

if TYPE_CHECKING:
    from pathlib import Path

    from watchword.specification import Specification

When = Literal["when-stale", "always", "never"]

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
        """Run every scenario if asked to, and join the specification with the evidence of its run.

        Red scenarios are a result, not an error.

        Raises:
            PublicationError: a feature file cannot be read, the run did not come to its end, or the evidence is
                missing, torn or of other files.
        """
        specification = self._specification()
        if when == "always" or (when == "when-stale" and self._ran() != self._wanted()):
            self._run()
        try:
            return Book(specification, load(self.root / self.evidence, specification), self.repository_url)
        except EvidenceError as error:
            raise PublicationError(str(error)) from None

    def _specification(self) -> Specification:
        try:
            return read(self.root, self.features)
        except SpecificationError as error:
            raise PublicationError(str(error)) from None

    def _run(self) -> None:
        wanted = self._wanted()
        self._stamp.unlink(missing_ok=True)
        self._stamp.parent.mkdir(parents=True, exist_ok=True)
        code, tail = _shown([sys.executable, "-m", "pytest", self.features, "--evidence", self.evidence, "-q"], self.root)
        if code not in _RAN_TO_ITS_END:
            raise PublicationError(f"The scenarios did not run to their end (pytest ended with {code}):\n{tail}")
        self._stamp.write_text(wanted)

    @property
    def _stamp(self) -> Path:
        return self.root / f"{self.evidence}.inputs"

    def _ran(self) -> str:
        has_evidence = (self.root / self.evidence).is_file() and self._stamp.is_file()
        return self._stamp.read_text() if has_evidence else ""

    def _wanted(self) -> str:
        return digest_named((folder, digest_tree(self.root / folder)) for folder in self.inputs)


def _shown(command: list[str], folder: Path) -> tuple[int, str]:
    """Run a command, its output shown as it comes; return how it ended and its last lines."""
    # Byte code beside the sources would look like a change to whoever watches them; without any, every start is slow.
    environment = {"PYTHONPYCACHEPREFIX": str(folder / "build" / "pycache"), **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    last: deque[str] = deque(maxlen=_LINES_KEPT)
    with subprocess.Popen(  # noqa: S603 -- our own interpreter, our own arguments
        [*command, "-p", "no:cacheprovider"], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        for line in child.stdout or ():
            sys.stderr.write(line)
            last.append(line)
    return child.returncode, "".join(last).strip()
