from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from watchword.book.results import results_page
from watchword.exports import export
from watchword.history import HistoryError, PastRun, past_run, read_history, with_run, written
from watchword.publication import Publication, PublicationError

if TYPE_CHECKING:
    from pathlib import Path

    from watchword.book import Book

EARLIER = PastRun.model_validate(
    {
        "started_at": "2026-11-01T08:00:00Z",
        "commit": "0123456789abcdef",
        "evidence_sha256": "0" * 64,
        "totals": {"passed": 10, "failed": 0, "skipped": 0, "not run": 0},
        "seconds": 4.0,
    }
)


def _watchword(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from watchword.cli import main; main()", "history", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def ran(sample: Path, book: Book, tmp_path: Path) -> Path:
    """A folder of the sample with the evidence of its run, and no history."""
    assert book
    return shutil.copytree(sample, tmp_path / "ran", symlinks=True)


def test_a_history_is_read_as_it_was_written(book: Book, tmp_path: Path) -> None:
    runs = with_run([EARLIER], book.run)
    (tmp_path / "history.ndjson").write_text(written(runs), encoding="utf-8")
    assert read_history(tmp_path / "history.ndjson") == runs == (EARLIER, past_run(book.run))


def test_where_there_is_no_file_nothing_has_run(tmp_path: Path) -> None:
    assert read_history(tmp_path / "history.ndjson") == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{}", "started_at: Field required"),
        ("<<<<<<< main", "Invalid JSON"),
        (EARLIER.model_dump_json().replace('"passed":10', '"passed":-1'), "totals.passed: Input should be greater"),
    ],
)
def test_a_line_that_is_no_run_is_named(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "history.ndjson").write_text(f"{EARLIER.model_dump_json()}\n{line}\n", encoding="utf-8")
    with pytest.raises(
        HistoryError, match=rf"history\.ndjson:2: is no run of a history \({told}.*\) — take the line out"
    ):
        read_history(tmp_path / "history.ndjson")


def test_a_run_is_appended_once(ran: Path) -> None:
    first, second = _watchword(ran, "append"), _watchword(ran, "append")
    assert (first.returncode, first.stdout) == (0, "build/history.ndjson: 1 run, one of them new\n")
    assert (second.returncode, second.stdout) == (0, "build/history.ndjson: 1 run, none of them new\n")
    line = json.loads((ran / "build" / "history.ndjson").read_text(encoding="utf-8"))
    assert line["totals"] == {"passed": 9, "failed": 2, "skipped": 1, "not run": 0}


def test_a_history_that_cannot_be_read_is_left_as_it_is(ran: Path) -> None:
    (ran / "build" / "history.ndjson").write_text("not a run\n", encoding="utf-8")
    done = _watchword(ran, "append")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("build/history.ndjson:1: is no run of a history")
    assert (ran / "build" / "history.ndjson").read_text(encoding="utf-8") == "not a run\n"


def test_the_site_says_what_is_wrong_with_its_history(ran: Path) -> None:
    (ran / "build" / "history.ndjson").write_text("not a run\n", encoding="utf-8")
    publication = Publication(
        root=ran,
        features="features",
        evidence="build/evidence.ndjson",
        inputs=("features", "steps"),
        history="build/history.ndjson",
    )
    with publication, pytest.raises(PublicationError, match=r"history\.ndjson:1: is no run of a history"):
        publication.publish("never")


def test_the_site_keeps_the_history_with_its_own_run(book: Book) -> None:
    lines = export(replace(book, history=(EARLIER,)), "history").splitlines()
    assert [PastRun.model_validate_json(line) for line in lines] == [EARLIER, past_run(book.run)]


def test_without_earlier_runs_there_is_no_chart(book: Book) -> None:
    assert "## History" not in results_page(book)
    assert "## History" not in results_page(replace(book, history=(past_run(book.run),)))


def test_the_chart_and_its_table_say_the_same(book: Book) -> None:
    page = results_page(replace(book, history=(EARLIER,)))
    chart, durations = (ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL))  # noqa: S314
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>.*?</span> (.*?)</td><td>(.*?)</td></tr>", page)
    assert rows[1] == ("1 November 2026, 08:00 UTC", "<code>0123456789</code>", "10 passed", "4.0\N{NO-BREAK SPACE}s")
    assert rows[0][2] == "2 failed, 1 skipped, 9 passed"
    told = [group.findtext("title") for group in chart.iter("g")]
    assert told[0] == "2026-11-01 08:00 UTC: 10 passed, 4.0\N{NO-BREAK SPACE}s"
    assert [len(group.findall("rect")) for group in chart.iter("g")] == [1, 3]
    assert [group.findtext("text") for group in chart.iter("g")] == [None, "✗"]
    assert len([*durations.iter("rect")]) == 2


def test_one_red_scenario_among_thousands_is_seen(book: Book) -> None:
    many = PastRun.model_validate(
        {**EARLIER.model_dump(), "totals": {"passed": 9999, "failed": 1, "skipped": 0, "not run": 0}}
    )
    page = results_page(replace(book, history=(many,)))
    heights = re.findall(r'<rect class="ww-failed"[^>]* height="([\d.]+)"', page)
    assert min(float(height) for height in heights) == 3.0
