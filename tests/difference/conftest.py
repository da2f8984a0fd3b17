"""A sample project and what its scenarios did, and the command as a shell sees it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PYTEST = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:schemathesis", "-p", "no:hypothesispytest"]
EVIDENCE = "build/evidence.ndjson"


def run_scenarios(project: Path) -> None:
    """Run a project's scenarios, red or green, and keep their evidence in it."""
    subprocess.run([*PYTEST, "--evidence", EVIDENCE], cwd=project, env=environment(), capture_output=True, check=False)


def watchword(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    command = [sys.executable, "-c", "from watchword.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)


def environment() -> dict[str, str]:
    """Take our own test run's settings away from the programs we start."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "SITE_", "GITHUB_"))}
