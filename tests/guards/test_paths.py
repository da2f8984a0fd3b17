"""Nothing that is committed names a path of the machine it was made on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def naming(path: str) -> list[str]:
    """List the tracked files that hold a path."""
    found = subprocess.run(
        ["git", "grep", "--files-with-matches", "--fixed-strings", path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.split()


def test_no_tracked_file_names_where_it_was_made() -> None:
    assert naming(f"{ROOT}/") == []
    assert naming(sys.executable) == []


def test_the_guard_finds_what_is_named() -> None:
    assert "tests/guards/test_paths.py" in naming("test_no_tracked_file_" + "names_where_it_was_made")
