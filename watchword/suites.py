"""Suites that run apart: features that need what not every machine has, with evidence of their own.

    [[tool.watchword.suites]]
    name = "Payments"
    folder = "features/payments"              # its features are run when they are named, never with the others
    evidence = "build/payments.ndjson"        # where such a run leaves its evidence, which is read beside the main one
    inputs = ["steps", "sandbox"]             # the folders it depends on: evidence of others is out of date
    run = "make test-payments"
    needs = "the sandbox of the bank"

Their scenarios are never taken for green because nobody ran them: without evidence they are "not run", and say why.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from watchword.errors import InputError
from watchword.settings import told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class SuiteError(InputError):
    """The suites cannot be used as they are declared."""


@dataclass(frozen=True)
class Suite:
    """Features that run apart; paths are relative to the project's root."""

    name: str
    folder: str
    evidence: str
    inputs: tuple[str, ...]
    run: str
    needs: str

    def holds(self, uri: str) -> bool:
        """Say whether a feature file is one of its own."""
        return uri.startswith(f"{self.folder}/")

    @property
    def invitation(self) -> str:
        """Say what has to be done for its scenarios to run."""
        return f"{self.name} runs apart, with {self.needs} — `{self.run}` runs it"

    def is_named_by(self, paths: Iterable[Path], root: Path) -> bool:
        """Say whether one of these paths asks for it, or for something in it."""
        folder = root / self.folder
        return any(path.is_relative_to(folder) for path in paths)


_SUITES = TypeAdapter(tuple[Suite, ...])


def suites(root: Path) -> tuple[Suite, ...]:
    """Read which suites a project declares; most declare none.

    Raises:
        SuiteError: a declaration lacks a key, or says more than the known ones.
    """
    try:
        settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ()  # whose matter the file is says what is wrong with it
    try:
        return _SUITES.validate_python(told(settings).get("suites", ()))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = (
            f"pyproject.toml: tool.watchword.suites.{place}: {first['msg']} — see watchword/suites.py for the keys"
        )
        raise SuiteError(message) from None


def suite_of(uri: str, declared: Iterable[Suite]) -> Suite | None:
    """Find the suite a feature file belongs to."""
    return next((suite for suite in declared if suite.holds(uri)), None)
