"""What the tests of `watchword check` share: the command as a shell runs it, and what is checked by it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVERS = ROOT / "tests/conformance/servers.py"
CHECK = "from conformance.command import app; app(prog_name='watchword check')"


def check(
    party: str, *options: str | Path, folder: Path = ROOT, seconds: int = 120
) -> subprocess.CompletedProcess[str]:
    """Run a check in a folder."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHECK, party, *map(str, options)]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=seconds
    )


def server(kind: str) -> list[str]:
    """Have one of the servers started that no check should pass."""
    return ["--start", f"{sys.executable} {SERVERS} {kind} {{port}}"]
