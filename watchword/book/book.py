"""The specification and its run, joined, and the questions every page asks of them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from watchword.book.verdicts import Verdict, worst
from watchword.places import fragment, page_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from watchword.history import PastRun
    from watchword.register import Register
    from watchword.run import Result, Run
    from watchword.specification import Feature, Pickle, Rule, Scenario, Specification

__all__ = ["Book", "Entry", "fragment", "group", "page_path"]


@dataclass(frozen=True)
class Entry:
    """A scenario where it stands: its feature, its rule, and every concrete case it makes."""

    feature: Feature
    rule: Rule | None
    scenario: Scenario
    pickles: tuple[Pickle, ...]

    @property
    def anchor(self) -> str:
        """The permalink on the feature's page."""
        return fragment(self.scenario.id)


@dataclass(frozen=True)
class Book:
    """One specification with one run of it."""

    specification: Specification
    run: Run
    repository_url: str = ""
    """Where the source can be read, such as `https://host/owner/name/blob/main/`; empty prints paths without links."""
    register: Register | None = None
    """The requirements that the specification is held against, where there is such a register."""
    history: tuple[PastRun, ...] = ()
    """The runs before this one, the oldest first, as far as they are known."""
    code: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By requirement, the dotted names of the code that it stands and falls with, as far as that is known."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every scenario, in the order written."""
        cases: dict[str, list[Pickle]] = {}
        for pickle in self.specification.pickles:
            cases.setdefault(pickle.scenario.id, []).append(pickle)
        return tuple(
            Entry(feature, rule, scenario, tuple(cases.get(scenario.id, ())))
            for feature in self.specification.features
            for rule, scenario in feature.placed_scenarios()
        )

    def entries_of(self, feature: Feature) -> tuple[Entry, ...]:
        """The scenarios of one feature."""
        return tuple(entry for entry in self.entries if entry.feature.uri == feature.uri)

    def result(self, pickle: Pickle) -> Result:
        """What the run says of one case."""
        return self.run.result(pickle)

    def verdict(self, pickles: Iterable[Pickle]) -> Verdict:
        """The worst verdict among cases, which is the verdict of the whole."""
        return worst(self.result(pickle).status for pickle in pickles)

    def says_the_same(self, feature: Feature, other: Book) -> bool:
        """Whether another book holds the same feature with the same results."""
        theirs = next((each for each in other.specification.features if each.uri == feature.uri), None)
        return (
            theirs is not None
            and theirs.digest == feature.digest
            and self.repository_url == other.repository_url
            and (self.register and self.register.documents) == (other.register and other.register.documents)
            and [*map(self._outcome, feature.pickles)] == [*map(other._outcome, theirs.pickles)]
        )

    def _outcome(self, pickle: Pickle) -> tuple[object, ...]:
        result = self.result(pickle)
        return result.status, result.seconds, result.error, result.steps

    def find(self, name: str) -> tuple[Entry, ...]:
        """Every scenario of that name; a name may be narrowed as `Feature name: scenario name` or by its id."""
        return tuple(self._by_name.get(_folded(name), ()))

    @cached_property
    def _by_name(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            names = (entry.scenario.name, _qualified(entry), entry.scenario.id)
            for name in dict.fromkeys(map(_folded, names)):
                found.setdefault(name, []).append(entry)
        return found

    def nearest(self, name: str) -> str:
        """The scenario whose name is most like this one, for a message; empty when none is near."""
        names = {_folded(entry.scenario.name): entry.scenario.name for entry in self.entries}
        close = difflib.get_close_matches(_folded(name), names, n=1)
        return names[close[0]] if close else ""


def group(feature: Feature) -> str:
    """The folder a feature stands in, as a reader would say it; empty at the top."""
    folders = page_path(feature).split("/")[1:-1]
    return " ".join(folders).replace("-", " ").title()


def _qualified(entry: Entry) -> str:
    return f"{entry.feature.name}: {entry.scenario.name}"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
