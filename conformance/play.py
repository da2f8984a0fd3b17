"""Plays the scenarios of one or two parties, against whatever stage they are given."""

from __future__ import annotations

import difflib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import steps
from conformance.errors import BadInvocation

if TYPE_CHECKING:
    from collections.abc import Collection

    from conformance.outcome import Outcome
    from conformance.plugin import Watch

ROOT = Path(steps.__file__).parent.parent
FEATURES = ROOT / "features"
ELSEWHERE = frozenset({"@better-auth"})
"""Tags of features that are about one product, and start it themselves."""
PLUGINS = ("pytest_bdd.plugin", "watchword.recorder.plugin", *steps.PLUGINS)
UNUSED = (
    "cacheprovider",
    "terminal",
    "logging",
    "faulthandler",
    "junitxml",
    "doctest",
    "unittest",
    "pastebin",
    "stepwise",
)


@dataclass(frozen=True)
class Findings:
    """What a check found.

    Attributes:
        outcomes: one for each scenario that is about the party.
        death: why the run ended early, or None.
        seconds: how long it took, its start included.
        fetches: how often the API asked for the key set, or None where an issuer was checked.
        remarks: what else is to be known beside the verdict, one sentence each.
        is_interrupted: whether somebody ended the run before it was over.
    """

    outcomes: tuple[Outcome, ...]
    death: str | None
    seconds: float
    fetches: int | None = None
    remarks: tuple[str, ...] = ()
    is_interrupted: bool = False


def files_of(parties: Collection[str], only: frozenset[str]) -> list[str]:
    """Name the feature files that hold a tag asked for: to read the others would take longer than to run these.

    Raises:
        BadInvocation: nothing carries a tag.
    """
    words = {path: set(path.read_text(encoding="utf-8").split()) for path in sorted(FEATURES.rglob("*.feature"))}
    tags = {word[1:] for found in words.values() for word in found if word.startswith("@")}
    for tag in sorted(only - tags):
        near = {each.lower(): each for each in tags}
        found = difflib.get_close_matches(tag.lower(), near, 1)
        hint = f"is it {near[found[0]]}?" if found else "give a requirement, as AUD-02, or a source, as RFC7519-4.1.3"
        raise BadInvocation(f"--only {tag}: no scenario carries this tag — {hint}")
    asked = {f"@{tag}" for tag in only or parties}
    return [str(path) for path, found in words.items() if found & asked and not found & ELSEWHERE]


def play(watch: Watch, files: list[str]) -> None:
    """Have pytest run the files, with nothing of the caller's own setting.

    Raises:
        BadInvocation: pytest could not.
    """
    arguments = [*files, f"--rootdir={ROOT}", f"--config-file={Path(__file__).parent / 'pytest.ini'}"]
    arguments += ["--noconftest", "--import-mode=importlib", "--assert=plain", "--capture=no"]
    arguments += [argument for name in UNUSED for argument in ("-p", f"no:{name}")]
    before = os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD"), os.environ.pop("PYTEST_ADDOPTS", None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        with tempfile.TemporaryDirectory(prefix="watchword-") as folder:
            # By default pytest keeps what failed scenarios wrote, in a folder of its own.
            arguments.append(f"--basetemp={Path(folder, 'scenarios')}")
            status = pytest.main([*arguments, *(each for name in PLUGINS for each in ("-p", name))], plugins=[watch])
    finally:
        _restore("PYTEST_DISABLE_PLUGIN_AUTOLOAD", before[0])
        _restore("PYTEST_ADDOPTS", before[1])
    if status in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR}:
        raise BadInvocation(f"the scenarios could not be run (pytest said {status}) — is the installation whole?")


def _restore(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
