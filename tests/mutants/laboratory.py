"""Where mutants are tried: each in a child forked from a server that has the heavy libraries loaded.

The server is the standard library's. It holds no module of the reference and none of the steps, so that every child
imports those anew, one of them patched.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from _pytest.config import default_plugins

from tests.mutants.alternatives import Alternative, alternative_of
from tests.mutants.brood import NOT_EXCHANGED, Errand, Nursery, carry_out_all
from tests.mutants.edits import touched_lines
from tests.mutants.exchange import exchange_of
from tests.mutants.finding import Finding
from tests.mutants.reach import Reach, place_of
from tests.mutants.trial import Observation, Order, carry_out
from watchword.register import REQUIREMENT_ID
from watchword.specification import read
from watchword.suites import suite_of, suites

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.mutants.catalogue import Mutant
    from watchword.specification import Specification

PARTIES = frozenset({"api", "issuer", "flow"})
LONGEST_TRIAL_SECONDS = 300
LONGEST_WHOLE_SECONDS = 3600
PRELOADED = (
    *(f"_pytest.{name}" for name in default_plugins),
    "anyio._backends._asyncio",
    "argon2",
    "coverage",
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
        self._jobs = jobs or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self._jobs)
        self._reach: Reach | None = None
        self._probed = frozenset[str]()
        self._scratch = tempfile.TemporaryDirectory(prefix="watchword-nursery-")
        self._idle: list[Nursery] = []

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
        """Name the specified requirements that bind a party the reference plays.

        Those of a suite are played by another: tests/guards/test_twins.py says what its broken variants are.
        """
        apart = suites(self.root)
        features = (feature for feature in self.specification.features if suite_of(feature.uri, apart) is None)
        rules = (rule for feature in features for rule in feature.rules)
        bound = [rule for rule in rules if not PARTIES.isdisjoint(rule.tags)]
        tags = (tag for rule in bound for tag in (*rule.tags, *(tag for each in rule.scenarios for tag in each.tags)))
        return frozenset(filter(REQUIREMENT_ID.fullmatch, tags))

    def submit(self, mutant: Mutant | None) -> Future[Finding]:
        """Try a mutant as soon as a child is free; None tries the reference as it stands."""
        return self._threads.submit(self._try, mutant)

    def submit_whole(self, mutant: Mutant) -> Future[Finding]:
        """Run the whole specification against a mutant, or what it can touch of that, as soon as a child is free."""
        return self._threads.submit(self._try_whole, mutant)

    def breed(self, mutants: Sequence[Mutant]) -> Iterator[Finding]:
        """Run the whole specification against each mutant, or what it can touch of that.

        Those that change the code of functions and nothing else share a process that has collected all of it.
        """
        by_id = {mutant.id: mutant for mutant in mutants}
        errands = [errand for mutant in mutants if (errand := self._errand(mutant)) is not None]
        rest = set(by_id) - {errand.id for errand in errands}
        for id_, seen in self._carry_out_all(errands):
            finding = _finding(by_id[id_], seen)
            if seen.fault == NOT_EXCHANGED or finding.survived:
                rest.add(id_)
            else:
                yield finding
        for future in [self.submit_whole(by_id[id_]) for id_ in sorted(rest)]:
            yield future.result()

    def measure(self, mutants: Iterable[Mutant]) -> Finding:
        """Run the reference as it stands; from now on a whole run leaves out what a mutant cannot touch."""
        probes: dict[str, tuple[str, dict[str, Alternative]]] = {}
        for mutant in mutants:
            source = self._source(mutant)
            if alternative := alternative_of(source, mutant.patched(source)):
                probes.setdefault(mutant.module, (source, {}))[1][mutant.id] = alternative
        seen = self._run(probes=probes)
        self._reach, self._probed = seen.reach, frozenset(id_ for _, found in probes.values() for id_ in found)
        return _finding(None, seen)

    def close(self) -> None:
        """Finish what runs, and drop what waits."""
        self._threads.shutdown(cancel_futures=True)
        for nursery in self._idle:
            nursery.close()
        self._scratch.cleanup()
        self._compiled.cleanup()

    def _try(self, mutant: Mutant | None) -> Finding:
        if mutant is None:
            return _finding(None, self._run())
        unstated = [id_ for id_ in mutant.breaks if id_ not in self.stated]
        if unstated:
            return Finding(mutant, 0, (), f"no scenario states {', '.join(unstated)}", "")
        if (errand := self._errand(mutant, requirements=tuple(mutant.breaks))) is not None:
            finding = _finding(mutant, self._ask(errand))
            # Whatever is not as it should be is tried once more, by a process that imports the edit, and tells more.
            if finding.fault is None and not finding.survived:
                return finding
        return _finding(mutant, self._run(mutant, requirements=tuple(mutant.breaks)))

    def _try_whole(self, mutant: Mutant) -> Finding:
        places = self._touched(mutant)
        finding = _finding(mutant, self._run(mutant, places=places))
        # What no scenario notices that gets to the edit is asked of all.
        return _finding(mutant, self._run(mutant)) if finding.survived and places is not None else finding

    def _errand(self, mutant: Mutant, *, requirements: tuple[str, ...] = ()) -> Errand | None:
        """Say what is to be tried in a fork; None where the mutant changes more than the code of functions."""
        path, source = self.root / mutant.file, self._source(mutant)
        if exchange_of(path, source, mutant.patched(source)) is None:
            return None
        places = self._stating(mutant) if requirements else self._touched(mutant)
        return Errand(mutant.id, path, source, mutant.patched(source), places, requirements)

    def _ask(self, errand: Errand) -> Observation:
        nursery = self._idle.pop() if self._idle else Nursery(self._context, self._everything(self._scratch.name))
        seen = nursery.ask(errand)
        self._idle.append(nursery)
        return seen

    def _everything(self, scratch: str) -> Order:
        folder = tempfile.mkdtemp(dir=scratch)
        return Order(self.root, Path(folder), Path(self._compiled.name), None, "", ("features",))

    def _carry_out_all(self, errands: Sequence[Errand]) -> Iterator[tuple[str, Observation]]:
        answer, sender = self._context.Pipe(duplex=False)
        with tempfile.TemporaryDirectory(prefix="watchword-mutant-") as scratch:
            child = self._context.Process(
                target=carry_out_all, args=(self._everything(scratch), errands, sender, self._jobs)
            )
            child.start()
            sender.close()
            waiting = {errand.id for errand in errands}
            with suppress(EOFError):
                while waiting:
                    id_, seen = answer.recv()
                    waiting.discard(id_)
                    yield id_, seen
            child.join()
            yield from ((id_, Observation(fault="the process died")) for id_ in sorted(waiting))

    def _touched(self, mutant: Mutant) -> frozenset[str] | None:
        """Name the scenarios that the mutant can touch, and those of the requirements it breaks; None means all."""
        if self._reach is None:
            return None
        if mutant.id in self._probed:
            places = self._reach.of_alternative(mutant.id)
        else:
            lines = touched_lines(mutant, self._source(mutant))
            places = None if lines is None else self._reach.of_lines(mutant.file, lines)
        return None if places is None else places | self._stating(mutant)

    def _stating(self, mutant: Mutant) -> frozenset[str]:
        """Name the scenarios of the requirements that a mutant breaks."""
        broken = frozenset(mutant.breaks)
        return frozenset(place_of(each) for each in self.specification.pickles if not broken.isdisjoint(each.tags))

    def _source(self, mutant: Mutant) -> str:
        return (self.root / mutant.file).read_text(encoding="utf-8")

    def _run(
        self,
        mutant: Mutant | None = None,
        *,
        requirements: tuple[str, ...] = (),
        places: frozenset[str] | None = None,
        probes: Mapping[str, tuple[str, Mapping[str, Alternative]]] | None = None,
    ) -> Observation:
        named = [uri for id_ in requirements for uri in self.stated[id_]]
        placed = [place.rpartition(":")[0] for place in sorted(places or ())]
        with tempfile.TemporaryDirectory(prefix="watchword-mutant-") as scratch:
            return self._observe(
                Order(
                    root=self.root,
                    scratch=Path(scratch),
                    compiled=Path(self._compiled.name),
                    module=None if mutant is None else mutant.module,
                    source="" if mutant is None else mutant.patched(self._source(mutant)),
                    files=tuple(dict.fromkeys(named or placed or ["features"])),
                    requirements=requirements,
                    places=places,
                    probes=probes,
                )
            )

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


def _finding(mutant: Mutant | None, seen: Observation) -> Finding:
    return Finding(mutant, seen.ran, tuple(seen.red), seen.fault, seen.output, seen.seconds)
