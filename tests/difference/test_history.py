"""The worked example of the Reviewing page: what the command says of a commit of this repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.difference.conftest import watchword
from tests.difference.test_constructed import SITE

ROOT = Path(__file__).parents[2]
BASE, HEAD = "bd20bc1ea6e2", "215145c4ffb8"
APPROVED = ROOT / "tests/approved/history/bound-an-outage.md"


def is_here(commit: str) -> bool:
    """Say whether this clone holds a commit, which a shallow one need not."""
    return not subprocess.run(["git", "cat-file", "-e", commit], cwd=ROOT, capture_output=True, check=False).returncode


def test_a_commit_of_this_repository_is_told_as_approved() -> None:
    said = APPROVED.read_text(encoding="utf-8") if APPROVED.exists() else ""
    if is_here(BASE) and is_here(HEAD):
        done = watchword(ROOT, "diff", BASE, HEAD, "--evidence", "no.ndjson", "--site", SITE)
        assert (done.returncode, done.stderr) == (0, "")
        if os.environ.get("APPROVE"):
            APPROVED.write_text(done.stdout, encoding="utf-8")
        said = done.stdout
    assert said == APPROVED.read_text(encoding="utf-8")
    assert "Renamed and changed" in said
