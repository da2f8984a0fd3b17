"""Put the evidence of a few features in the place of their older evidence, in the evidence of a whole run.

Sound only while everything the other features ran against is unchanged; the caller knows.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from watchword.evidence import LINE, End, Head, Row

if TYPE_CHECKING:
    from pathlib import Path


def splice(whole: Path, part: Path) -> None:
    """Renew in `whole` the features that ran in `part`, and drop those that are gone; `part` is used up.

    Args:
        whole: evidence of every feature, which is replaced.
        part: newer evidence of some of them; its head names the feature files there are now.
    """
    head, renewed, _ = _lines(part)
    old_head, rows, end = _lines(whole)
    head = head.model_copy(update={"selection": old_head.selection})
    kept = [line for line, row in rows if head.features.get(row.uri) == row.digest and row.uri not in _uris(renewed)]
    lines = [head.model_dump_json(), *kept, *(line for line, _ in renewed)]
    sealed = "".join(f"{line}\n" for line in lines).encode()
    seal = End(rows=len(lines) - 1, seconds=end.seconds, sha256=hashlib.sha256(sealed).hexdigest())
    part.write_bytes(sealed + f"{seal.model_dump_json()}\n".encode())
    part.replace(whole)


def _lines(evidence: Path) -> tuple[Head, list[tuple[str, Row]], End]:
    texts = evidence.read_text(encoding="utf-8").splitlines()
    first, *middle, last = ((text, LINE.validate_json(text)) for text in texts)
    rows = [(text, line) for text, line in middle if isinstance(line, Row)]
    if not isinstance(first[1], Head) or not isinstance(last[1], End):
        raise TypeError(f"{evidence} is no evidence")
    return first[1], rows, last[1]


def _uris(rows: list[tuple[str, Row]]) -> set[str]:
    return {row.uri for _, row in rows}
