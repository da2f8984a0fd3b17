"""Time as an argument: the one clock of a process, which a test may move."""

import time
from collections.abc import Callable

Clock = Callable[[], float]


def system_clock() -> float:
    """Return the seconds since the epoch, UTC."""
    return time.time()
