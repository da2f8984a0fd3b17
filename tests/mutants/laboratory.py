"""Where mutants are tried: each in a child forked from a server that has the heavy libraries loaded.

The server is the standard library's. It holds no module of the reference and none of the steps, so that every child
imports those anew, one of them patched.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from _pytest.config import default_plugins

from tests.mutants.trial import Observation, Order, Red, carry_out
from watchword.register import REQUIREMENT_ID
from watchword.specification import read

if TYPE_CHECKING:
    from tests.mutants.catalogue import Mutant
    from watchword.specification import Specification

PARTIES = frozenset({"api", "issuer", "flow"})
LONGEST_TRIAL_SECONDS = 300
LONGEST_WHOLE_SECONDS = 3600
PRELOADED = (
    *(f"_pytest.{name}" for name in default_plugins),
    "anyio._backends._asyncio",
    "argon2",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "cryptography.hazmat.primitives.asymmetric.rsa",
    "fastapi",
    "gherkin.parser",
    "httpx",
    "jwt",
    "pwdlib.hashers.argon2",
    "pydantic.v1",
    "pytest",
    "pytest_bdd.plugin",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "sqlite3",
    "starlette.middleware.cors",
    "watchword.recorder.plugin",
)


@dataclass(frozen=True)
class Finding:
    """What became of a mutant.

    Attributes:
        mutant: the mutant, or None for the reference as it stands.
        ran: how many scenarios ran.
        red: the scenarios that failed.
        fault: why the trial is worth nothing, or None.
        output: the end of what pytest printed.
        seconds: the processor time of the trial.
    """

    mutant: Mutant | None
    ran: int
    red: tuple[Red, ...]
    fault: str | None
    output: str
    seconds: float = 0

    @property
    def survived(self) -> tuple[str, ...]:
        """Name the requirements that the mutant should break and no scenario noticed."""
        noticed = frozenset().union(*(red.requirements for red in self.red))
        return tuple(id_ for id_ in (self.mutant.breaks if self.mutant else ()) if id_ not in noticed)

    @property
    def collateral(self) -> tuple[Red, ...]:
        """List the red scenarios that state none of the requirements the mutant is said to break."""
        broken = frozenset(self.mutant.breaks if self.mutant else ())
        return tuple(red for red in self.red if not red.requirements & broken)


class Laboratory:
    """Tries mutants of one project, a few at a time.

    Args:
        root: the project's root.
        jobs: how many children run at once.
    """

    def __init__(self, root: Path, *, jobs: int | None = None) -> None:
        self.root = root
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(PRELOADED))
        self._compiled = tempfile.TemporaryDirectory(prefix="watchword-compiled-")
        self._threads = ThreadPoolExecutor(jobs or os.cpu_count() or 1)

    @cached_property
    def specification(self) -> Specification:
        """The features of the project."""
        return read(self.root)

    @cached_property
    def stated(self) -> dict[str, tuple[str, ...]]:
        """Which feature files state a requirement, by its id."""
        found: dict[str, dict[str, None]] = {}
        for pickle in self.specification.pickles:
            for id_ in filter(REQUIREMENT_ID.fullmatch, pickle.tags):
                found.setdefault(id_, {})[pickle.feature.uri] = None
        return {id_: tuple(uris) for id_, uris in found.items()}

    def obeyed(self) -> frozenset[str]:
        """Name the specified requirements that bind a party the reference plays."""
        rules = (rule for feature in self.specification.features for rule in feature.rules)
        bound = [rule for rule in rules if not PARTIES.isdisjoint(rule.tags)]
        tags = (tag for rule in bound for tag in (*rule.tags, *(tag for each in rule.scenarios for tag in each.tags)))
        return frozenset(filter(REQUIREMENT_ID.fullmatch, tags))

    def submit(self, mutant: Mutant | None, *, whole: bool = False) -> Future[Finding]:
        """Try a mutant as soon as a child is free.

        Args:
            mutant: None tries the reference as it stands.
            whole: run the whole specification, not only what the mutant is said to break.
        """
        return self._threads.submit(self._try, mutant, whole=whole)

    def close(self) -> None:
        """Finish what runs, and drop what waits."""
        self._threads.shutdown(cancel_futures=True)
        self._compiled.cleanup()

    def _try(self, mutant: Mutant | None, *, whole: bool) -> Finding:
        requirements = () if whole or mutant is None else tuple(mutant.breaks)
        unstated = [id_ for id_ in requirements if id_ not in self.stated]
        if unstated:
            return Finding(mutant, 0, (), f"no scenario states {', '.join(unstated)}", "")
        files = [uri for id_ in requirements for uri in self.stated[id_]] or ["features"]
        source = "" if mutant is None else mutant.patched((self.root / mutant.file).read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory(prefix="watchword-mutant-") as scratch:
            seen = self._observe(
                Order(
                    root=self.root,
                    scratch=Path(scratch),
                    compiled=Path(self._compiled.name),
                    module=None if mutant is None else mutant.module,
                    source=source,
                    files=tuple(dict.fromkeys(files)),
                    requirements=requirements,
                )
            )
        return Finding(mutant, seen.ran, tuple(seen.red), seen.fault, seen.output, seen.seconds)

    def _observe(self, order: Order) -> Observation:
        limit = LONGEST_TRIAL_SECONDS if order.requirements else LONGEST_WHOLE_SECONDS
        answer, sender = self._context.Pipe(duplex=False)
        child = self._context.Process(target=carry_out, args=(order, sender))
        child.start()
        sender.close()
        try:
            if not answer.poll(limit):
                return Observation(fault=f"no end within {limit} seconds")
            observation: Observation = answer.recv()
        except EOFError:
            return Observation(fault="the process died")
        else:
            return observation
        finally:
            answer.close()
            child.kill()
            child.join()
