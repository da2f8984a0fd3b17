"""The runs of the past as a chart, and as the table it is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchword.book.evidence import milliseconds
from watchword.book.rendering import render_html
from watchword.book.verdicts import ORDER, Verdict, css_class, tally, worst
from watchword.history import with_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchword.book.book import Book
    from watchword.history import PastRun

SHOWN = 50
FEWEST = 2
"""One run alone has no history."""
WIDTH, HEIGHT = 720.0, 140.0
LEAST = 3.0
"""So high is the smallest part of a bar that is not green: one red scenario of a thousand is to be seen."""


@dataclass(frozen=True)
class Part:
    """One verdict's part of a bar, measured from the chart's top."""

    css: str
    top: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One run in both charts: its scenarios by verdict, and how long it took."""

    left: float
    width: float
    says: str
    is_red: bool
    parts: tuple[Part, ...]
    duration: Part


def history_block(book: Book) -> str:
    """Print the newest runs, the book's own as the last; nothing where there are no earlier ones."""
    runs = with_run(book.history, book.run)[-SHOWN:]
    if len(runs) < FEWEST:
        return ""
    return render_html(
        "history.jinja",
        width=WIDTH,
        height=HEIGHT,
        bars=list(_bars(runs)),
        most=max(_scenarios(run) for run in runs),
        longest=milliseconds(max(run.seconds for run in runs)),
        runs=[
            {
                "started_at": run.started_at,
                "commit": (run.commit or "")[:10],
                "status": _verdict(run),
                "tally": _tally(run),
                "seconds": milliseconds(run.seconds),
            }
            for run in reversed(runs)
        ],
    )


def _bars(runs: Sequence[PastRun]) -> Iterator[Bar]:
    most = max(_scenarios(run) for run in runs) or 1
    longest = max(run.seconds for run in runs) or 1.0
    slot = WIDTH / max(len(runs), 12)
    for place, run in enumerate(runs):
        height = HEIGHT * run.seconds / longest
        yield Bar(
            left=round(place * slot + slot * 0.1, 1),
            width=round(slot * 0.8, 1),
            says=f"{run.started_at:%Y-%m-%d %H:%M} UTC: {_tally(run)}, {milliseconds(run.seconds)}",
            is_red=_verdict(run) != "passed",
            parts=tuple(_parts(run, most)),
            duration=Part("", round(HEIGHT - height, 1), round(height, 1)),
        )


def _parts(run: PastRun, most: int) -> Iterator[Part]:
    """Stack the verdicts, the best at the bottom."""
    bottom = HEIGHT
    counts = _counts(run)
    for verdict in reversed(ORDER):
        if counts[verdict]:
            height = HEIGHT * counts[verdict] / most
            height = height if verdict == "passed" else max(height, LEAST)
            bottom -= height
            yield Part(css_class(verdict), round(bottom, 1), round(height, 1))


def _counts(run: PastRun) -> dict[Verdict, int]:
    return {
        "passed": run.totals.passed,
        "failed": run.totals.failed,
        "skipped": run.totals.skipped,
        "not run": run.totals.not_run,
    }


def _scenarios(run: PastRun) -> int:
    return sum(_counts(run).values())


def _tally(run: PastRun) -> str:
    return tally(verdict for verdict, count in _counts(run).items() for _ in range(count))


def _verdict(run: PastRun) -> Verdict:
    return worst(verdict for verdict, count in _counts(run).items() if count)
