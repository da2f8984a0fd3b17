"""The results file: what was measured, when, on what, at which commit."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.measurement import Aim, Row, Spread

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results.json"
_PACKAGES = ("fastapi", "uvicorn", "PyJWT", "cryptography", "mkdocs", "mkdocs-material", "pytest", "pytest-bdd")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and when a benchmark ran.

    Args:
        load: processes that wanted a processor, on average over the minute before and the minute at the end.
    """

    taken_at: str
    commit: str
    python: str
    processors: int
    processor: str
    load: tuple[float, float]
    rounds: int
    packages: dict[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """One benchmark's rows and their circumstances."""

    rows: tuple[Row, ...]
    circumstances: Circumstances


def circumstances(*, load_before: float, rounds: int) -> Circumstances:
    """Describe this machine and this moment."""
    return Circumstances(
        taken_at=datetime.now(UTC).isoformat(timespec="minutes"),
        commit=_git("rev-parse", "--short", "HEAD") + ("+" if _git("status", "--porcelain", "reference_impl") else ""),
        python=platform.python_version(),
        processors=os.cpu_count() or 1,
        processor=_processor(),
        load=(round(load_before, 1), round(load_average(), 1)),
        rounds=rounds,
        packages={name: version(name) for name in _PACKAGES},
    )


def load_average() -> float:
    """Return the machine's load over the last minute."""
    return os.getloadavg()[0]


def save(results: dict[str, Measured], path: Path = RESULTS) -> None:
    """Write the results, rounded to what they are worth."""
    tree = {name: asdict(one) for name, one in results.items()}
    path.write_text(json.dumps(_rounded(tree), indent=1, ensure_ascii=False) + "\n")


def load(path: Path = RESULTS) -> dict[str, Measured]:
    """Read the results; none where none were taken."""
    if not path.is_file():
        return {}
    return {name: _measured(one) for name, one in json.loads(path.read_text()).items()}


def _measured(one: dict[str, Any]) -> Measured:
    about = one["circumstances"]
    return Measured(tuple(map(_row, one["rows"])), Circumstances(**{**about, "load": tuple(about["load"])}))


def _row(row: dict[str, Any]) -> Row:
    ratio, aim = row["ratio"], row["aim"]
    return Row(
        row["name"],
        Spread(**row["value"]),
        row["unit"],
        row["against"],
        Spread(**ratio) if ratio else None,
        Aim(**aim) if aim else None,
        row["subject"],
    )


def _rounded(tree: object) -> object:
    if isinstance(tree, dict):
        return {name: _rounded(value) for name, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_rounded(value) for value in tree]
    return float(f"{tree:.4g}") if isinstance(tree, float) else tree


def _git(*arguments: str) -> str:
    program = shutil.which("git")
    if program is None:
        return ""
    command = [program, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 -- git
    return done.stdout.strip()


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
