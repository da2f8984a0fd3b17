"""What a page shows comes from the specification or from a run: no table, diagram, token or result is typed by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A decision keeps what it was made on; the benchmarks and the kill matrix are written by what measures them.
WRITTEN = [
    path
    for path in sorted((ROOT / "docs").rglob("*.md"))
    if path.parent.name != "decisions" and path.name not in {"benchmarks.md", "kill-matrix.md"}
]
# These are about commands: a table of options is nothing that a scenario could say.
ABOUT_TOOLS = {"conformance.md", "data.md", "reviewing.md", "start.md"}
TYPED = {
    "a table": re.compile(r"^\s*\|", re.MULTILINE),
    "a diagram": re.compile(r"^\s*(```|~~~)\s*mermaid", re.MULTILINE),
    "a token": re.compile(r"\bey[JKw][\w-]{8,}\.[\w-]+"),
    "a verdict": re.compile(r"\b\d+ (scenarios|passed|failed)\b"),
}


def typed_by_hand(text: str) -> list[str]:
    """Name what a page holds that should have come from the specification or from a run."""
    return [name for name, pattern in TYPED.items() if pattern.search(text)]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_typed_that_can_be_shown(path: Path) -> None:
    allowed = ["a table"] if path.name in ABOUT_TOOLS else []
    assert [each for each in typed_by_hand(path.read_text(encoding="utf-8")) if each not in allowed] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("| claim | type |\n|---|---|\n", ["a table"]),
        ("```mermaid\nflowchart\n```\n", ["a diagram"]),
        ("Send `eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhIn0.c2ln`.\n", ["a token"]),
        ("All 1650 scenarios hold.\n", ["a verdict"]),
        ("```watchword\ntable: The claims\n```\n", []),
    ],
)
def test_the_guard_sees_what_is_typed(text: str, found: list[str]) -> None:
    assert typed_by_hand(text) == found
