"""The twins of a whole site, laid beside its pages, and the list of them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from watchword.exports.files import written
from watchword.exports.llms import LLMS, PAGES, Listed, about, llms_txt, within
from watchword.exports.twins import twin, twin_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from watchword.book import Book

TWIN_PLACE = "<!--twin-->"


class SiteTwins:
    """The twins of the pages of one site.

    Args:
        folder: where the site is built.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._about: dict[str, str] = {}

    def add(self, book: Book | None, path: str, page: str, html: str, whole: str) -> str:
        """Write the twin of one page.

        Args:
            book: where a feature's page comes from.
            path: the page's source, below the site's root.
            page: the page itself, below the site's root.
            html: what a site generator made of it, without what surrounds it on every page.
            whole: the page with that.

        Returns: the whole page with two ways to the twin, in its head for programs and at its end for people.
        """
        at = twin_path(page)
        text = twin(book, path, html)
        written(self._folder / at, text)
        self._about[path] = about(book, path, text)
        # Two words, since the theme takes every `rel="alternate"` for another language, and asks for its map of pages.
        head = f'<link rel="alternate markdown" type="text/markdown" href="{posixpath.basename(at)}">'
        shown = f' <a href="{posixpath.basename(at)}">This page as Markdown</a>'
        return whole.replace("</head>", f"{head}</head>", 1).replace(TWIN_PLACE, shown, 1)

    def write_list(self, name: str, summary: str, nav: Iterable[Any], site: str) -> None:
        """Write `llms.txt`.

        Args:
            nav: the site's navigation, whose items are pages, sections of pages, or links elsewhere.
            site: the address the site is published at; empty gives relative addresses.
        """
        written(self._folder / LLMS, llms_txt(name, summary, self._listed(nav, PAGES), site))

    def _listed(self, items: Iterable[Any], section: str) -> Iterator[Listed]:
        for item in items:
            if item.is_section:
                yield from self._listed(item.children, within(section, item.title))
            elif item.is_page and item.file.src_uri in self._about:
                yield Listed(section, item.title, twin_path(item.file.dest_uri), self._about[item.file.src_uri])
