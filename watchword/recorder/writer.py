"""Write the evidence of a run: into a temporary file first, in its place only when it is whole."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from watchword import EVIDENCE_FORMAT
from watchword.digest import digest_bytes, digest_tree
from watchword.recorder.collector import features_folder, left_out
from watchword.specification import feature_paths
from watchword.suites import suites

if TYPE_CHECKING:
    import pytest

    from watchword.evidence import Json


HALF_A_PAIR = re.compile("[\ud800-\udfff]")


class EvidenceWriter:
    """One evidence file in the making."""

    def __init__(self, path: Path, head: Json) -> None:
        self._path = path
        self._started = perf_counter()
        self._digest = hashlib.sha256()
        self._rows = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115  (closed by `finish`)
        self._write(as_line(head))

    def add_row(self, line: str) -> None:
        """Add one row, already JSON."""
        self._rows += 1
        self._write(line)

    def finish(self) -> None:
        """Seal the file and put it in its place."""
        seconds = round(perf_counter() - self._started, 6)
        end = {"kind": "end", "rows": self._rows, "seconds": seconds, "sha256": self._digest.hexdigest()}
        self._write(as_line(end))
        self._file.close()
        Path(self._file.name).chmod(0o644)
        Path(self._file.name).replace(self._path)

    def _write(self, line: str) -> None:
        content = f"{line}\n".encode()
        self._digest.update(content)
        self._file.write(content)


def as_line(value: Json) -> str:
    """Write one line of evidence; half of a surrogate pair, which UTF-8 cannot hold, is spelled out."""
    line = json.dumps(value, ensure_ascii=False)
    return HALF_A_PAIR.sub(lambda match: f"\\\\u{ord(match[0]):04x}", line)


def head_of(config: pytest.Config) -> Json:
    """Describe a run about to start: what of, when, from which bytes."""
    root = config.rootpath
    commit = _git(root, "rev-parse", "HEAD")
    return {
        "kind": "head",
        "format": EVIDENCE_FORMAT,
        "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit,
        "is_dirty": bool(commit and _git(root, "status", "--porcelain")),
        "python": platform.python_version(),
        "selection": _selection(config),
        "features": {
            path.relative_to(root).as_posix(): digest_bytes(path.read_bytes())
            for path in feature_paths(root, features_folder(config))
        },
        "trees": {name: digest_tree(root / name) for name in _inputs(config) if (root / name).is_dir()},
    }


def _inputs(config: pytest.Config) -> dict[str, None]:
    """Name the folders a run depends on: those of every run, and those of the suites that were asked for."""
    absent = left_out(config)
    asked = [suite for suite in suites(config.rootpath) if suite not in absent]
    return dict.fromkeys([*config.getini("evidence_digests"), *(name for suite in asked for name in suite.inputs)])


def _selection(config: pytest.Config) -> Json:
    option = config.option
    return {"paths": list(config.args), "keyword": option.keyword, "marker": option.markexpr}


def _git(root: Path, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    command = [git, "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (fixed arguments)
    return done.stdout.strip() if done.returncode == 0 else None
