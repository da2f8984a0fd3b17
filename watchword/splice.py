"""Make one evidence of several: of the parts of a run, or of a whole run and a newer one of a few of its features.

Sound only while everything that the features ran against is the same; the caller knows.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from watchword.evidence import End, Head, Row, Selection, read_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Rows = list[tuple[str, Row]]


def join(parts: Sequence[Path], into: Path, *, features: str) -> None:
    """Make the evidence of a whole run of the parts that ran at the same time, which are used up.

    Args:
        parts: evidence of some features each.
        into: where the whole is written.
        features: the folder that was run.
    """
    read = [_lines(part) for part in parts]
    head = read[0][0].model_copy(update={"selection": Selection(paths=(features,))})
    rows = [line for _, part_rows, _ in read for line, _ in part_rows]
    _write(into, parts, head, rows, seconds=max(end.seconds for _, _, end in read))


def splice(whole: Path, parts: Sequence[Path]) -> None:
    """Renew in `whole` the features that ran in `parts`, and drop those that are gone; the parts are used up.

    Args:
        whole: evidence of every feature, which is replaced.
        parts: newer evidence of some of them; its head names the feature files there are now.
    """
    read = [_lines(part) for part in parts]
    renewed = [line for _, rows, _ in read for line in rows]
    old_head, rows, end = _lines(whole)
    head = read[0][0].model_copy(update={"selection": old_head.selection})
    kept = [line for line, row in rows if head.features.get(row.uri) == row.digest and row.uri not in _uris(renewed)]
    _write(whole, parts, head, [*kept, *(line for line, _ in renewed)], seconds=end.seconds)


def _write(into: Path, parts: Sequence[Path], head: Head, rows: list[str], *, seconds: float) -> None:
    sealed = "".join(f"{line}\n" for line in [head.model_dump_json(), *rows]).encode()
    seal = End(rows=len(rows), seconds=seconds, sha256=hashlib.sha256(sealed).hexdigest())
    first, *others = parts
    first.write_bytes(sealed + f"{seal.model_dump_json()}\n".encode())
    first.replace(into)
    for part in others:
        part.unlink()


def _lines(evidence: Path) -> tuple[Head, Rows, End]:
    texts = evidence.read_bytes().rstrip(b"\n").split(b"\n")
    first, *middle, last = ((text.decode(), read_line(text)) for text in texts)
    rows = [(text, line) for text, line in middle if isinstance(line, Row)]
    if not isinstance(first[1], Head) or not isinstance(last[1], End):
        raise TypeError(f"{evidence} is no evidence")
    return first[1], rows, last[1]


def _uris(rows: Rows) -> set[str]:
    return {row.uri for _, row in rows}
