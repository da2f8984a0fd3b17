"""The sample project, fresh for each test that breaks it, and once as a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.sample import ROOT, built_sample, read_sample, sample_project

if TYPE_CHECKING:
    from pathlib import Path

    from watchword.book import Book


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sample project to break."""
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(ROOT / "build" / "pycache"))
    return sample_project(tmp_path)


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book of the sample, run once."""
    return read_sample(built_sample(tmp_path_factory))
