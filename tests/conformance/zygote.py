"""Starts mutants of the reference API by forking: a process that has loaded what they stand on, and none of them."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from conformance.errors import NeverAnswered
from conformance.launcher import Launcher
from conformance.process import free_port
from tests.conformance.mutant_server import serve

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOPBACK = "127.0.0.1"
PAUSE_SECONDS = 0.02
REFERENCE = "reference_impl"


class Zygote:
    """Forks before its parent has any thread; afterwards it forks once for each start."""

    def __init__(self) -> None:
        orders, self._orders = os.pipe()
        self._answers, answers = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(self._orders)
            os.close(self._answers)
            _serve(orders, answers)
        os.close(orders)
        os.close(answers)

    def start(self, id_: str, port: int, environment: Mapping[str, str], output: Path) -> int:
        """Start a mutant that adds what it prints to a file, and return its process."""
        order = {"id": id_, "port": port, "environment": dict(environment), "output": str(output)}
        os.write(self._orders, f"{json.dumps(order)}\n".encode())
        return int(os.read(self._answers, 32))

    def end(self) -> None:
        """End with all that still runs."""
        os.close(self._orders)
        os.waitpid(self._pid, 0)


def _serve(orders: int, answers: int) -> NoReturn:
    # The system buries the children.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    children: list[int] = []
    with os.fdopen(orders) as lines:
        for line in lines:
            pid = os.fork()
            if not pid:
                _become(json.loads(line))
            children.append(pid)
            os.write(answers, str(pid).encode())
    for pid in children:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    os._exit(0)


def _become(order: Mapping[str, Any]) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(order["environment"])
    for name in [name for name in sys.modules if name.partition(".")[0] == REFERENCE]:
        del sys.modules[name]
    os.dup2(os.open(order["output"], os.O_WRONLY | os.O_APPEND), 2)
    try:
        serve(order["id"], order["port"])
    except SystemExit as error:
        os.write(2, f"{error}\n".encode())
        os._exit(1)
    os._exit(0)


class ForkingLauncher(Launcher):
    """Has a zygote start what otherwise a shell would; the command is a mutant's id."""

    def __init__(self, zygote: Zygote, command: str, **how: Any) -> None:
        super().__init__(command, **how)
        self._zygote = zygote
        self._pid = 0

    def start(self) -> str:
        """Start the mutant, and wait until it listens."""
        environment = {"ENVIRONMENT": "development", **{name.upper(): text for name, text in self.values.items()}}
        environment |= {} if self._clock is None else self._clock.variables
        self._pid = self._zygote.start(self._command, self.port, environment, self.output)
        self._wait_for(self._pid, self.port)
        return self._command

    def _wait_for(self, pid: int, port: int) -> None:
        end = time.monotonic() + self._patience_seconds
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
                return
            if not _is_alive(pid):
                raise NeverAnswered(f"{self._command} ended before it listened")
            time.sleep(PAUSE_SECONDS)
        raise NeverAnswered(f"{self._command} does not listen")

    def complaint_about(self, settings: Mapping[str, str]) -> str | None:
        """Start another beside it with these settings, and end it; return what it printed if it ended by itself."""
        port = free_port()
        environment = {**{name.upper(): text for name, text in self.values.items()}, **settings}
        with tempfile.NamedTemporaryFile() as printed:
            pid = self._zygote.start(self._command, port, environment, Path(printed.name))
            try:
                self._wait_for(pid, port)
            except NeverAnswered:
                if _is_alive(pid):
                    raise
                return Path(printed.name).read_text(encoding="utf-8")
            finally:
                _end(pid)
        return None

    def stop(self) -> None:
        """End it."""
        if self._pid:
            _end(self._pid)
        self._pid = 0


def _end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    while _is_alive(pid):
        time.sleep(PAUSE_SECONDS)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
