"""Ctrl-C, and the signals by which a terminal or a build server asks a process to go."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SHELL_OFFSET: Final = 128
"""What a shell adds to the number of the signal that ended a process."""

LONG_SECONDS: Final = 3600.0


class Interruption:
    """Turns each of the signals into what Ctrl-C does, and remembers which it was."""

    def __init__(self) -> None:
        self._number: int = signal.SIGINT

    @property
    def exit_code(self) -> int:
        """Say it as a process does."""
        return SHELL_OFFSET + self._number

    def listen(self) -> None:
        """Hear the signals from now on; one that is ignored, as by nohup, stays so."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._take)

    def _take(self, number: int, _: FrameType | None) -> None:
        self._number = number
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            raise KeyboardInterrupt
        signal.raise_signal(signal.SIGINT)


def await_interruption() -> None:
    """Return when somebody ends this process, which then goes on to its end."""
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(LONG_SECONDS)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put the signals off until what has begun is done."""
    received: list[int] = []
    usual = {number: signal.signal(number, lambda number, _: received.append(number)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
        if received:
            signal.raise_signal(received[0])
