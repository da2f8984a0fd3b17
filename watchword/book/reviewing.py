"""What a reviewer needs besides the scenarios: every phrase they are made of, and differences told before."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from textwrap import indent
from typing import TYPE_CHECKING

from watchword.book.book import page_path
from watchword.book.escaping import markdown_text
from watchword.book.rendering import render_html, render_markdown
from watchword.specification.document import slug
from watchword.vocabulary import Phrase, sentences, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from watchword.book.book import Book
    from watchword.specification import Feature

    Link = Callable[[str], str]

TYPES = {"given": "Given", "when": "When", "then": "Then", "any": "Given, When or Then"}
_PLACEHOLDER = re.compile(r"\{(\w+)(?::\w+)?\}")
_HEADING = re.compile(r"^#{3,4} (.+)$")
_CODE = re.compile(f"{markdown_text('`')}(.+?){markdown_text('`')}")
_TICKS = re.compile(r"^`{3,}")


@dataclass(frozen=True)
class Use:
    """How often a feature says a phrase, and where it can be read."""

    name: str
    where: str
    count: int


def dictionary(book: Book, link: Link) -> str:
    """Print every phrase: how it is said, what it means, how often and where.

    Raises:
        VocabularyError: the step definitions cannot be imported.
    """
    features = book.specification.features
    said = {feature.uri: [(step.kind, text) for step, text, _ in sentences(feature)] for feature in features}
    every = {sentence for found in said.values() for sentence in found}
    known = vocabulary(book.specification.root, _settings(book.specification.root), every)
    uses: dict[int, Counter[str]] = defaultdict(Counter)
    for uri, found in said.items():
        for sentence in found:
            uses[next(iter(known.meant[sentence]), -1)][uri] += 1
    phrases = sorted(enumerate(known.phrases), key=lambda each: each[1].text.casefold())
    pages = {feature.uri: feature for feature in features}
    groups = [
        {
            "name": name,
            "phrases": [_phrase(each, uses[number], pages, link) for number, each in phrases if each.type == type_],
        }
        for type_, name in TYPES.items()
    ]
    return render_markdown(
        "dictionary.md.jinja",
        groups=[group for group in groups if group["phrases"]],
        phrases=len(phrases),
        said=len(every),
    )


def _phrase(phrase: Phrase, uses: Counter[str], pages: Mapping[str, Feature], link: Link) -> dict[str, str]:
    listed = [
        Use(markdown_text(pages[uri].name), link(page_path(pages[uri])), count) for uri, count in uses.most_common()
    ]
    return {
        "anchor": slug(f"{phrase.type} {phrase.text}"),
        "text": render_html("phrase.jinja", parts=list(_parts(phrase.text))),
        "meaning": _CODE.sub(r"<code>\1</code>", markdown_text(phrase.meaning.partition("\n\n")[0])),
        "place": phrase.place.partition(":")[0],
        "uses": render_markdown("uses.md.jinja", total=uses.total(), uses=listed).strip(),
    }


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Take a phrase apart into its words and the places it leaves open."""
    for number, part in enumerate(_PLACEHOLDER.split(text)):
        if part:
            yield part, bool(number % 2)


def _settings(root: Path) -> Mapping[str, object]:
    path = root / "pyproject.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def difference(root: Path, name: str) -> str:
    """Print a difference that was told before, from its file; empty when there is no such file."""
    path = root / name
    return _inset(_text(path)) if path.is_file() else ""


def differences(root: Path, name: str) -> str:
    """Print each difference of a folder, folded under its name; empty when there is none."""
    return "\n".join(_folded(path) for path in sorted((root / name).glob("*.md")))


def _folded(path: Path) -> str:
    title = markdown_text(path.stem.replace("-", " ").capitalize())
    return f'??? example "{title}"\n\n{indent(_inset(_text(path)), "    ")}'


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _inset(text: str) -> str:
    """Take the headings out of a text that is printed within another, where they would be that one's."""
    lines: list[str] = []
    in_code = False
    for line in text.splitlines()[1:]:
        in_code ^= bool(_TICKS.match(line))
        heading = None if in_code else _HEADING.match(line)
        lines += [f"**{heading[1]}**", "{ .ww-part }"] if heading else [line]
    return "\n".join(lines).strip() + "\n"
