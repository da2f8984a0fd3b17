"""A check that somebody ends, and what it has started."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.conformance.shell import SERVERS, check, is_left

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_run_that_is_ended_has_no_verdict_and_says_what_it_saw(name: str, code: int, tmp_path: Path) -> None:
    start = f"exec env ENVIRONMENT=development {sys.executable} -m tests.conformance.dying_server 3 {{port}} {name}"
    data = tmp_path / "run.json"
    done = check("api", "--start", start, "--path", "/me", "--only", "AUD-02", "--json", data)
    assert done.returncode == code, done.stdout + done.stderr
    assert "INTERRUPTED, so there is no verdict" in done.stdout
    assert not data.exists()
    assert "Traceback" not in done.stderr
    assert not is_left("dying_server")


def test_what_leaves_the_command_that_started_it_is_ended_too() -> None:
    done = check("api", "--start", f"setsid {sys.executable} {SERVERS} never-listens {{port}} & exit 0")
    assert (done.returncode, "ended with code 0" in done.stderr) == (3, True), done.stderr
    assert not is_left("servers.py\0never-listens")
