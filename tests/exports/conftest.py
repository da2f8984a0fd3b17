"""The sample project run once: its book, as every format is made of it, and the folder it lies in."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.site.sample import built_sample, read_sample
from watchword.book import Book
from watchword.run import load

SITE = "https://gates.example/docs/"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's folder, of this worker alone."""
    mine = tmp_path_factory.mktemp("exports") / "turnstile"
    return Path(shutil.copytree(built_sample(tmp_path_factory), mine, symlinks=True))


@pytest.fixture(scope="session")
def book(sample: Path) -> Book:
    """The book of the sample: nine green scenarios, two red, one skipped."""
    return read_sample(sample)


@pytest.fixture(scope="session")
def partial(sample: Path, book: Book) -> Book:
    """The same book of a run that reached nothing but the gate's states."""
    head, *rows, _ = (sample / "build" / "evidence.ndjson").read_bytes().splitlines(keepends=True)
    kept = [row for row in rows if b"states.feature" in row]
    sealed = b"".join([head, *kept])
    end = {"kind": "end", "rows": len(kept), "seconds": 0.5, "sha256": hashlib.sha256(sealed).hexdigest()}
    evidence = sample / "build" / "partial.ndjson"
    evidence.write_bytes(sealed + json.dumps(end).encode() + b"\n")
    return Book(book.specification, load(evidence, book.specification))
