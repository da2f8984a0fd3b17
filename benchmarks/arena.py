"""Real servers on the loopback interface, each a process of its own with one worker, and what they use."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
import venv
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.tokens import AUDIENCE, SUBJECT, Issuer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "locks" / "bench.txt"
HOME = ROOT / "build" / "bench-venv"
_START_SECONDS = 30
_KIBIBYTE = 1024
# No access log and nobody's forwarded headers: alike for all, and nothing of it is authentication.
_UVICORN = ("-m", "uvicorn", "--no-access-log", "--no-proxy-headers", "--log-level", "warning", "--workers", "1")


class ServerMissing(Exception):  # noqa: N818 -- reads as the fact it states
    """A server did not start."""


class Server:
    """One running server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self.port = port

    @property
    def cpu_seconds(self) -> float:
        """Processor time used so far, of the program and of the system for it."""
        # Linux's clock of a process (clock_getcpuclockid(3)): exact, and threads that have ended count too.
        return time.clock_gettime(~self._process.pid << 3 | 2)

    @property
    def resident_bytes(self) -> int:
        """Memory in use."""
        status = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return int(next(line for line in status if line.startswith("VmRSS:")).split()[1]) * _KIBIBYTE


def python() -> Path:
    """Return the interpreter the servers run in, set up first if need be."""
    stamp, wanted = HOME / "installed.txt", LOCK.read_text()
    interpreter = HOME / "bin" / "python"
    if not stamp.is_file() or stamp.read_text() != wanted:
        venv.create(HOME, with_pip=True, clear=True)
        pip = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "--requirement", str(LOCK)], check=True)  # noqa: S603 -- our own interpreter
        stamp.write_text(wanted)
    return interpreter


@contextmanager
def published(issuer_port: int, issuer: Issuer) -> Iterator[None]:
    """Serve the issuer's key set."""

    class Publishing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(issuer.jwk_set)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", issuer_port), Publishing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def served(name: str, issuer: Issuer, folder: Path) -> Iterator[Server]:
    """Start one server by its module's name, or the reference, and stop it."""
    port = free_port()
    command = [str(python()), *_command(name, port)]
    environment = _environment(issuer, folder)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:  # noqa: S603 -- our own servers
        try:
            wait_for(port, lambda: process.poll() is None)
            yield Server(process, port)
        finally:
            process.terminate()


@contextmanager
def generator() -> Iterator[ProcessPoolExecutor]:
    """Start the process the load comes from."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, lives: Callable[[], bool]) -> None:
    """Wait until somebody listens on a port.

    Raises:
        ServerMissing: the process has ended, or half a minute has passed.
    """
    until = time.monotonic() + _START_SECONDS
    while lives() and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise ServerMissing(f"nobody listens on port {port}")


def _command(name: str, port: int) -> list[str]:
    if name == "ceiling":
        return ["-m", "benchmarks.servers.ceiling", str(port)]
    is_reference = name == "reference"
    target = ["--factory", "reference_impl.api:create_app"] if is_reference else [f"benchmarks.servers.{name}:app"]
    return [*_UVICORN, "--port", str(port), *target]


def _environment(issuer: Issuer, folder: Path) -> Mapping[str, str]:
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ENVIRONMENT": "development",
        "ISSUER": issuer.url,
        "AUDIENCE": AUDIENCE,
        "JWKS_URL": f"{issuer.url}/api/auth/jwks",
        "PUBLIC_KEY": issuer.public_pem,
        "SUBJECT": SUBJECT,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'users.sqlite'}",
    }
