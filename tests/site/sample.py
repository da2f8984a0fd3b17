"""A sample project in a folder of its own, and the programs a reader starts there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.site.once import once
from watchword.publication import Publication

if TYPE_CHECKING:
    import pytest

    from watchword.book import Book

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "turnstile"


def sample_project(folder: Path) -> Path:
    """Copy the sample, dressed as the real site is."""
    project = folder / "turnstile"
    shutil.copytree(SAMPLE, project, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "assets", project / "docs" / "assets", dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", project / "shared.yml")
    (project / "engine.js").symlink_to(ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js")
    return project


def built_sample(factory: pytest.TempPathFactory) -> Path:
    """Return the sample, run and built strictly; all workers share it, and none changes it."""
    return once(factory, "sample", _build) / "turnstile"


def read_sample(project: Path) -> Book:
    """Read a sample that has been run."""
    publication = Publication(
        root=project,
        features="features",
        evidence="build/evidence.ndjson",
        inputs=("features", "steps"),
        register="features/register.toml",
    )
    with publication:
        return publication.publish("never")


def _build(folder: Path) -> None:
    shutil.rmtree(folder / "turnstile", ignore_errors=True)
    built = mkdocs(sample_project(folder), "build", "--strict")
    assert built.returncode == 0, built.stderr


def mkdocs(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs as a reader does."""
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(
        command, cwd=project, env=quiet_environment(), capture_output=True, text=True, timeout=120, check=False
    )


def quiet_environment() -> dict[str, str]:
    """Take our own test run's settings away from the programs we start."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "WATCHWORD_"))}
    byte_code = {"PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache")}
    return {**kept, **byte_code, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
