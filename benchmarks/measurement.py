"""Interleaved samples, their medians and the ratios between them.

A machine that is busy slows all subjects alike if they take turns, so only what was measured in one round is divided.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Subject = TypeVar("Subject")
Samples = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of some samples, and the quarter points around it."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Aim:
    """What a ratio, or a number that stands alone, is meant to be."""

    bound: Literal["at least", "at most"]
    value: float

    def is_met(self, ratio: float) -> bool:
        """Tell whether a ratio, as it is shown, keeps to the aim."""
        shown = round(ratio, 2)
        return shown >= self.value if self.bound == "at least" else shown <= self.value


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Args:
        against: what this line is divided by; empty where the number stands alone, or where `subject` is given.
        subject: what is divided by this line instead.
    """

    name: str
    value: Spread
    unit: str
    against: str = ""
    ratio: Spread | None = None
    aim: Aim | None = None
    subject: str = ""


def spread(samples: Sequence[float]) -> Spread:
    """Return the median and the quartiles."""
    if len(samples) == 1:
        return Spread(samples[0], samples[0], samples[0])
    low, median, high = statistics.quantiles(samples, n=4, method="inclusive")
    return Spread(median, low, high)


def ratio(samples: Samples, subject: str, baseline: str) -> Spread:
    """Divide the samples of two subjects round by round."""
    pairs = zip(samples[subject], samples[baseline], strict=True)
    return spread([one / other for one, other in pairs])


def rounds(subjects: Mapping[str, Subject], count: int) -> Iterator[tuple[str, Subject]]:
    """Let the subjects take turns, each round begun by another of them."""
    turns = list(subjects.items())
    for number in range(count):
        first = number % len(turns)
        yield from turns[first:] + turns[:first]


def cpu_microseconds(act: Callable[[], object], repetitions: int) -> float:
    """Return the processor time of one act; time the process did not run does not count."""
    started = time.process_time_ns()
    for _ in range(repetitions):
        act()
    return (time.process_time_ns() - started) / repetitions / 1000
