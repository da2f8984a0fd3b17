"""The server follows what is saved, and outlives what is wrong."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.site.sample import quiet_environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_SECONDS = 60
FEATURE = "features/gate/turnstile.feature"
PAGE = "specification/gate/turnstile/"


@pytest.fixture
def url(project: Path) -> Iterator[str]:
    """The sample, served as `make serve` does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--dev-addr", address]
    with (project / "serve.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=project, env=quiet_environment(), stdout=log, stderr=log)
    yield f"http://{address}/"
    server.terminate()
    server.wait(timeout=PATIENCE_SECONDS)


def _shows(url: str, words: str, *, shown: bool = True) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310  (our own server)
                if (words in answer.read().decode()) is shown:
                    return True
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.1)
    return False


def _save(project: Path, old: str, new: str) -> None:
    path = project / FEATURE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_server_follows_a_save_and_outlives_a_mistake(project: Path, url: str) -> None:
    assert _shows(url + PAGE, "✗ 1 failed, 1 skipped, 3 passed")

    _save(project, "When a visitor does button", "When a visitor does push")
    assert _shows(url + PAGE, "1 skipped, 4 passed")
    assert _shows(url + "results/", "✗ 1 failed, 1 skipped, 10 passed")

    _save(project, "    Scenario: The tariffs", "    Scenarioo: The tariffs")
    assert _shows(url + PAGE, "could not be read or run")
    assert _shows(url, f"{FEATURE}:")

    _save(project, "Scenarioo:", "Scenario:")
    assert _shows(url + PAGE, "could not be read or run", shown=False)
    assert _shows(url, "could not be read or run", shown=False)
    assert "Traceback" not in (project / "serve.log").read_text(encoding="utf-8")
