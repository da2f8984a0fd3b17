"""A page with a hundred diagrams, in a real browser: when it can be read, and how it scrolls."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.child import ROOT, run
from benchmarks.measurement import Aim, Row, Samples, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

DIAGRAMS = 100
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_CONFIG = """\
site_name: A hundred diagrams
theme: {name: material, font: false, palette: {scheme: default, primary: custom, accent: custom}}
plugins: [search]
extra_css: [assets/watchword.css]
extra_javascript: [assets/diagrams.js]
"""
_READABLE, _LONGEST, _LATE, _DRAWN = (
    f"a page of {DIAGRAMS} diagrams: its text is there",
    "scrolled from its top to its end: the longest wait for a frame",
    "frames that came later than 50 ms",
    "then all diagrams in view are drawn",
)
_SCROLL = """async () => {
  const waits = [];
  let before = await new Promise(requestAnimationFrame);
  while (scrollY + innerHeight < document.documentElement.scrollHeight - 1) {
    scrollBy(0, 120);
    const now = await new Promise(requestAnimationFrame);
    waits.push(now - before);
    before = now;
  }
  const ended = performance.now();
  const seen = ({ top, bottom }) => bottom > 0 && top < innerHeight;
  const figures = [...document.querySelectorAll(".ww-diagram")];
  const left = () => figures.some((each) => seen(each.getBoundingClientRect()) && !each.dataset.state);
  while (left()) await new Promise((next) => setTimeout(next, 10));
  const late = waits.filter((wait) => wait > 50).length;
  return [Math.max(...waits), 100 * late / waits.length, performance.now() - ended];
}"""


def measure(round_count: int) -> list[Row]:
    """Open the page anew in each round, and scroll through it a hundred and twenty pixels a frame."""
    samples: Samples = {name: [] for name in (_READABLE, _LONGEST, _LATE, _DRAWN)}
    with TemporaryDirectory() as folder, _served(_built(Path(folder))) as url, sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, _BROWSERS)))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(round_count):
            for name, value in zip(samples, _visit(browser, url), strict=True):
                samples[name].append(value)
        browser.close()
    return [
        Row(_READABLE, spread(samples[_READABLE]), "s", aim=Aim("at most", 1)),
        Row(_LONGEST, spread(samples[_LONGEST]), "ms", aim=Aim("at most", 100)),
        Row(_LATE, spread(samples[_LATE]), "% of all", aim=Aim("at most", 1)),
        Row(_DRAWN, spread(samples[_DRAWN]), "ms"),
    ]


def _visit(browser: Browser, url: str) -> tuple[float, ...]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url, wait_until="domcontentloaded")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    painted: float = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.wait_for_selector(".ww-diagram[data-state=drawn]")
    page.wait_for_timeout(500)
    longest, late, drawn = page.evaluate(_SCROLL)
    page.close()
    return painted / 1000, longest, late, drawn


def _built(folder: Path) -> Path:
    """Build the page with what draws diagrams on the real site."""
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    engine = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
    shutil.copy(engine, folder / "docs" / "assets" / "diagrams-engine.js")
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("\n\n".join(["# Diagrams", *map(_section, range(DIAGRAMS))]))
    run(["-m", "mkdocs", "build", "--quiet"], folder=folder)
    return folder / "site"


def _section(number: int) -> str:
    calls = "".join(
        f"\n  Ada->>Issuer: POST /access-token ({number}.{turn})\n  Issuer-->>Ada: 200 OK: an access token"
        f"\n  Ada->>API: GET /me with token {turn}\n  API-->>Ada: {'200 OK' if turn % 2 else '401 token_expired'}"
        for turn in range(3)
    )
    source = f"sequenceDiagram\n  participant Ada\n  participant Issuer\n  participant API{calls}"
    figure = f'<figure class="ww-diagram"><pre class="diagram"><code>{source}</code></pre></figure>'
    return f"## Exchange {number}\n\nWhat Ada, the issuer and the API say to each other.\n\n{figure}"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
