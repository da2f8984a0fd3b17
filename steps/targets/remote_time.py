"""Time in a scenario that is played against a foreign API: it began earlier, or both clocks are moved.

Nobody waits. Where the API's clock is its own, a scenario begins as much earlier as it will let pass, and can call the
API only once all of it has passed. Where the suite moves the API's clock, time passes as a scenario says it does.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from steps.targets.unseen import NotObserved

GAP_SECONDS: Final = 90_000
"""A day and an hour: longer than APIs keep a key set. What one knew before, it asks for again."""

LONGEST_SECONDS: Final = 100_000
"""Whatever takes longer is about sessions, which are their issuer's; and the year 2038 shall not come nearer."""

INTO_SECONDS: Final = 0.001, 0.2, 0.4
"""How far into its second a moved clock is put, at first and after each time that passes.

So more passes between two acts than a scenario says, and never less, however quick each of them is. Past one half, a
program that rounds would be in another second.
"""


class Clock(Protocol):
    """A clock that the suite and the API read, and the suite moves."""

    def now(self) -> float:
        """Return the time that the suite reads: seconds since 1970, UTC."""

    def move(self, seconds: float) -> None:
        """Move it by so much, for the suite and the API."""

    def set_api_off(self, seconds: float) -> None:
        """Let the API read another time than the suite, by so many seconds."""


class Time(Protocol):
    """The time of one scenario."""

    is_moved: bool
    """Whether the API feels what passes."""

    def now(self) -> int:
        """Return the time of the scenario: NumericDate, seconds UTC."""

    def pass_time(self, seconds: int) -> None:
        """Let so many seconds pass."""

    def require_now(self) -> None:
        """Go on only if the API can be called at this point of the scenario."""

    def settle(self) -> None:
        """Let what took its time, as a start does, have taken it: go on with the next second."""

    def set_api_off(self, seconds: int) -> None:
        """Let the API's clock differ from the suite's."""

    def is_late(self) -> bool:
        """Return whether the scenario took so long that its instants are not exact any more."""

    def end(self) -> None:
        """Leave the time as the next scenario expects it."""


class EarlierTime:
    """The time of a scenario that began so many seconds ago.

    Args:
        seconds: how much time the scenario lets pass before it calls the API.
    """

    is_moved = False

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def now(self) -> int:
        """Return the time that the tokens are minted at."""
        return int(time.time()) - self._seconds

    def pass_time(self, seconds: int) -> None:
        """Go on towards the real time."""
        if seconds > self._seconds:
            raise NotObserved(f"{seconds} seconds would have to be waited for; --move-clock lets them pass")
        self._seconds -= seconds

    def require_now(self) -> None:
        """Go on only if all has passed that the scenario lets pass."""
        if self._seconds:
            raise NotObserved(
                f"the scenario goes on {self._seconds} seconds after this call; --move-clock lets them pass"
            )

    def settle(self) -> None:
        """Go on: the time of day has no second that would have to be met."""

    def set_api_off(self, seconds: int) -> None:
        """Leave the API's clock alone: it is its own."""
        raise NotObserved(f"the API's clock would have to be {seconds} seconds off; --move-clock can do that")

    def is_late(self) -> bool:
        """Return whether its instants are not exact any more; they never were."""
        return False

    def end(self) -> None:
        """Leave the time as it is."""


class MovedTime:
    """The time of a scenario in which the API feels what passes: to the second, while each act is quick.

    Args:
        clock: what is moved, forwards only; a scenario begins with a second.
        is_timed: whether the scenario is about time, so that it begins where no API knows a key set any more.
    """

    is_moved = True

    def __init__(self, clock: Clock, *, is_timed: bool) -> None:
        self._clock = clock
        self._is_timed = is_timed
        self._now = int(clock.now()) + 1 + (GAP_SECONDS if is_timed else 0)
        self._into = iter(INTO_SECONDS)
        self._into_seconds = 0.0
        self._put()

    def _put(self) -> None:
        self._into_seconds = next(self._into, self._into_seconds)
        self._clock.move(self._now + self._into_seconds - self._clock.now())

    def now(self) -> int:
        """Return the second that the scenario is in."""
        return self._now

    def pass_time(self, seconds: int) -> None:
        """Move both clocks."""
        self._is_timed = True
        if not seconds:
            return
        if seconds > LONGEST_SECONDS:
            raise NotObserved("an API knows nothing of what takes days: sessions are their issuer's")
        self._now += seconds
        if self._clock.now() > self._now:
            raise NotObserved(f"what came before took longer than the {seconds} seconds that are to pass")
        self._put()

    def require_now(self) -> None:
        """Go on: the API is in the same second."""

    def settle(self) -> None:
        """Go on with the next second."""
        self._now = max(self._now, int(self._clock.now()) + 1)
        self._put()

    def set_api_off(self, seconds: int) -> None:
        """Let the API's clock differ from the suite's."""
        self._is_timed = True
        self._clock.set_api_off(seconds)

    def is_late(self) -> bool:
        """Return whether a second has gone by that the scenario did not ask for."""
        return self._is_timed and int(self._clock.now()) != self._now

    def end(self) -> None:
        """Have the API forget what it has learnt in the scenario, if that was about time."""
        if self._is_timed:
            self._clock.set_api_off(0)
            self._clock.move(GAP_SECONDS)


@dataclass(frozen=True)
class Pace:
    """How much time a foreign API is given where a scenario names a number of seconds.

    Attributes:
        stretched: gives the one for the other.
        spares_tokens: whether a token that was held before is as old afterwards as the scenario says.
    """

    stretched: Callable[[int], int]
    spares_tokens: bool = False
