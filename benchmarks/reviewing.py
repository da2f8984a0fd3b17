"""What a reviewer waits for: `watchword diff` and `watchword lint`, and how it grows with the scenarios."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.child import run
from benchmarks.measurement import Aim, Row, Samples, ratio, rounds, spread
from watchword.specification import read

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SCENARIOS = 500
_COMMAND = ("-c", "from watchword.cli import main; main()")
_GIT = ("git", "-c", "user.name=bench", "-c", "user.email=bench@example.test")
_SECONDS = "s of processor time"
# Findings are no matter of this benchmark.
_ENDS = (0, 1)
_SCENARIO = re.compile(r"^( *Scenario(?: Outline)?: .*)$", re.MULTILINE)
_START, _LINT, _DIFF, _DIFF_ALL = (
    "the start alone",
    "lint",
    "diff, one feature in ten changed",
    "diff, every scenario changed",
)


def measure(round_count: int) -> list[Row]:
    """Judge and compare projects of several sizes, taking turns; the start of the program is part of it."""
    with TemporaryDirectory() as folder:
        subjects = {_START: (ROOT, [*_COMMAND, "--version"])}
        for count in (SCENARIOS, 2 * SCENARIOS):
            few, many = (_project(Path(folder) / f"{count}-{step}", count, step) for step in (10, 1))
            subjects[f"{_LINT}: {count:,} scenarios"] = (few, [*_COMMAND, "lint"])
            subjects[f"{_DIFF}: {count:,} scenarios"] = (few, [*_COMMAND, "diff", "HEAD"])
            subjects[f"{_DIFF_ALL}: {count:,} scenarios"] = (many, [*_COMMAND, "diff", "HEAD"])
        for root, arguments in subjects.values():  # what lint keeps of the step definitions is there from now on
            run(arguments, accepted=_ENDS, folder=root)
        samples: Samples = {name: [] for name in subjects}
        for name, (root, arguments) in rounds(subjects, round_count):
            samples[name].append(run(arguments, accepted=_ENDS, folder=root).cpu_seconds)
    return [Row(_START, spread(samples[_START]), _SECONDS), *_rows(samples)]


def _rows(samples: Samples) -> Iterator[Row]:
    for act in (_LINT, _DIFF, _DIFF_ALL):
        half, whole = (f"{act}: {count:,} scenarios" for count in (SCENARIOS, 2 * SCENARIOS))
        yield Row(half, spread(samples[half]), _SECONDS, aim=Aim("at most", 1))
        yield Row(whole, spread(samples[whole]), _SECONDS, half, ratio(samples, whole, half), Aim("at most", 2.1))


def _project(folder: Path, count: int, step: int) -> Path:
    """Lay out a project of so many scenarios in a repository, one feature in so many changed since its commit."""
    folder.mkdir()
    for name in ("pyproject.toml", "features/register.toml"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for name in ("steps", "reference_impl"):
        (folder / name).symlink_to(ROOT / name)
    written = list(_copies(folder, count))
    for command in (["init", "--quiet"], ["add", "features", "pyproject.toml"], ["commit", "--quiet", "-m", "base"]):
        subprocess.run([*_GIT, *command], cwd=folder, check=True)  # noqa: S603 -- git, our own arguments
    for path in written[::step]:
        path.write_text(_SCENARIO.sub(r"\1, again", path.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def _copies(folder: Path, count: int) -> Iterator[Path]:
    """Copy the project's own features, again and again, until there are so many scenarios."""
    features = read(ROOT).features
    copied = turn = 0
    while copied < count:
        for feature in features:
            path = folder / feature.uri.replace(".feature", f"_{turn}.feature")
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / feature.uri, path)
            yield path
            copied += sum(1 for _ in feature.placed_scenarios())
            if copied >= count:
                return
        turn += 1
