"""A program run to its end, with the time it took and the processor time it used."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
_SAID = 500


@dataclass(frozen=True, slots=True)
class Effort:
    """What a program took."""

    seconds: float
    cpu_seconds: float
    output: str


class ProgramFailed(Exception):  # noqa: N818 -- reads as the fact it states
    """A measured program did not end as it should; its number would mean nothing."""


def run(arguments: Sequence[str], *, accepted: tuple[int, ...] = (0,), folder: Path = ROOT) -> Effort:
    """Run this interpreter with arguments in a folder, which is the project's own if none is given.

    Raises:
        ProgramFailed: it ended otherwise than accepted.
    """
    started, used = time.perf_counter(), _children_cpu_seconds()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(  # noqa: S603 -- our own interpreter, our own arguments
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    effort = Effort(time.perf_counter() - started, _children_cpu_seconds() - used, done.stdout)
    if done.returncode not in accepted:
        said = done.stdout[-_SAID:] + done.stderr[-_SAID:]
        raise ProgramFailed(f"{' '.join(arguments[:4])} ended with {done.returncode}: {said}")
    return effort


def _children_cpu_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system
