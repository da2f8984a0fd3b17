"""What these tests share: the API and an issuer of its keys, and a count of what was tried."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.adversity.trusted import Trusted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TRIED = "adversity"


@pytest.fixture
def tried(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Iterator[Counter[str]]:
    """Count what a test tried, to be said at the end of the run: a test that tried nothing would pass too."""
    counts: Counter[str] = Counter()
    yield counts
    for what, count in counts.items():
        record_property(TRIED, [request.node.originalname, what, count])


@pytest.fixture(scope="module")
def trusted() -> Iterator[Trusted]:
    """An API and the key it trusts."""
    with Trusted() as trusted:
        yield trusted


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    ends = [report for report in reports if getattr(report, "when", None) == "teardown"]
    said: Counter[tuple[str, str]] = Counter()
    for name, what, count in (each for end in ends for key, each in end.user_properties if key == TRIED):
        said[name, what] += count
    if said:
        terminalreporter.section("what was tried")
    for (name, what), count in said.items():
        terminalreporter.line(f"{name}: {count} {what}")
