"""Build the site once and keep the Markdown of every page: as MkDocs got it, and with the evidence in its place.

`python -m benchmarks.pages_of_site PAGES WHOLE SITE` names the three folders to write to.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import BasePlugin, event_priority

from watchword.book import filled
from watchword.mkdocs_plugin import WatchwordPlugin

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_LAST = -100
_MODULE = re.compile(r"^::: ", re.MULTILINE)


class Keeping(BasePlugin):  # type: ignore[type-arg]
    """Write each page's Markdown to a folder, when all other plugins are done with it."""

    def __init__(self, folder: Path, whole: Path, press: WatchwordPlugin) -> None:
        super().__init__()
        self._folder = folder
        self._whole = whole
        self._press = press

    @event_priority(_LAST)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep one page."""
        del config, files
        evidence = self._press._evidence.get(page.file.src_uri, {})  # noqa: SLF001 -- what it puts into the HTML
        for folder, text in ((self._folder, markdown), (self._whole, filled(markdown, evidence))):
            path = folder / page.file.src_uri
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return markdown

    @event_priority(_LAST)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep what another plugin made of a module, whose Markdown only names it, as the HTML that it became."""
        del config, files
        if _MODULE.search(page.markdown or ""):
            for folder in (self._folder, self._whole):
                (folder / page.file.src_uri).write_text(html)
        return html


def main(pages: str, whole: str, site: str) -> None:
    """Build the project's site."""
    config = load_config("mkdocs.yml", site_dir=site)
    press = config.plugins["watchword"]
    assert isinstance(press, WatchwordPlugin)  # noqa: S101 -- as mkdocs.yml says
    config.plugins["keeping"] = Keeping(Path(pages), Path(whole), press)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


if __name__ == "__main__":
    main(*sys.argv[1:])
