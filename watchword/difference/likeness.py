"""How alike two scenarios are: by their steps and rows, each weighted by how rarely it is written.

A step that half of all scenarios share says little about which scenario became which. Candidates are found by what they
share, through an index, so that many scenarios on both sides cost no more than the sum of them.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from watchword.specification import Scenario, Step

ALIKE = 0.65
_LEAST_LIKE_STEP = 0.5
_LONGEST_LIST = 40
_MOST_CANDIDATES = 12
_PAIRS_REMEMBERED = 10_000

Items = tuple[str, ...]


def items(scenario: Scenario) -> Items:
    """Give what a scenario consists of: each step with its argument, each row."""
    rows = (" | ".join(row.values.values()) for row in scenario.rows)
    return (*(said(step) for step in scenario.steps), *rows)


def said(step: Step) -> str:
    """Give a step with its argument as one text; its keyword says only where it stands."""
    cells = (" | ".join(row) for row in step.table.rows) if step.table else ()
    return "\n".join([step.text, *cells, *([step.docstring] if step.docstring is not None else [])])


@dataclass(frozen=True)
class _Written:
    """What a scenario consists of, each once, and what all of it weighs."""

    items: Mapping[str, None]
    weight: float


class Likeness:
    """Compare scenarios of two sides, knowing how often everything is written."""

    def __init__(self, written: Iterable[Scenario]) -> None:
        self._counts = Counter(item for scenario in written for item in set(items(scenario)))
        self._known: dict[Scenario, _Written] = {}

    def ratio(self, one: Scenario, other: Scenario, *, least: float = 0.0) -> float:
        """Say how alike two scenarios are, from 0 to 1; what must be less than `least` may be told as 0."""
        mine, theirs = self._written(one), self._written(other)
        left = [item for item in mine.items if item not in theirs.items]
        right = [item for item in theirs.items if item not in mine.items]
        if not left and not right:
            return 1.0 if mine.items else 0.0
        shared = mine.weight - sum(map(self._weight, left))
        whole = mine.weight + sum(map(self._weight, right))
        pairs = [
            (each, another, self._weight(each) + self._weight(another))
            for each, another in zip(left, right, strict=False)
        ]
        if shared + sum(weight for _, _, weight in pairs) < least * whole:
            return 0.0
        return (shared + sum(_partly(each, another) * weight for each, another, weight in pairs)) / whole

    def _written(self, scenario: Scenario) -> _Written:
        if scenario not in self._known:
            said = dict.fromkeys(items(scenario))
            self._known[scenario] = _Written(said, sum(map(self._weight, said)))
        return self._known[scenario]

    def _weight(self, item: str) -> float:
        return 1 / max(self._counts[item], 1)


@lru_cache(_PAIRS_REMEMBERED)
def _partly(one: str, other: str) -> float:
    """Say how alike two steps are; half as like as the same is nothing. The quick answers are never too small."""
    matcher = difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    if matcher.real_quick_ratio() < _LEAST_LIKE_STEP or matcher.quick_ratio() < _LEAST_LIKE_STEP:
        return 0.0
    alike = matcher.ratio()
    return alike if alike >= _LEAST_LIKE_STEP else 0.0


def candidates(wanted: Scenario, index: Mapping[str, Sequence[int]], near: Sequence[int]) -> Iterator[int]:
    """Name the scenarios worth comparing: those that share something seldom written, and those that stood near."""
    shared: Counter[int] = Counter()
    for item in items(wanted):
        found = index.get(item, ())
        if len(found) <= _LONGEST_LIST:
            shared.update(found)
    best = [number for number, _ in shared.most_common(_MOST_CANDIDATES)]
    yield from dict.fromkeys([*best, *near[:_MOST_CANDIDATES]])


def index_of(scenarios: Sequence[Scenario]) -> Mapping[str, list[int]]:
    """Index scenarios by what they consist of."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, scenario in enumerate(scenarios):
        for item in set(items(scenario)):
            found[item].append(number)
    return found
