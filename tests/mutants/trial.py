"""One trial: the scenarios of the broken requirements, run against one mutant in a process of its own.

This runs in the child. Its pytest is started with the few plugins the features need and leaves nothing behind: no
cache, no compiled code, no evidence.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.mutants.patching import PatchedModule
from watchword.recorder.collector import PICKLE
from watchword.register import REQUIREMENT_ID

if TYPE_CHECKING:
    from collections.abc import Generator
    from multiprocessing.connection import Connection
    from pathlib import Path

PLUGINS = ("pytest_bdd.plugin", "watchword.recorder.plugin", "no:cacheprovider", "no:unraisableexception")
LONGEST_OUTPUT = 4000


@dataclass(frozen=True)
class Order:
    """What a child is to run.

    Attributes:
        root: the project's root.
        scratch: a folder for the files of this run, removed by who ordered it.
        compiled: a folder for compiled code, shared by all runs of one state of the project.
        module: the module to patch, or None to run the reference as it stands.
        source: its patched text.
        files: the feature files to run, below the root.
        requirements: run the scenarios of these alone, and stop once each has a red one; empty means run all.
    """

    root: Path
    scratch: Path
    compiled: Path
    module: str | None
    source: str
    files: tuple[str, ...]
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Red:
    """A scenario that failed: where it stands, its name, and the requirements it is tagged with."""

    place: str
    name: str
    requirements: frozenset[str]


@dataclass
class Observation:
    """What a child saw; `fault` says why the run is worth nothing, `seconds` how much processor time it took."""

    ran: int = 0
    seconds: float = 0
    red: list[Red] = field(default_factory=list)
    fault: str | None = None
    output: str = ""


class Watch:
    """A pytest plugin that notes each scenario's verdict, and ends the run when nothing more can be learned."""

    def __init__(self, requirements: tuple[str, ...]) -> None:
        self.requirements = frozenset(requirements)
        self.seen = Observation()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note a verdict; only what fails in its own steps is red."""
        report = yield
        pickle = item.stash[PICKLE]
        if report.when == "call":
            self.seen.ran += 1
            if report.failed:
                ids = frozenset(tag for tag in pickle.tags if REQUIREMENT_ID.fullmatch(tag))
                self.seen.red.append(Red(f"{pickle.feature.uri}:{pickle.line}", pickle.name, ids))
        elif report.when == "setup" and report.failed:
            self.seen.fault = f"{pickle.name}: no scenario could be set up"
        if self.requirements and self.requirements <= frozenset().union(*(red.requirements for red in self.seen.red)):
            item.session.shouldstop = "every requirement has a red scenario"
        return report


def carry_out(order: Order, answer: Connection) -> None:
    """Run an order in this process, which serves nothing else, and send what was seen."""
    started = time.process_time()
    _settle(order)
    watch = Watch(order.requirements)
    status: Any = pytest.main(_arguments(order), plugins=[watch])
    if status not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}:
        watch.seen.fault = f"pytest ended with {status!r}"
    watch.seen.seconds = time.process_time() - started
    sys.stdout.flush()
    watch.seen.output = (order.scratch / "output").read_text(errors="replace")[-LONGEST_OUTPUT:]
    answer.send(watch.seen)
    answer.close()


def _settle(order: Order) -> None:
    """Keep the process apart: its output, its compiled code, its settings, its module."""
    output = os.open(order.scratch / "output", os.O_WRONLY | os.O_CREAT)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # For every plugin named, pytest reads the metadata of every package installed: a third of the whole trial.
    setattr(pytest.PytestPluginManager, "load_setuptools_entrypoints", lambda *_, **__: 0)  # noqa: B010 -- a method
    for name in [name for name in os.environ if name.startswith(("PYTEST_XDIST", "PYTEST_ADDOPTS"))]:
        del os.environ[name]
    # What the server loaded is never garbage, and never looked through for it.
    gc.freeze()
    sys.pycache_prefix, sys.dont_write_bytecode = str(order.compiled), False
    os.chdir(order.root)
    sys.path.insert(0, str(order.root))
    if order.module is not None:
        PatchedModule(order.module, order.source).install()


def _arguments(order: Order) -> list[str]:
    plugins = [argument for name in PLUGINS for argument in ("-p", name)]
    only = ["-m", " or ".join(order.requirements)] if order.requirements else []
    quiet = ["-q", "--assert=plain", "--tb=line", "-o", "addopts="]
    scratch = [f"--basetemp={order.scratch / 'pytest'}", f"--rootdir={order.root}", "--import-mode=importlib"]
    return [*plugins, *quiet, *scratch, *only, *order.files]
