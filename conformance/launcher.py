"""Starts what is checked by its command, and starts it anew."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.errors import NeverAnswered, Unfit
from conformance.process import LOOPBACK, Process, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.moved_clock import MovedClock


class Launcher:
    """Holds the process of the moment.

    Args:
        command: the user's own.
        port: where it shall listen, the same after each start.
        patience_seconds: how long a start may take.
        values: what the command's braces and its environment hold besides the port.
        clock: what it reads in place of the system's, or None.
    """

    def __init__(
        self,
        command: str,
        *,
        port: int,
        patience_seconds: int,
        values: Mapping[str, str],
        clock: MovedClock | None = None,
    ) -> None:
        self.port = port
        self._host = LOOPBACK
        self._clock = clock
        self._command = command
        self._patience_seconds = patience_seconds
        self._values = {"port": str(port), **values}
        self._for_once: dict[str, str] = {}
        self._process: Process | None = None
        self._printed = tempfile.NamedTemporaryFile(prefix="watchword-")  # noqa: SIM115 -- closed by `close`

    @property
    def output(self) -> Path:
        """The file of all that it has printed, through all its starts."""
        return Path(self._printed.name)

    def start(self) -> str:
        """Start it, wait until it listens, and return its command line.

        Raises:
            NeverAnswered: it never listens.
        """
        preamble = "" if self._clock is None else self._clock.preamble
        self._process = Process(self._command, self.values, self.output, preamble=preamble)
        self._host = self._process.wait_for(self.port, patience_seconds=self._patience_seconds)
        return self._process.command

    @property
    def origin(self) -> str:
        """Where it listens, as a URL has it."""
        return f"http://{self._host}:{self.port}"

    def restart(self, **settings: str) -> None:
        """End it and start it anew, with nothing in its memory and these variables in its environment from now on."""
        self.stop()
        self.set_up(**settings)
        self.start()

    @property
    def values(self) -> Mapping[str, str]:
        """What the next start is told."""
        return self._values | self._for_once

    def restart_once(self, **settings: str) -> None:
        """End it and start it anew, with these variables in its environment until it is started again."""
        self.stop()
        self._for_once = lowered(settings)
        try:
            self.start()
        finally:
            self._for_once = {}

    def complaint_about(self, settings: Mapping[str, str]) -> str | None:
        """Start another beside it with these settings, and end it; return what it printed if it ended by itself.

        Raises:
            NeverAnswered: it neither listened nor ended.
        """
        port = free_port()
        with tempfile.NamedTemporaryFile(prefix="watchword-") as printed:
            values = {**self._values, **lowered(settings), "port": str(port)}
            process = Process(self._command, values, Path(printed.name))
            try:
                process.wait_for(port, patience_seconds=self._patience_seconds)
            except NeverAnswered:
                if not process.has_ended:
                    raise
                return process.told()
            finally:
                process.stop()
        return None

    def set_up(self, **settings: str) -> None:
        """Have these variables in its environment from its next start on."""
        self._values |= lowered(settings)

    @property
    def obituary(self) -> str:
        """How it came to its end by itself, or nothing while it runs."""
        return "" if self._process is None else self._process.obituary

    @property
    def told(self) -> str:
        """The last lines that it printed, for a person to read."""
        return "" if self._process is None else self._process.told()

    def stop(self) -> None:
        """End it and all that it started."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def close(self) -> None:
        """End it, and take away what it has printed."""
        self.stop()
        self._printed.close()


def lowered(settings: Mapping[str, str]) -> dict[str, str]:
    """Name variables as a command's braces do."""
    return {name.lower(): value for name, value in settings.items()}


@contextmanager
def telling_its_end(launcher: Launcher | None) -> Iterator[None]:
    """Have what never answered, or refuses what is good, tell how it came to its end, or what it printed last."""
    try:
        yield
    except (NeverAnswered, Unfit) as error:
        end = "" if launcher is None else launcher.obituary
        if end:
            raise type(error)(f"{error}.{end}") from None
        advice = " — does it answer curl?" if isinstance(error, NeverAnswered) else ""
        raise type(error)(f"{error}{advice}{'' if launcher is None else launcher.told}") from None
