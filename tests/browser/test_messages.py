"""The official Cucumber formatter makes a report of the Messages file, and the report draws."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import visiting
from tests.site.sample import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.site import Site

FORMATTER = ROOT / "tests" / "exports" / "formatter.mjs"


@pytest.fixture(scope="module")
def report(turnstile: Site) -> str:
    """The sample's report, beside its pages."""
    node = shutil.which("node", path=f"{os.environ['PATH']}:{ROOT / '.venv' / 'bin'}")
    assert node, "No node was found: `make setup` installs it"
    name = f"report-{os.getpid()}.html"  # another worker may make its own
    command = [node, str(FORMATTER), str(turnstile.folder / "messages.ndjson"), str(turnstile.folder / name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return name


def test_the_report_counts_what_passed(browser: Browser, turnstile: Site, report: str) -> None:
    with visiting(browser, turnstile) as visit:
        page = visit.open(report)
        page.get_by_text("(9 / 12) passed").wait_for()
        assert visit.complaints == []
        assert visit.foreign == []


def test_the_report_shows_the_error_and_the_exchange(browser: Browser, turnstile: Site, report: str) -> None:
    with visiting(browser, turnstile) as visit:
        page = visit.open(report)
        page.get_by_text("A button does not open the gate").first.wait_for()
        text = page.inner_text("body")
        assert "AssertionError: the gate <b>did not</b> do as `told`" in text
        assert "POST /button → 200 OK" in text
        assert "GTE-01" in text
