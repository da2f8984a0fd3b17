"""What the diff says of ten constructed changes is what was approved; `APPROVE=1` writes it anew, to be read."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.difference.conftest import EVIDENCE, run_scenarios, watchword
from tests.difference.constructed import APPROVED, CHANGES, Change, project

if TYPE_CHECKING:
    from pathlib import Path

TIME = re.compile(r"\(\d{4}-\d\d-\d\d \d\d:\d\d UTC\)")
SITE = "https://watchword.example/"


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_a_constructed_change_is_told_as_approved(change: Change, tmp_path: Path) -> None:
    project(tmp_path / "base")
    run_scenarios(project(tmp_path / "head", change))
    done = watchword(tmp_path, "diff", "base", "head", "--evidence", f"head/{EVIDENCE}", "--site", SITE)
    said = TIME.sub("(2026-11-23 12:00 UTC)", done.stdout)
    approved = APPROVED / f"{change.name}.md"
    if os.environ.get("APPROVE"):
        approved.write_text(said, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert said == approved.read_text(encoding="utf-8")
