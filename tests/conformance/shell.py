"""What the tests of `watchword check` share: the command as a shell runs it, and what is checked by it."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).parents[2]
SERVERS = ROOT / "tests/conformance/servers.py"
REFERENCE = f"ENVIRONMENT=development {sys.executable} -m tests.conformance.mutant_server '{{id}}' {{{{port}}}}"


def check(
    party: str, *options: str | Path, folder: Path = ROOT, seconds: int = 300
) -> subprocess.CompletedProcess[str]:
    """Run a check in a folder; after so many seconds it is ended."""
    words, process = [party, *map(str, options)], _forking()
    with tempfile.TemporaryDirectory() as kept:
        order = {"words": words, "folder": str(folder), "kept": kept, "seconds": seconds}
        print(json.dumps(order), file=process.stdin, flush=True)
        assert process.stdout
        code = int(process.stdout.readline())
        stdout, stderr = (Path(kept, name).read_text(encoding="utf-8") for name in ("stdout", "stderr"))
    return subprocess.CompletedProcess(words, code, stdout, stderr)


def check_faults(
    party: str, start: Sequence[str], tags: Iterable[str], folder: Path
) -> tuple[subprocess.CompletedProcess[str], set[str]]:
    """Check some requirements alone; return what was printed, and of which of them a scenario decided against it."""
    data, asked = folder / "run.json", set(tags)
    only = [word for tag in asked for word in ("--only", tag)]
    done = check(party, *start, *only, "--json", data)
    assert data.exists(), done.stderr
    rows = json.loads(data.read_text(encoding="utf-8"))["outcomes"]
    return done, asked & {tag for row in rows if row["decides"] for tag in row["requirements"]}


@cache
def _forking() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.conformance.forking"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.communicate()


def reference(id_: str = "") -> list[str]:
    """Have the reference started, or the mutant of an id, which serves what any check wants."""
    return ["--start", REFERENCE.format(id=id_), "--path", "/me", "--public-path", "/"]


def server(kind: str) -> list[str]:
    """Have one of the servers started that no check should pass."""
    return ["--start", f"{sys.executable} {SERVERS} {kind} {{port}}"]


def is_left(mark: str) -> bool:
    """Return whether a process runs that has a text in its command line."""
    lines = (path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.parent.exists())
    try:
        return any(mark.encode() in line for line in lines)
    except OSError:
        return False
