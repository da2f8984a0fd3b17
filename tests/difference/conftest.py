"""A sample project and what its scenarios did, and the command as a shell sees it."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from typing import TYPE_CHECKING
from unittest import mock

from tests.site.sample import quiet_environment
from watchword.cli import main

if TYPE_CHECKING:
    from pathlib import Path

PYTEST = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:schemathesis", "-p", "no:hypothesispytest"]
EVIDENCE = "build/evidence.ndjson"


def run_scenarios(project: Path) -> None:
    """Run a project's scenarios, red or green, and keep their evidence in it."""
    command = [*PYTEST, "--evidence", EVIDENCE]
    subprocess.run(command, cwd=project, env=quiet_environment(), capture_output=True, check=False)


def watchword(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder, within this process."""
    code, out, err = 0, io.StringIO(), io.StringIO()
    command = ["watchword", *arguments]
    plain = mock.patch.dict("os.environ", {"SITE_URL": "", "TERM": "dumb"})
    streams = contextlib.redirect_stdout(out), contextlib.redirect_stderr(err)
    with contextlib.chdir(folder), mock.patch.object(sys, "argv", command), plain, streams[0], streams[1]:
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(command, code, out.getvalue(), err.getvalue())
