"""How time passes in a scenario that is played against a foreign API, and how far its numbers bind that API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conformance.durations import durations
from steps.targets.remote_time import EarlierTime, MovedTime, Pace
from steps.targets.remote_words import Words
from steps.targets.unseen import Unseen

if TYPE_CHECKING:
    from conformance.moved_clock import MovedClock
    from steps.targets.remote_issuer import RemoteIssuer
    from steps.targets.remote_time import Time
    from watchword.specification import Pickle

A_DAY_SECONDS: Final = 86_400
"""The longest that common clients of a key set keep one, unless they are told otherwise."""

TIMED: Final = "clock"
"""The tag of scenarios that move time."""

KEY_AGES: Final = frozenset({"JWK-05", "JWK-06", "JWK-07", "JWK-09", "JWK-10", "JWK-11", "JWK-12", "JWK-17", "JWK-18"})
"""Requirements whose times are ages of a key set, and mean what they say."""

KEY_NEWS: Final = frozenset({"JWK-01", "JWK-03", "JWK-04", "JWK-08", "KEY-01"})
"""Requirements whose times are those by which an API has seen what is new: no source says how soon that is."""


@dataclass(frozen=True)
class Timing:
    """Makes the time of each scenario.

    Args:
        issuer: the suite, which knows the names of this run.
        leeway_seconds: what the API tolerates, or None where nobody said.
        patience_seconds: how long it may take to see a new or a withdrawn key.
        clock: what is moved, or None where the API's clock is its own.
    """

    issuer: RemoteIssuer
    leeway_seconds: int | None
    patience_seconds: int
    clock: MovedClock | None

    def words(self, pickle: Pickle | None) -> Words:
        """Return a scenario's names and times, as this API knows them."""
        return Words(
            self.issuer,
            leeway_seconds=self.leeway_seconds,
            patience_seconds=self.patience_seconds,
            is_exact=self.clock is not None and _is_timed(pickle),
        )

    def pace(self, pickle: Pickle | None, words: Words) -> Pace:
        """Return how much time this API is given where a scenario lets some pass."""
        tags = frozenset(pickle.tags if pickle is not None and self.clock is not None else ())
        if tags & KEY_NEWS:
            return Pace(words.patient, spares_tokens=True)
        return Pace(int if tags & KEY_AGES else words.stretched)

    def time(self, pickle: Pickle | None, pace: Pace) -> Time:
        """Return the time of a scenario."""
        if self.clock is not None:
            return MovedTime(self.clock, is_timed=_is_timed(pickle))
        try:
            return EarlierTime(0 if pickle is None else sum(map(pace.stretched, durations(pickle))))
        except Unseen:
            # The step itself says so again, where it is recorded.
            return EarlierTime(0)


def _is_timed(pickle: Pickle | None) -> bool:
    return pickle is not None and TIMED in pickle.tags
