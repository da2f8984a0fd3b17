"""Code of the project on a page: cut out of its file when the page is made, so that it is what runs."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from textwrap import dedent
from typing import TYPE_CHECKING

from watchword.book.escaping import markdown_text

if TYPE_CHECKING:
    from watchword.book.book import Book

LANGUAGES = {".ts": "ts", ".tsx": "tsx", ".mjs": "js", ".py": "python", ".json": "json", ".toml": "toml", ".sh": "sh"}
_REFERENCE = '<details class="mkdocstrings-source">'
_NUMBERED = re.compile(
    r'<table class="highlighttable"><tr><td class="linenos">.*?</td><td class="code">(.*?)</td></tr></table>', re.DOTALL
)
# Names and spaces, which have the colour of all text.
_PLAIN = re.compile(r'<span class="(?:nx?|w)">([^<]*)</span>')
_COMMENTS = ("//", "/*", "*", "#")
_CLOSERS = (")", "}", "]")


class ListingError(LookupError):
    """There is no such code; the message says what there is instead."""


def listing(book: Book, name: str) -> str:
    """Print the code that begins on the one line which holds a text: `path: text`, or a whole file: `path`.

    Raises:
        ListingError: there is no such file, or not exactly one such line in it.
    """
    path, _, wanted = (part.strip() for part in name.partition(": "))
    try:
        lines = (book.specification.root / path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ListingError(f"there is no text file {path!r}; write `listing: path` or `listing: path: text`") from None
    code = dedent("\n".join(_block(lines, wanted, path) if wanted else lines)).strip("\n")
    where = markdown_text(path)
    caption = f"[{where}]({book.repository_url}{path})" if book.repository_url else f"`{path}`"
    language = LANGUAGES.get(PurePosixPath(path).suffix, "")
    # Code is read where it stands; in the search it would outweigh what is said of it.
    block = f'<div data-search-exclude markdown="1">\n\n```{language}\n{code}\n```\n\n</div>'
    return f"{block}\n\n{caption}\n{{ .ww-caption-code }}\n"


def lightened(html: str) -> str:
    """Take from a page's code what a reader does not see, and from a reference's what nobody looks for.

    Half of the elements of a page of code colour it as it is without; the numbers of lines of a file that is quoted in
    pieces make a table of each. What a reference quotes stays out of the search, and has no button to copy it.
    """
    quoted = html.replace(_REFERENCE, '<details class="mkdocstrings-source no-copy" data-search-exclude>')
    return _PLAIN.sub(r"\1", _NUMBERED.sub(r"\1", quoted))


def _block(lines: list[str], wanted: str, path: str) -> list[str]:
    """Cut out a line with the comment above it, what is indented below it, and the bracket that closes it."""
    found = [number for number, line in enumerate(lines) if wanted in line and not _is_comment(line)]
    if len(found) != 1:
        raise ListingError(f"{len(found)} lines of {path} hold {wanted!r}; name a text that one line holds")
    first = last = found[0]
    while first and _is_comment(lines[first - 1]):
        first -= 1
    depth = _depth(lines[last])
    while last + 1 < len(lines) and (not lines[last + 1].strip() or _depth(lines[last + 1]) > depth):
        last += 1
    is_closed = last + 1 < len(lines) and lines[last + 1].lstrip().startswith(_CLOSERS)
    if is_closed and _depth(lines[last + 1]) == depth and last > found[0]:
        last += 1
    return lines[first : last + 1]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(_COMMENTS)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
