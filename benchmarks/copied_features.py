"""Copy a project's features again and again, with the evidence of their run."""

from __future__ import annotations

import hashlib
import json
from itertools import cycle, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVIDENCE = "build/evidence.ndjson"


def copy_features(source: Path, project: Path, count: int, *, of: int | None = None) -> None:
    """Lay out so many features and their evidence.

    Args:
        source: the project that has been run.
        project: the folder to lay them out in.
        count: how many; each is copied as often as it takes.
        of: how many of the project's features; all if none is given.
    """
    head, *rows, end = (json.loads(line) for line in (source / EVIDENCE).read_text(encoding="utf-8").splitlines())
    of_feature: dict[str, list[dict[str, object]]] = {uri: [] for uri in sorted(head["features"])[:of]}
    for row in rows:
        of_feature.get(row["uri"], []).append(row)
    copied: dict[str, str] = {}
    lines: list[dict[str, object]] = []
    for number, uri in enumerate(islice(cycle(of_feature), count)):
        turn = number // len(of_feature)
        copy = uri.replace("features/", f"features/turn-{turn}/", 1)
        (project / copy).parent.mkdir(parents=True, exist_ok=True)
        (project / copy).write_bytes((source / uri).read_bytes())
        copied[copy] = head["features"][uri]
        lines += [row | {"uri": copy} for row in of_feature[uri]]
    sealed = b"".join(_as_lines([head | {"features": copied}, *lines]))
    seal = end | {"rows": len(lines), "sha256": hashlib.sha256(sealed).hexdigest()}
    (project / "evidence.ndjson").write_bytes(sealed + b"".join(_as_lines([seal])))


def _as_lines(values: list[dict[str, object]]) -> Iterator[bytes]:
    yield from (json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)
