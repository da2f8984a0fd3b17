"""The pages below each index, in the site's navigation and on the index itself."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, Protocol

from watchword.escaping import markdown_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchword.book import Page as BookPage

SPECIFICATION = "specification/index.md"


class SiteFile(Protocol):
    """A page's source, as a site generator holds it."""

    name: str
    src_uri: str

    @property
    def content_string(self) -> str:
        """Its text."""


_CONTENTS = "<!-- the pages of this folder -->"
_FIRST_SENTENCE = re.compile(r"^# .+\n\n(?P<sentence>[A-Z`](?:.|\n(?!\n))*?\.)(?=\s)", re.MULTILINE)


def sections(nav: list[Any], files: Sequence[SiteFile], printed: Sequence[BookPage]) -> list[Any]:
    """Open every index that the navigation names into a section with the pages below it."""
    return [_opened(item, files, printed) for item in nav]


def _opened(item: Any, files: Sequence[SiteFile], printed: Sequence[BookPage]) -> Any:  # noqa: ANN401 -- a generator leaves it untyped
    if isinstance(item, dict):
        return {title: _below(what, files, printed) for title, what in item.items()}
    return {"": _below(item, files, printed)} if str(item).endswith("/index.md") else item


def _below(what: Any, files: Sequence[SiteFile], printed: Sequence[BookPage]) -> Any:  # noqa: ANN401 -- as above
    if isinstance(what, list):
        return sections(what, files, printed)
    return _section(what, files, printed) if str(what).endswith("/index.md") else what


def _section(index: str, files: Sequence[SiteFile], printed: Sequence[BookPage]) -> list[Any]:
    if index != SPECIFICATION:
        return [index, *({_title(file): file.src_uri} for file in _beside(index, files))]
    section: list[Any] = [index]
    groups: dict[str, list[Any]] = {}
    for page in printed:
        if page.source:
            groups.setdefault(page.group, []).append({page.title: page.path})
    for name, features in groups.items():
        section += [{name: features}] if name else features
    return section


def with_contents(markdown: str, file: SiteFile, files: Sequence[SiteFile]) -> str:
    """List the pages beside this one, where it asks for them, and lead to one from each cell that names it."""
    if _CONTENTS not in markdown:
        return markdown
    lines = []
    for each in _beside(file.src_uri, files):
        title, where = _title(each), posixpath.basename(each.src_uri)
        lines.append(f"- [{title}]({where}){_beginning(each)}")
        cell = markdown_text(title)
        markdown = markdown.replace(f"| {cell} |", f"| [{cell}]({where}) |")
    return markdown.replace(_CONTENTS, "\n".join(sorted(lines)))


def _beside(index: str, files: Sequence[SiteFile]) -> list[SiteFile]:
    folder = posixpath.dirname(index)
    found = (file for file in files if posixpath.dirname(file.src_uri) == folder)
    return sorted((file for file in found if file.src_uri != index), key=lambda file: file.src_uri)


def _beginning(file: SiteFile) -> str:
    """Tell a page's first sentence, where it begins with prose."""
    found = _FIRST_SENTENCE.search(file.content_string)
    return f": {' '.join(found['sentence'].split())}" if found else ""


def _title(file: SiteFile) -> str:
    heading = next((line for line in file.content_string.splitlines() if line.startswith("# ")), file.name)
    return heading.removeprefix("# ").strip()
