"""The words of the glossary, explained where they are first said in each part of a page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cached_property

_ENTRY = re.compile(
    r"^\*\*(?P<words>[^*\n]+)\*\* \{ #(?P<anchor>[\w-]+) (?P<plain>\.plain )?\}\n: +(?P<says>.+)$", re.MULTILINE
)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"(<[^>]+>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
# What is code, a name or a link already is left as it is; so is what is printed, not written: tables, steps, captions.
_LEFT = frozenset(
    {
        "a",
        "button",
        "code",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "label",
        "ol",
        "pre",
        "script",
        "strong",
        "summary",
        "svg",
        "table",
    }
)
_OURS = ('<p class="ww-', '<span class="ww-', '<div class="ww-table')


@dataclass(frozen=True)
class Term:
    """One entry: its word, its permalink on the glossary's page, and what it says, as plain text."""

    word: str
    anchor: str
    says: str


@dataclass(frozen=True)
class Glossary:
    """The entries whose words are explained on other pages."""

    terms: tuple[Term, ...]

    @cached_property
    def _by_word(self) -> dict[str, Term]:
        return {term.word.lower(): term for term in self.terms}

    @cached_property
    def _words(self) -> re.Pattern[str]:
        longest_first = sorted(self._by_word, key=len, reverse=True)
        return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})(?:e?s)?\b", re.IGNORECASE)

    def explained(self, page: str, address: str) -> str:
        """Make of each word, where a part of a page first says it, a link that explains it.

        Args:
            page: the page's HTML.
            address: where the glossary is, from that page.
        """
        if not self.terms:
            return page
        said: set[str] = set()
        left, depth = "", 0
        pieces = _TAG.split(page)
        for place, piece in enumerate(pieces):
            if not piece.startswith("<"):
                if not depth:
                    pieces[place] = self._words.sub(lambda found: self._marked(found, said, address), piece)
                continue
            name = match[1].lower() if (match := _NAME.match(piece)) else ""
            if name == "h2":
                said.clear()
            if not depth and (name in _LEFT or piece.startswith(_OURS)) and not piece.startswith("</"):
                left, depth = name, 1
            elif depth and name == left:
                depth += -1 if piece.startswith("</") else 1
        return "".join(pieces)

    def _marked(self, found: re.Match[str], said: set[str], address: str) -> str:
        term = self._by_word[found[1].lower()]
        if term.anchor in said:
            return found[0]
        said.add(term.anchor)
        return f'<a class="ww-term" href="{address}#{term.anchor}" title="{html.escape(term.says)}">{found[0]}</a>'


def read_glossary(markdown: str) -> Glossary:
    """Read the entries of a glossary page: a definition list whose terms have permalinks.

    An entry whose permalink is followed by `.plain` stands in the list only, since its word is an ordinary one too.
    """
    return Glossary(
        tuple(
            Term(entry["words"], entry["anchor"], _LINK.sub(r"\1", entry["says"]).replace("`", ""))
            for entry in _ENTRY.finditer(markdown)
            if not entry["plain"]
        )
    )
