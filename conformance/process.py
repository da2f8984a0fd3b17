"""The backend as a process: started by a command, waited for, and stopped with all that it started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shlex
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from conformance.errors import BadInvocation, NeverAnswered
from conformance.interruption import undisturbed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LOOPBACK = "127.0.0.1"
LOOPBACKS = {LOOPBACK: LOOPBACK, "::1": "[::1]"}
"""Where a server may listen, and how a URL writes that; `localhost` is either of them."""

PAUSE_SECONDS = 0.05
GRACE_SECONDS = 3.0
LAST_BREATH_SECONDS = 0.5
TOLD_LINES = 8
PR_SET_CHILD_SUBREAPER = 36


def free_port() -> int:
    """Return a port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


NAMED: Final = re.compile(r"(?<![{$])\{([a-z_]+)\}(?!\})")
"""A name in braces, alone: all others, as ${PORT}, are the shell's or the program's own."""


class Process:
    """A command in a process group of its own.

    Args:
        command: what a shell runs; `{name}` stands for the value of that name.
        values: what the command's braces and, in capitals, its environment hold.
        output: the file that what it prints is added to.
        preamble: what the shell runs first.

    Raises:
        BadInvocation: the command names something that has no value.
    """

    def __init__(self, command: str, values: Mapping[str, str], output: Path, *, preamble: str = "") -> None:
        self._output = output.open("a+b")
        self._begun = self._output.tell()
        line = _filled(command, values)
        # A line is to be there when it is printed, not when a buffer is full.
        environment = {"PYTHONUNBUFFERED": "1"} | os.environ | {name.upper(): value for name, value in values.items()}
        self.command = line
        self._mark = f"PORT={values.get('port')}".encode()
        adopt_orphans()
        self._process = subprocess.Popen(  # noqa: S602 -- the user's own command line, in the user's own shell
            preamble + line,
            shell=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def has_ended(self) -> bool:
        """Whether the command itself has come to an end."""
        return self._process.poll() is not None

    def wait_for(self, port: int, *, patience_seconds: float) -> str:
        """Wait until somebody listens on a port of the loopback, and return the host as a URL writes it.

        Raises:
            NeverAnswered: the command ended first, or the time is over.
        """
        end = time.monotonic() + patience_seconds
        while time.monotonic() < end:
            for address, host in LOOPBACKS.items():
                with contextlib.suppress(OSError), socket.create_connection((address, port), timeout=1):
                    return host
            if self.has_ended:
                code = self._process.returncode
                how = "" if code else " — have it stay in the foreground"
                raise NeverAnswered(
                    f"`{self.command}` ended with code {code} before it listened on port {port}{how}{self.told()}"
                )
            time.sleep(PAUSE_SECONDS)
        raise NeverAnswered(
            f"`{self.command}` runs, but nobody listens on port {port} after {patience_seconds:g} seconds — "
            f"does the command use {{port}} or the environment's PORT?{self.told()}"
        )

    def told(self) -> str:
        """Return the last lines the command printed, for a person to read."""
        if self._output.closed:
            return ""
        self._output.seek(self._begun)
        lines = self._output.read().decode("utf-8", "replace").strip().splitlines()[-TOLD_LINES:]
        return "".join(f"\n    | {line}" for line in lines)

    @property
    def obituary(self) -> str:
        """How the command came to its end and what it printed last, or nothing while it runs."""
        # Its line breaks a moment before it is gone.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=LAST_BREATH_SECONDS)
            return f" `{self.command}` ended with code {self._process.returncode}.{self.told()}"
        return ""

    def stop(self) -> None:
        """Stop the command and every process it started, those that left its group too; wait until they are gone."""
        with undisturbed():
            pids: set[int] = set()
            for number in (signal.SIGTERM, signal.SIGKILL):
                pids |= self._family()
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._process.pid, number)
                for pid in pids:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, number)
                if _are_gone(pids):
                    break
            self._process.wait()
            self._output.close()

    def _family(self) -> set[int]:
        # Who detached itself from a command that has ended is ours by now, and known by the port that it was given.
        adopted = (pid for pid in _descendants(os.getpid()) if self._mark in _environment(pid))
        return {self._process.pid, *_descendants(self._process.pid), *adopted}


def _descendants(pid: int) -> list[int]:
    """List the children of a process and theirs, where the system tells (Linux)."""
    found: list[int] = []
    # A child belongs to the thread that started it, and Go and Java have any thread do that.
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, path.read_text(encoding="ascii").split())
    return [each for child in found for each in (child, *_descendants(child))]


def _filled(command: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            known = ", ".join(f"{{{name}}}" for name in values)
            raise BadInvocation(f"--start holds {found[0]}, which means nothing — known are {known}")
        return shlex.quote(values[found[1]])

    return NAMED.sub(value, command)


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _are_gone(pids: Collection[int]) -> bool:
    end = time.monotonic() + GRACE_SECONDS
    left = set(pids)
    while left and time.monotonic() < end:
        left = {pid for pid in left if _is_alive(pid)}
        time.sleep(PAUSE_SECONDS if left else 0)
    return not left


def _is_alive(pid: int) -> bool:
    # An orphan is ours to bury since `adopt_orphans`; a dead process that nobody buries would look alive.
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def adopt_orphans() -> None:
    """Become the parent of every process whose own parent ends, where the system can do that (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
