"""Two sites, built once: the real one, and the sample whose run is partly red; and a Chromium to look at them with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.site import LEFT_OUT, Site
from tests.site.once import once
from tests.site.sample import ROOT, built_sample, quiet_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CANDIDATES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BUILT = "WATCHWORD_SITE"
"""Names the folder of the real site where that is built already, as `make test` does."""
HOSTS = {"watchword": "watchword.example", "turnstile": "turnstile.example"}
"""Where the sites are published; instant navigation compares addresses with the one that a site is built for."""
_NO_INDEX = {"config": {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}, "docs": []}
_BLANK = "async () => ({ svg: '<svg viewBox=\"0 0 9 9\"/>' })"
EMPTY = {
    "search_index.json": json.dumps(_NO_INDEX),
    "diagrams-engine.js": f"window.mermaid = {{ initialize() {{}}, render: {_BLANK} }};",
}
"""What a visit without extras is served: an index of nothing, and an engine that draws blanks."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=HttpsUpgrades",
    "--js-flags=--single-threaded-gc",  # beside each other, helper threads only take turns
    # A published site is served over TLS, where scripts may do more.
    f"--unsafely-treat-insecure-origin-as-secure={','.join(f'http://{host}' for host in HOSTS.values())}",
]


def chromium() -> str:
    """Find the browser, or say what to install."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in ([named] if named else CANDIDATES) if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            f"No Chromium was found ({named or ', '.join(CANDIDATES)}): install it "
            "(Debian: apt install chromium-headless-shell), or name one: CHROMIUM=/path/to/chromium make test",
            pytrace=False,
        )
    return found


class _Hosting(SimpleHTTPRequestHandler):
    """Answers for each host from its own folder, over connections that stay open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    folders: ClassVar[dict[str, Path]] = {}
    empty: ClassVar[Path]

    def translate_path(self, path: str) -> str:
        """Look below the folder of the host that is asked for, or in that of the empty files for who wants them."""
        is_left_out = LEFT_OUT in self.headers and path.rpartition("/")[2] in EMPTY
        self.directory = str(self.empty if is_left_out else self.folders[self.headers["Host"]])
        path = "/" + path.rpartition("/")[2] if is_left_out else path
        return super().translate_path(path)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve both sites on a port of the loopback."""
    _Hosting.empty = tmp_path_factory.mktemp("empty")
    for name, text in EMPTY.items():
        (_Hosting.empty / name).write_text(text, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Hosting)
    server.daemon_threads = True  # a connection that the browser keeps open is nothing to wait for
    server.block_on_close = False
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def _published(name: str, folder: Path) -> Site:
    host = HOSTS[name]
    _Hosting.folders[host] = folder
    return Site(folder, f"http://{host}/")


@pytest.fixture(scope="session")
def watchword(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The real site, built strictly."""
    named = os.environ.get(BUILT)
    folder = Path(named) if named else once(tmp_path_factory, "watchword", _build)
    return _published("watchword", folder)


def _build(folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(
        command, cwd=ROOT, env=quiet_environment(), capture_output=True, text=True, timeout=600, check=False
    )
    assert built.returncode == 0, built.stderr


@pytest.fixture(scope="session")
def turnstile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample's site, with red, skipped and missing scenarios, and every awkward character."""
    return _published("turnstile", built_sample(tmp_path_factory) / "site")


@pytest.fixture(scope="session", params=["watchword", "turnstile"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each of the two sites."""
    found: Site = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def browser(port: int) -> Iterator[Browser]:
    """One headless Chromium for all tests, to which there is nothing in the world but the two sites."""
    rules = [f"MAP {host}:80 127.0.0.1:{port}" for host in HOSTS.values()]
    network = f"--host-resolver-rules={', '.join([*rules, 'MAP * ~NOTFOUND'])}"
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*FLAGS, network])
        yield started
        started.close()
