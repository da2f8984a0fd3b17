"""The layout of tables and the order of tags: all that is mended without asking, as it says nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from watchword.lint.findings import Finding
from watchword.tags import LEVELS, REQUIREMENT_ID, Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchword.lint.subject import Subject
    from watchword.specification import Examples, Feature, Rule, Scenario, Step

CELL_END = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_LEVELS = [level.lower() for level in LEVELS]
_PARTIES = get_args(Party)


@dataclass(frozen=True)
class _Mend:
    """What some lines are, by their numbers from 0, and what they should be."""

    lines: dict[int, str]
    sentence: str


def layout(subject: Subject) -> Iterator[Finding]:
    """Columns are aligned; a rule's tags stand as id, level, sources, party, and then the others."""
    documents = _documents(subject)
    for feature in subject.features:
        lines = _lines(subject.contents[feature.uri])
        for mend in _mends(feature, lines, documents):
            yield Finding(feature.uri, min(mend.lines) + 1, "layout", f"{mend.sentence} — run `watchword lint --fix`")


def mended(subject: Subject) -> dict[str, bytes]:
    """Give the files whose layout differs from what it should be, as they should be."""
    documents, found = _documents(subject), {}
    for feature in subject.features:
        lines = _lines(subject.contents[feature.uri])
        better = {number: text for mend in _mends(feature, lines, documents) for number, text in mend.lines.items()}
        if better:
            text = "".join(_replaced(line, better.get(number)) for number, line in enumerate(lines))
            found[feature.uri] = text.encode()
    return found


def _documents(subject: Subject) -> frozenset[str]:
    return frozenset(document.name for document in subject.register.documents) if subject.register else frozenset()


def _lines(content: bytes) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", content.decode())


def _replaced(line: str, better: str | None) -> str:
    return line if better is None else f"{better}{_ending(line)}"


def _ending(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _mends(feature: Feature, lines: list[str], documents: frozenset[str]) -> Iterator[_Mend]:
    for numbers in _tables(feature, lines):
        aligned = laid_out([lines[number] for number in numbers])
        better = {n: text for n, text in zip(numbers, aligned, strict=True) if lines[n].rstrip("\r\n") != text}
        if better:
            yield _Mend(better, "the table's columns are not aligned")
    for number in _tag_lines(feature, lines):
        tags = lines[number].split()
        ordered = sorted(tags, key=lambda tag: _rank(tag.removeprefix("@"), documents))
        text = _indent(lines[number]) + " ".join(ordered)
        if lines[number].rstrip("\r\n") != text:
            yield _Mend({number: text}, "the tags are not in order")


def _tables(feature: Feature, lines: list[str]) -> Iterator[list[int]]:
    """Find the lines of each table: they follow its first one, with nothing but blanks and comments between."""
    backgrounds = (feature.background, *(rule.background for rule in feature.rules))
    yield from (table for steps in backgrounds for table in _step_tables(steps, lines))
    for _, scenario in feature.placed_scenarios():
        yield from _step_tables(scenario.steps, lines)
        for examples in scenario.examples:
            if examples.rows:
                yield _rows_from(examples.line, len(examples.rows) + 1, lines)


def _step_tables(steps: Iterable[Step], lines: list[str]) -> Iterator[list[int]]:
    yield from (_rows_from(step.table.line - 1, len(step.table.rows), lines) for step in steps if step.table)


def _rows_from(start: int, count: int, lines: list[str]) -> list[int]:
    rows = (number for number in range(start, len(lines)) if lines[number].lstrip().startswith("|"))
    return [number for number, _ in zip(rows, range(count), strict=False)]


def laid_out(rows: list[str]) -> list[str]:
    """Lay out rows in columns; a row that ends in something else than its last cell is left alone, with its table."""
    cells = [_cells(row) for row in rows]
    if any(row is None for row in cells) or len({len(row) for row in cells if row}) != 1:
        return [row.rstrip("\r\n") for row in rows]
    table = [row for row in cells if row is not None]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    indent = _indent(rows[0])
    return [f"{indent}| {' | '.join(map(_padded, row, widths))} |" for row in table]


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _cells(row: str) -> list[str] | None:
    text = row.strip()
    ends = [found.end() for found in CELL_END.finditer(text)]
    if not ends or ends[-1] != len(text):
        return None
    return [text[begin : end - 1].strip() for begin, end in pairwise(ends)]


def _width(text: str) -> int:
    """Count the columns a text takes where every letter is as wide as another, East Asian ones twice."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _tag_lines(feature: Feature, lines: list[str]) -> Iterator[int]:
    """Find the lines of tags above whatever may carry some; one with a comment in it is left alone."""
    scenarios = [scenario for _, scenario in feature.placed_scenarios()]
    examples = [each for scenario in scenarios for each in scenario.examples]
    tagged: list[Feature | Rule | Scenario | Examples] = [feature, *feature.rules, *scenarios, *examples]
    for part in tagged:
        if not part.tags:
            continue
        number = part.line - 2
        while number >= 0 and lines[number].lstrip()[:1] in {"@", "#", ""}:
            if lines[number].lstrip().startswith("@") and "#" not in lines[number]:
                yield number
            number -= 1


def _rank(tag: str, documents: frozenset[str]) -> int:
    """Order tags as a reader asks: which requirement, how binding, who says so, whose duty."""
    if REQUIREMENT_ID.fullmatch(tag):
        return 0
    if tag in _LEVELS:
        return 1
    if tag.partition("-")[0] in documents:
        return 2
    return 3 if tag in _PARTIES else 4


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
