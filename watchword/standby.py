"""A pytest standing by, and the runs it is asked for (see watchword.recorder.standby for what it does)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from watchword.recorder.standby import ENDED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LINES_KEPT = 30
_PATIENCE_SECONDS = 5


@dataclass(frozen=True)
class Share:
    """Some features, and where the evidence of their run is written; paths are relative to the project's root."""

    paths: tuple[str, ...]
    evidence: str


class Standby:
    """A pytest in a process of its own, which lives until it is closed.

    Args:
        root: the project's root, where pytest runs.
        features: the features' folder below it.
    """

    def __init__(self, root: Path, features: str) -> None:
        reads, writes = os.pipe()
        plugin, options = "watchword.recorder.standby", ("-q", "-p", "no:cacheprovider")
        self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own arguments
            [sys.executable, "-m", "pytest", features, "-p", plugin, "--standby", str(reads), *options],
            cwd=root,
            env=_environment(root),
            pass_fds=[reads],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        os.close(reads)
        self._orders = os.fdopen(writes, "w", encoding="utf-8")

    def run(self, shares: Sequence[Share]) -> tuple[list[int], str]:
        """Run shares at the same time, what they print shown as it comes.

        Returns:
            How each ended, in pytest's exit codes, and the last lines printed. Where pytest could not be configured,
            one code alone: that with which it ended.
        """
        with suppress(BrokenPipeError):  # it has ended: its output says why
            self._orders.write(json.dumps([{"paths": share.paths, "evidence": share.evidence} for share in shares]))
            self._orders.write("\n")
            self._orders.flush()
        last: deque[str] = deque(maxlen=_LINES_KEPT)
        for line in self._process.stdout or ():
            if line.startswith(ENDED):
                return json.loads(line.removeprefix(ENDED)), _told(last)
            sys.stderr.write(line)
            last.append(line)
        return [self._process.wait()], _told(last)

    def close(self) -> None:
        """End the process; whoever it runs for now gets no answer."""
        with suppress(BrokenPipeError):
            self._orders.close()
        try:
            self._process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _told(lines: deque[str]) -> str:
    return "".join(lines).strip()


def _environment(root: Path) -> dict[str, str]:
    # Byte code beside the sources would look like a change to whoever watches them; without any, every start is slow.
    environment = {"PYTHONPYCACHEPREFIX": str(root / "build" / "pycache"), **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment
