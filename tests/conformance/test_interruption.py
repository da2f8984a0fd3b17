"""A check that somebody ends, and what it has started."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conformance.shell import ROOT, SERVERS, check, is_left, reference


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


def test_what_stays_after_the_verdict_is_reached_by_the_line_that_sends_it_again(tmp_path: Path) -> None:
    data = tmp_path / "run.json"
    words = ["check", "api", *reference("audience-optional"), "--only", "AUD-01", "--json", str(data), "--stay"]
    command = Path(sys.executable).with_name("watchword")
    with subprocess.Popen([command, *words], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stderr is not None
        try:
            assert any(b"still runs" in line for line in process.stderr)
            rows = json.loads(data.read_text(encoding="utf-8"))["outcomes"]
            line = next(row["curl"] for row in rows if row["decides"])
            *_, header, url = shlex.split(line)
            name, _, value = header.partition(": ")
            sent_again = httpx.get(url, headers={name: value}, trust_env=False)
        finally:
            process.terminate()
    assert (sent_again.status_code, process.returncode) == (200, 1)
    assert not is_left("mutant_server")


def test_what_leaves_the_command_that_started_it_is_ended_too() -> None:
    done = check("api", "--start", f"setsid {sys.executable} {SERVERS} never-listens {{port}} & exit 0")
    assert (done.returncode, "ended with code 0" in done.stderr) == (3, True), done.stderr
    assert not is_left("servers.py\0never-listens")
