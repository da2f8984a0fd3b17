"""What Start has a reader copy into an empty FastAPI application works as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "fastapi"
START = ROOT / "docs" / "start.md"
PATIENCE_SECONDS = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_answered(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _served(folder: Path, port: int, *application: str, **environment: str) -> Iterator[None]:
    """Run uvicorn in a folder as Start says, until it answers and then until the test is over."""
    command = [sys.executable, "-m", "uvicorn", "--no-proxy-headers", *application, "--port", str(port)]
    log = (folder / f"{port}.log").open("w+", encoding="utf-8")
    inherited = {**os.environ, "ENVIRONMENT": "development", **environment}
    with log, subprocess.Popen(command, cwd=folder, env=inherited, stdout=log, stderr=subprocess.STDOUT) as server:
        try:
            until = time.monotonic() + PATIENCE_SECONDS
            while not _is_answered(port):
                log.seek(0)
                assert server.poll() is None, log.read()
                assert time.monotonic() < until, "the server did not come up"
                time.sleep(0.1)
            yield
        finally:
            server.terminate()


@pytest.fixture
def answers(tmp_path: Path) -> str:
    """What `request.sh` prints against the issuer and the application, each on a port of its own."""
    shutil.copytree(ROOT / "reference_impl" / "api", tmp_path / "access", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(EXAMPLE / "main.py", tmp_path)
    names = [f"http://127.0.0.1:{_free_port()}" for _ in range(2)]
    issuer, api = names
    told = {"ISSUER": issuer, "AUDIENCE": api, "DATABASE_URL": f"sqlite:///{tmp_path}/accounts.db"}
    ports = [int(name.rpartition(":")[2]) for name in names]
    with ExitStack() as servers:
        factory = ("--factory", "reference_impl.issuer:create_app")
        away = tmp_path / "issuer"
        away.mkdir()
        servers.enter_context(_served(away, ports[0], *factory, **told, PYTHONPATH=str(ROOT)))
        servers.enter_context(_served(tmp_path, ports[1], "main:app", **told, PYTHONPATH=""))
        command = ["bash", str(EXAMPLE / "request.sh")]
        environment = {**os.environ, "ISSUER": issuer, "API": api}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def test_a_request_with_a_token_is_answered_and_one_without_is_refused(answers: str) -> None:
    _, granted, refused = re.split(r"With the token:|Without it:", answers)
    assert granted.split()[1] == "200"
    assert re.search(r'\{"orders_of":"[\w-]+"\}', granted)
    assert refused.split()[1] == "401"
    assert '"code":"token_missing"' in refused


@pytest.mark.parametrize("file", ["main.py", "request.sh"])
def test_start_shows_the_very_files(file: str) -> None:
    assert f'--8<-- "examples/fastapi/{file}"' in START.read_text(encoding="utf-8")
