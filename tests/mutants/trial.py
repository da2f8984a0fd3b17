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

from tests.mutants.alternatives import Alternative, probed
from tests.mutants.patching import PatchedModule
from tests.mutants.reach import Reach, ReachMeter, place_of
from watchword.recorder.collector import PICKLE
from watchword.register import REQUIREMENT_ID

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
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
        places: run the scenarios that stand here alone; None means run all.
        probes: note what each scenario gets to, with these alternatives computed by the way: of each module its source,
            and the alternatives by their mutants' ids; None means no such thing.
    """

    root: Path
    scratch: Path
    compiled: Path
    module: str | None
    source: str
    files: tuple[str, ...]
    requirements: tuple[str, ...] = ()
    places: frozenset[str] | None = None
    probes: Mapping[str, tuple[str, Mapping[str, Alternative]]] | None = None


@dataclass(frozen=True)
class Red:
    """A scenario that failed: where it stands, its name, and the requirements it is tagged with."""

    place: str
    name: str
    requirements: frozenset[str]


@dataclass
class Observation:
    """What a child saw.

    Attributes:
        ran: how many scenarios ran.
        seconds: the processor time it took.
        red: the scenarios that failed.
        fault: why the run is worth nothing, or None.
        reach: what each scenario got to, where that was measured.
        output: the end of what pytest printed.
    """

    ran: int = 0
    seconds: float = 0
    red: list[Red] = field(default_factory=list)
    fault: str | None = None
    reach: Reach | None = None
    output: str = ""


class Watch:
    """A pytest plugin that notes each scenario's verdict, and ends the run when nothing more can be learned."""

    def __init__(self, order: Order) -> None:
        self.requirements = frozenset(order.requirements)
        self.places = order.places
        self.seen = Observation()

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave only the scenarios that were ordered."""
        if self.places is not None:
            left = [item for item in items if place_of(item.stash[PICKLE]) not in self.places]
            config.hook.pytest_deselected(items=left)
            items[:] = [item for item in items if place_of(item.stash[PICKLE]) in self.places]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note a verdict; only what fails in its own steps is red."""
        report = yield
        pickle = item.stash[PICKLE]
        if report.when == "call":
            self.seen.ran += 1
            if report.failed:
                ids = frozenset(tag for tag in pickle.tags if REQUIREMENT_ID.fullmatch(tag))
                self.seen.red.append(Red(place_of(pickle), pickle.name, ids))
        elif report.when == "setup" and report.failed:
            self.seen.fault = f"{pickle.name}: no scenario could be set up"
        if self.requirements and self.requirements <= frozenset().union(*(red.requirements for red in self.seen.red)):
            item.session.shouldstop = "every requirement has a red scenario"
        return report


def carry_out(order: Order, answer: Connection) -> None:
    """Run an order in this process, which serves nothing else, and send what was seen."""
    started = time.process_time()
    settle(order)
    watch = Watch(order)
    meter = ReachMeter(order.root) if order.probes is not None else None
    status: Any = pytest.main(arguments(order), plugins=[watch, *filter(None, [meter])])
    if status not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}:
        watch.seen.fault = f"pytest ended with {status!r}"
    if meter is not None:
        watch.seen.reach = meter.measured()
    watch.seen.seconds = time.process_time() - started
    sys.stdout.flush()
    watch.seen.output = (order.scratch / "output").read_text(errors="replace")[-LONGEST_OUTPUT:]
    answer.send(watch.seen)
    answer.close()


def settle(order: Order) -> None:
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
    for module, (source, alternatives) in (order.probes or {}).items():
        PatchedModule(module, probed(source, alternatives)).install()


def arguments(order: Order) -> list[str]:
    """Return what pytest is started with."""
    plugins = [argument for name in PLUGINS for argument in ("-p", name)]
    only = ["-m", " or ".join(order.requirements)] if order.requirements else []
    quiet = ["-q", "--assert=plain", "--tb=line", "-o", "addopts="]
    scratch = [f"--basetemp={order.scratch / 'pytest'}", f"--rootdir={order.root}", "--import-mode=importlib"]
    return [*plugins, *quiet, *scratch, *only, *order.files]
