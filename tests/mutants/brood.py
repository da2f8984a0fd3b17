"""Many trials in one process: the specification is collected once, and every mutant gets a fork of that.

Only for mutants that change the code of functions and nothing else: a fork exchanges it.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from _pytest.main import pytest_runtestloop as run_tests

from tests.mutants.exchange import Functions, exchange_of, functions_below
from tests.mutants.reach import REFERENCE, place_of
from tests.mutants.trial import Observation, Order, Watch, arguments, settle
from watchword.recorder.collector import PICKLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext
    from pathlib import Path

LONGEST_SECONDS = 1800
NOT_EXCHANGED = "its functions cannot be exchanged"


@dataclass(frozen=True)
class Errand:
    """One mutant's trial.

    Attributes:
        path: the edited file.
        source: its text.
        edited: its edited text.
        places: run the scenarios that stand here alone; None means all.
        requirements: stop once each of these has a red scenario; empty means run them all.
    """

    id: str
    path: Path
    source: str
    edited: str
    places: frozenset[str] | None
    requirements: tuple[str, ...] = ()


class Brood:
    """A pytest plugin that runs no test itself, but forks for every errand, a few at a time."""

    def __init__(self, errands: Iterable[Errand], watch: Watch, answer: Connection, *, jobs: int) -> None:
        self._errands = errands
        self._watch = watch
        self._answer = answer
        self._jobs = jobs
        self._running: dict[int, tuple[str, int]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each errand."""
        gc.unfreeze()  # what is frozen is not listed either
        functions = functions_below(session.config.rootpath / REFERENCE)
        gc.collect()
        gc.freeze()
        for errand in self._errands:
            self._begin(errand, session, functions)
            while len(self._running) >= self._jobs:
                self._finish_one()
        while self._running:
            self._finish_one()
        return True

    def _begin(self, errand: Errand, session: pytest.Session, functions: Functions) -> None:
        reader, writer = os.pipe()
        process = os.fork()
        if process:
            os.close(writer)
            self._running[process] = errand.id, reader
            return
        try:
            seen = self._try(errand, session, functions)
            with os.fdopen(writer, "wb") as file:
                pickle.dump(seen, file)
        finally:
            os._exit(0)

    def _try(self, errand: Errand, session: pytest.Session, functions: Functions) -> Observation:
        signal.alarm(LONGEST_SECONDS)
        exchange = exchange_of(errand.path, errand.source, errand.edited)
        if exchange is None or not exchange.fits(functions):
            return Observation(fault=NOT_EXCHANGED)
        exchange.make(functions)
        places = errand.places
        session.items = [item for item in session.items if places is None or place_of(item.stash[PICKLE]) in places]
        self._watch.requirements = frozenset(errand.requirements)
        with suppress(session.Interrupted):  # nothing more can be learned
            run_tests(session)
        times = os.times()
        self._watch.seen.seconds = times.user + times.system
        return self._watch.seen

    def _finish_one(self) -> None:
        # Read in the order of beginning: a pipe that is full keeps its process waiting, and that is no deadlock.
        process = next(iter(self._running))
        id_, reader = self._running.pop(process)
        with os.fdopen(reader, "rb") as file:
            sent = file.read()
        os.waitpid(process, 0)
        self._answer.send((id_, pickle.loads(sent) if sent else Observation(fault="the process died")))  # noqa: S301 -- our own fork wrote it


def carry_out_all(order: Order, errands: Iterable[Errand], answer: Connection, jobs: int) -> None:
    """Carry out all errands in forks of this process, which serves nothing else, and send what each saw."""
    settle(order)
    watch = Watch(order)
    pytest.main(arguments(order), plugins=[watch, Brood(errands, watch, answer, jobs=jobs)])
    answer.close()


def carry_out_each(order: Order, line: Connection) -> None:
    """Carry out one errand after the other, as they come in, until None does."""
    carry_out_all(order, iter(line.recv, None), line, jobs=1)


class Nursery:
    """A process that has collected the specification, and carries out one errand at a time in a fork of itself.

    Args:
        context: where processes come from.
        order: what it is told of the project; it runs every feature.
    """

    def __init__(self, context: ForkServerContext, order: Order) -> None:
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=carry_out_each, args=(order, theirs))
        self._process.start()
        theirs.close()

    def ask(self, errand: Errand) -> Observation:
        """Have an errand carried out, and return what was seen."""
        try:
            self._line.send(errand)
            seen: Observation
            _, seen = self._line.recv()
        except (EOFError, OSError):
            return Observation(fault="the process died")
        return seen

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._line.send(None)
        self._process.join()
        self._line.close()
