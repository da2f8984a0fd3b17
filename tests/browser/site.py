"""A built site as the browser tests see it."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

Scheme = Literal["light", "dark"]
PHONE, DESK = 390, 1440
HEIGHT = 900  # pixels
LEFT_OUT = "X-Left-Out"
"""Marks the requests of a visit without extras."""

_DIAGRAM = re.compile(r'<pre class="diagram"><code>(.*?)</code></pre>', re.DOTALL)
_DRAW = """async (most) => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const tab of document.querySelectorAll(".tabbed-block")) tab.style.display = "block";
  const figures = [...document.querySelectorAll(".ww-diagram")].slice(0, most);
  for (const figure of figures) {
    figure.scrollIntoView();
    for (let turn = 0; turn < 400 && !figure.dataset.state; turn += 1) {
      await new Promise((next) => setTimeout(next, 25));
    }
  }
  return figures.map((figure) => {
    const box = figure.querySelector("svg")?.getBoundingClientRect();
    const isDrawn = figure.dataset.state === "drawn" && box && box.width > 40 && box.height > 40;
    return isDrawn ? "drawn" : `not drawn: ${figure.textContent}`;
  });
}"""
_FOLLOW = """async (address) => {
  const before = document.querySelector("article");
  const link = Object.assign(document.createElement("a"), { href: address });
  before.append(link);
  const isThere = new Promise((settle) => {
    const seen = () => document.querySelector("article") !== before && settle(true);
    new MutationObserver(seen).observe(document.body, { childList: true, subtree: true });
    setTimeout(settle, 20000, false);
  });
  link.click();
  return await isThere && location.href === address;
}"""


@dataclass(frozen=True)
class Site:
    """Where a site lies and where it is served."""

    folder: Path
    url: str

    @property
    def paths(self) -> list[str]:
        """Name every page."""
        found = sorted(self.folder.rglob("index.html"))
        return [f"{path.relative_to(self.folder).as_posix().removesuffix('index.html')}" for path in found]

    def source(self, path: str) -> str:
        """Read a page's HTML as built."""
        return (self.folder / path / "index.html").read_text(encoding="utf-8")

    def diagrams(self, path: str) -> list[str]:
        """List the Mermaid sources of a page."""
        return [html.unescape(each) for each in _DIAGRAM.findall(self.source(path))]

    @property
    def paths_with_diagrams(self) -> list[str]:
        """Name the pages that hold diagrams."""
        return [path for path in self.paths if self.diagrams(path)]

    @property
    def some_with_diagrams(self) -> list[str]:
        """Name those of them that people wrote, and the first of each folder that was generated."""
        paths = self.paths_with_diagrams
        folders = {path.rsplit("/", 2)[0]: path for path in reversed(paths) if path.startswith("specification/")}
        return [*(path for path in paths if not path.startswith("specification/")), *folders.values()]


@dataclass
class Visit:
    """A page in a browser that reaches nothing but the sites, and what it tried and said."""

    page: Page
    site: Site
    scheme: Scheme = "light"
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page and wait until it is there."""
        self.page.goto(self.site.url + path, wait_until="load")
        return self.page

    def follow(self, path: str) -> Page:
        """Click a link to a page, which is put in this one's place, and wait until it is there."""
        assert self.page.evaluate(_FOLLOW, self.site.url + path), f"a link to {path} does not lead there"
        return self.page

    def leave_out_extras(self) -> None:
        """From here on, do without an index to search and an engine that draws more than blanks: both cost time."""
        self.page.set_extra_http_headers({LEFT_OUT: "yes"})

    def wear(self, scheme: Scheme) -> None:
        """Have the page follow a system that is light or dark."""
        self.scheme = scheme
        self.page.emulate_media(color_scheme=scheme)
        palette = {"light": "default", "dark": "slate"}[scheme]
        self.page.wait_for_selector(f'body[data-md-color-scheme="{palette}"]')

    def draw(self, most: int = 20) -> list[str]:
        """Open everything, bring the first diagrams into view, and say of each whether it was drawn."""
        states: list[str] = self.page.evaluate(_DRAW, most)
        return states

    def note(self, request: Request) -> None:
        """Note a request to elsewhere; the browser reaches nobody there."""
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.foreign.append(request.url)


@contextmanager
def visiting(
    browser: Browser, site: Site, *, width: int = DESK, scheme: Scheme = "light", script: bool = True
) -> Iterator[Visit]:
    """Open a browser window on a site."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, java_script_enabled=script
    )
    visit = Visit(context.new_page(), site, scheme)
    visit.page.on("request", visit.note)
    visit.page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    context.close()
