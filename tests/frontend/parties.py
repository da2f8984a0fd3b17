"""The two servers, as processes; each can be stopped and started again."""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Self

import httpx

ROOT = Path(__file__).parents[2]
APPLICATION = ROOT / "examples/nextjs-better-auth"
PICTURES = ROOT / "build/pictures/frontend"
TOKEN_LIFETIME_SECONDS = 5
_START_SECONDS = 180


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Parties:
    """Frontend and API on ports of their own, with an empty database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.api_port = free_port(), free_port()
        self.url, self.api_url = f"http://localhost:{self.port}", f"http://localhost:{self.api_port}"
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.start_api()
        self.start_frontend()
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self._processes):
            self._stop(name)

    @property
    def environment(self) -> dict[str, str]:
        """What the frontend is started with."""
        return {
            **os.environ,
            "ISSUER": self.url,
            "API_URL": self.api_url,
            "PORT": str(self.port),
            "DATABASE_URL": str(self.folder / "frontend.sqlite"),
            "BETTER_AUTH_SECRET": _SECRET,
            "ACCESS_TOKEN_LIFETIME_SECONDS": str(TOKEN_LIFETIME_SECONDS),
        }

    def start_api(self) -> None:
        """Start the reference API, which grants no token a second beyond its life."""
        environment = {**os.environ, "WATCHWORD_ISSUER": self.url, "WATCHWORD_AUDIENCE": self.api_url}
        command = [sys.executable, "-m", "tests.frontend.api", str(self.api_port)]
        self._start("api", command, environment, ROOT, f"{self.api_url}/")

    def stop_api(self) -> None:
        """Let nobody answer in the API's place."""
        self._stop("api")

    def start_frontend(self) -> None:
        """Start the built application."""
        self._start("frontend", ["node", "scripts/start.mjs"], self.environment, APPLICATION, f"{self.url}/sign-in")

    def stop_frontend(self) -> None:
        """Let nobody answer in the frontend's place."""
        self._stop("frontend")

    def _start(self, name: str, command: list[str], environment: dict[str, str], cwd: Path, url: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=log, stderr=log)
        self._processes[name] = process
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if httpx.get(url, timeout=5).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.2)
        raise RuntimeError((self.folder / f"{name}.log").read_text(encoding="utf-8")[-2000:])

    def _stop(self, name: str) -> None:
        process = self._processes.pop(name)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Away:
    """The sessions' table under another name, as after a migration that stopped half way."""

    def __init__(self, database: Path) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._rename("session", "session_away")

    def __exit__(self, *_: object) -> None:
        self._rename("session_away", "session")

    def _rename(self, name: str, other: str) -> None:
        with closing(sqlite3.connect(self._database, timeout=10, isolation_level=None)) as connection:
            connection.execute(f"ALTER TABLE {name} RENAME TO {other}")


_SECRET = secrets.token_hex(32)
