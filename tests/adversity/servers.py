"""The README's servers as processes of their own, on free ports of the loopback interface."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
README_PORTS = {"issuer": 8100, "api": 8200}
LONGEST_START_SECONDS = 60
LONGEST_STOP_SECONDS = 20


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Tell whether nobody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def written_command(party: str) -> list[str]:
    """Return the words of the README's command that starts a party."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.search(rf"^.*uvicorn .*--factory reference_impl\.{party}:.*$", text, re.MULTILINE)
    assert found is not None, f"the README starts no {party}"
    return shlex.split(found[0])


@dataclass
class Server:
    """One process that serves a party.

    Args:
        party: `issuer` or `api`.
        ports: the port of the issuer, and of the API that its tokens are for.
        port: where this process listens.
        folder: where it runs, and keeps what it keeps.
    """

    party: str
    ports: Mapping[str, int]
    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it as the README says."""
        settings, command = self._command()
        with (self.folder / f"{self.party}-{self.port}.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            AssertionError: it ended instead, or answers too late; with what it printed.
        """
        assert self.process is not None
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(httpx.TransportError):
                httpx.get(self.url)
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / f"{self.party}-{self.port}.log").read_text(encoding="utf-8"))

    def stop(self) -> None:
        """Stop this process, by its id, and wait until it is gone."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(LONGEST_STOP_SECONDS)

    def _command(self) -> tuple[dict[str, str], list[str]]:
        words = [self._here(word) for word in written_command(self.party)]
        start = next(index for index, word in enumerate(words) if "=" not in word)
        settings = dict(word.split("=", 1) for word in words[:start])
        command = [str(Path(sys.executable).with_name("uvicorn")), *words[start + 1 :]]
        command[command.index("--port") + 1] = str(self.port)
        return settings, command

    def _here(self, word: str) -> str:
        for party, port in README_PORTS.items():
            word = word.replace(f"127.0.0.1:{port}", f"127.0.0.1:{self.ports[party]}")
        return word


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    """Run servers, and stop every one of them whatever happens."""
    try:
        for server in servers:
            server.start()
        for server in servers:
            server.wait()
        yield
    finally:
        for server in servers:
            server.stop()
