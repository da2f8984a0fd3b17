"""The clock and the log that the parties in this process share with the scenario."""

import logging
from typing import Any, Final

BEGINNING: Final = 1_767_225_600
"""2026-01-01T00:00:00Z: a fixed beginning, so that two runs record the same tokens."""


class MovableClock:
    """A clock that stands still until it is moved; seconds since the epoch."""

    def __init__(self) -> None:
        self.seconds = float(BEGINNING)

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


class Logbook(logging.Handler):
    """What the parties log, kept for the scenario that asks why."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)

    def listen(self, *names: str) -> None:
        """Keep all that these loggers are told from here on."""
        for name in names:
            logging.getLogger(name).addHandler(self)
            logging.getLogger(name).setLevel(logging.DEBUG)

    def leave(self, *names: str) -> None:
        """Hear these loggers no more."""
        for name in names:
            logging.getLogger(name).removeHandler(self)

    def last(self, member: str) -> Any:
        """Return the member of the newest record that has it, or None."""
        found = (record for record in reversed(self.records) if hasattr(record, member))
        record = next(found, None)
        return None if record is None else getattr(record, member)
