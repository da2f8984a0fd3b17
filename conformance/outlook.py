"""How long a check waits at most, and for what: told before the first wait."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from steps.targets.remote_channel import SILENCE_SECONDS
from steps.targets.remote_wire import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from watchword.specification import Pickle

SLOW: Final = re.compile(
    "every fetch of the key set meets "
    r"(?:an answer in (?P<parts>\d+) parts, a second each|a minute of silence)"
)
FETCHED: Final = re.compile(r"the API fetched the key set \d+ seconds ago")
MINUTE_SECONDS: Final = 60
LISTENS: Final = re.compile(r"\w+ listens on the channel")
SILENT_CHANNELS: Final = "for channels to be closed with their tokens (--socket-path)"
NEW_KEYS: Final = "until your API fetches its key set again (--patience)"
SLOW_KEYS: Final = "for key sets that come slowly (--obstacles, --move-clock)"


def silent_seconds(pickles: Iterable[Pickle]) -> int:
    """Add up for how long channels may stay open on which nobody speaks."""
    return SILENCE_SECONDS * sum(any(LISTENS.fullmatch(step.text) for step in each.steps) for each in pickles)


def told(number: int, waits: Mapping[str, int]) -> str:
    """Say how many scenarios are played, and what of their time is waiting."""
    waits = {reason: seconds for reason, seconds in waits.items() if seconds}
    if not waits:
        return f"Playing {number} scenarios; none of them waits"
    reasons = ", ".join(f"{seconds} s {reason}" for reason, seconds in waits.items())
    return f"Playing {number} scenarios, of which at most {sum(waits.values())} s are waiting: {reasons}"


def slow_seconds(pickles: Iterable[Pickle], *, with_obstacles: bool, with_moved_clock: bool) -> int:
    """Add up for how long key sets keep an API waiting, as far as its answers are waited for."""
    # Who fetched the key set before was made to by the clock, who never did by a start.
    return sum(
        _slow_seconds(pickle) for pickle in pickles if (with_moved_clock if _fetched(pickle) else with_obstacles)
    )


def _fetched(pickle: Pickle) -> bool:
    return any(FETCHED.fullmatch(step.text) for step in pickle.steps)


def _slow_seconds(pickle: Pickle) -> int:
    texts = [step.text for step in pickle.steps]
    found = (SLOW.fullmatch(text) for text in texts)
    seconds = sum(int(each["parts"] or MINUTE_SECONDS) for each in found if each is not None)
    return min(seconds, int(PATIENCE_SECONDS))
