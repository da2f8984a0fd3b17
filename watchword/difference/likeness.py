"""How alike two scenarios are: by their steps and rows, each weighted by how rarely it is written.

A step that half of all scenarios share says little about which scenario became which. Candidates are found by what they
share, through an index, so that many scenarios on both sides cost no more than the sum of them.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from watchword.specification import Scenario, Step

ALIKE = 0.65
_LEAST_LIKE_STEP = 0.5
_LONGEST_LIST = 40
_MOST_CANDIDATES = 12

Items = tuple[str, ...]


def items(scenario: Scenario) -> Items:
    """Give what a scenario consists of: each step with its argument, each row."""
    rows = (" | ".join(row.values.values()) for row in scenario.rows)
    return (*(said(step) for step in scenario.steps), *rows)


def said(step: Step) -> str:
    """Give a step with its argument as one text; its keyword says only where it stands."""
    cells = (" | ".join(row) for row in step.table.rows) if step.table else ()
    return "\n".join([step.text, *cells, *([step.docstring] if step.docstring is not None else [])])


class Likeness:
    """Compare scenarios of two sides, knowing how often everything is written."""

    def __init__(self, written: Iterable[Scenario]) -> None:
        self._counts = Counter(item for scenario in written for item in set(items(scenario)))

    def ratio(self, one: Scenario, other: Scenario) -> float:
        """Say how alike two scenarios are, from 0 to 1."""
        mine, theirs = items(one), items(other)
        kept = set(mine) & set(theirs)
        whole = sum(self._weight(item) for item in set(mine) | set(theirs))
        shared = sum(self._weight(item) for item in kept)
        left = [item for item in dict.fromkeys(mine) if item not in kept]
        right = [item for item in dict.fromkeys(theirs) if item not in kept]
        shared += sum(self._partly(each, another) for each, another in zip(left, right, strict=False))
        return shared / whole if whole else 0.0

    def _partly(self, one: str, other: str) -> float:
        alike = difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
        return alike * (self._weight(one) + self._weight(other)) if alike >= _LEAST_LIKE_STEP else 0.0

    def _weight(self, item: str) -> float:
        return 1 / max(self._counts[item], 1)


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
