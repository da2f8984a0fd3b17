"""Two sites, built once: the real one, and the sample whose run is partly red; and a Chromium to look at them with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.site import Site
from tests.site.sample import ROOT, mkdocs, quiet_environment, sample_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

CANDIDATES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Find the browser, or say what to install."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in ([named] if named else CANDIDATES) if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            f"No Chromium was found ({named or ', '.join(CANDIDATES)}): install it (Debian: apt install chromium), "
            "or name one: CHROMIUM=/path/to/chromium make test",
            pytrace=False,
        )
    return found


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def _served(folder: Path) -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def watchword(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real site, built strictly."""
    folder = tmp_path_factory.mktemp("watchword")
    evidence = ROOT / "build" / "evidence.ndjson"
    if evidence.is_file():  # what of it still holds need not run again
        shutil.copy(evidence, folder)
    with _served(folder / "site") as site:  # first: instant navigation compares addresses with the one built for
        environment = {
            **quiet_environment(),
            "WATCHWORD_EVIDENCE": str(folder / "evidence.ndjson"),
            "SITE_URL": site.url,
        }
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site.folder)]
        built = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
        assert built.returncode == 0, built.stderr
        yield site


@pytest.fixture(scope="session")
def turnstile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample's site, with red, skipped and missing scenarios, and every awkward character."""
    project = sample_project(tmp_path_factory.mktemp("turnstile"))
    built = mkdocs(project, "build", "--strict")
    assert built.returncode == 0, built.stderr
    with _served(project / "site") as site:
        yield site


@pytest.fixture(scope="session", params=["watchword", "turnstile"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each of the two sites."""
    found: Site = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()
