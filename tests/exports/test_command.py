"""`watchword export`, as a shell sees it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from watchword.exports import FILES, export

if TYPE_CHECKING:
    from pathlib import Path

    from watchword.book import Book


def _watchword(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from watchword.cli import main; main()", "export", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("book")
def test_a_file_is_what_is_printed(sample: Path) -> None:
    printed = _watchword(sample, "results")
    written = _watchword(sample, "results", "--output", "out/results.json")
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    assert (sample / "out" / "results.json").read_text(encoding="utf-8") == printed.stdout


@pytest.mark.parametrize("format_", FILES)
def test_every_format_is_printed_as_the_site_has_it(sample: Path, book: Book, format_: str) -> None:
    assert _watchword(sample, format_).stdout == export(book, format_)


@pytest.mark.usefixtures("book")
def test_bad_input_is_one_sentence_and_exits_2(sample: Path, tmp_path: Path) -> None:
    for done, told in (
        (_watchword(sample, "xls"), "there is no format 'xls'"),
        (_watchword(sample, "badge", "--evidence", "none.ndjson"), "none.ndjson: no evidence there"),
        (_watchword(tmp_path, "badge"), "there is no such folder — run from the project's root"),
    ):
        assert (done.returncode, done.stdout) == (2, "")
        assert told in " ".join(done.stderr.replace("│", " ").split())
        assert "Traceback" not in done.stderr
