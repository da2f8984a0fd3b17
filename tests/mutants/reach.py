"""Which scenarios each edit can touch, measured once on the reference as it stands.

An edit changes nothing in a scenario that never gets to the edited place; nor where it replaces one expression by
another and both have the same value each time. What one scenario prepares for all others — the beginnings, and whatever
the reference keeps from one call to the next — counts for every one of them.
"""

from __future__ import annotations

import builtins
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from coverage import Coverage

from tests.mutants.alternatives import PROBE
from watchword.recorder.collector import PICKLE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from steps.beginnings import Beginnings
    from watchword.specification import Pickle

REFERENCE = "reference_impl"
PROFILES = ("stateless", "strict")
KEPT = type(lru_cache(len))
EVERYWHERE = ""
"""Stands for all scenarios: what is executed outside of any."""


@dataclass(frozen=True)
class Reach:
    """The places of scenarios.

    Attributes:
        executing: of those that execute a line, by the file below the project's root and the line.
        differing: of those in which an alternative once differed from the expression it stands for, by the mutant's id.
    """

    executing: dict[str, dict[int, frozenset[str]]] = field(default_factory=dict)
    differing: dict[str, frozenset[str]] = field(default_factory=dict)

    def of_lines(self, file: str, lines: Iterable[int]) -> frozenset[str] | None:
        """Name the places of the scenarios that execute one of these lines; None means all."""
        executing = self.executing.get(file, {})
        return _unless_everywhere(frozenset().union(*(executing.get(line, frozenset()) for line in lines)))

    def of_alternative(self, id_: str) -> frozenset[str] | None:
        """Name the places of the scenarios in which a mutant's alternative differed; None means all."""
        return _unless_everywhere(self.differing.get(id_, frozenset()))


class ReachMeter:
    """A pytest plugin that notes what each scenario gets to; made before the reference is imported."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._place = EVERYWHERE
        self._has_begun = False
        self._differing: defaultdict[str, set[str]] = defaultdict(set)
        setattr(builtins, PROBE, self._probe)
        self._coverage = Coverage(data_file=None, config_file=False, include=[f"{root / REFERENCE}/*"])
        self._coverage.start()

    @pytest.fixture(autouse=True)
    def _begun(self, beginnings: Beginnings) -> None:
        """Prepare for all scenarios what the first of them would."""
        if not self._has_begun:
            self._has_begun = True
            for profile in PROFILES:
                beginnings.end(beginnings.begin(profile))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None]:
        """Count what is executed from now on for this scenario, its closing too."""
        self._enter(place_of(item.stash[PICKLE]))
        yield

    def measured(self) -> Reach:
        """Stop, and return what was measured."""
        self._coverage.stop()
        data = self._coverage.get_data()
        executing = {name: dict(data.contexts_by_lineno(name)) for name in data.measured_files()}
        for name, line in _remembered():
            executing.setdefault(name, {}).setdefault(line, []).append(EVERYWHERE)
        return Reach(
            {
                name.removeprefix(f"{self._root}/"): {line: frozenset(places) for line, places in lines.items()}
                for name, lines in executing.items()
            },
            {id_: frozenset(places) for id_, places in self._differing.items()},
        )

    def _enter(self, place: str) -> None:
        self._place = place
        self._coverage.switch_context(place)

    def _probe(self, value: object, alternative: Callable[[], object], id_: str, is_test: bool) -> object:  # noqa: FBT001 -- called from generated code
        places = self._differing[id_]
        if self._place not in places and _differs(value, alternative, is_test=is_test):
            places.add(self._place)
        return value


def place_of(pickle: Pickle) -> str:
    """Return where a scenario stands, which no other does."""
    return f"{pickle.feature.uri}:{pickle.line}"


def _differs(value: object, alternative: Callable[[], object], *, is_test: bool) -> bool:
    try:
        other = alternative()
        return bool(value) != bool(other) if is_test else type(value) is not type(other) or bool(value != other)
    except Exception:  # noqa: BLE001 -- whatever an edit raises, it is a difference
        return True


def _unless_everywhere(places: frozenset[str]) -> frozenset[str] | None:
    return None if EVERYWHERE in places else places


def _remembered() -> Iterator[tuple[str, int]]:
    """Give the lines of the functions whose results are kept: executed for one scenario, they count for all."""
    modules = [module for name, module in sys.modules.items() if name.startswith(REFERENCE)]
    for kept in [value for module in modules for value in vars(module).values() if isinstance(value, KEPT)]:
        code = kept.__wrapped__.__code__
        yield from ((code.co_filename, line) for _, _, line in code.co_lines() if line is not None)
