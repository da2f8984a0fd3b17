"""The four verdicts, how they add up, and the words and marks they are printed with."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

Verdict = Literal["passed", "failed", "skipped", "not run"]

# Worst first: one red case makes its scenario, its rule and its feature red.
ORDER: tuple[Verdict, ...] = ("failed", "not run", "skipped", "passed")
MARKS: dict[Verdict, str] = {"passed": "✓", "failed": "✗", "skipped": "○", "not run": "?"}


def worst(statuses: Iterable[Verdict]) -> Verdict:
    """Name the verdict of a whole by its worst part; of nothing, that it was not run."""
    found = set(statuses)
    return next((verdict for verdict in ORDER if verdict in found), "not run")


def css_class(verdict: Verdict) -> str:
    """The class a verdict is styled by."""
    return f"ww-{verdict.replace(' ', '-')}"


def badge(verdict: Verdict, words: str = "") -> Markup:
    """Print a verdict as a mark and words, never as a colour alone."""
    return Markup('<span class="ww-badge {}">{} {}</span>').format(css_class(verdict), MARKS[verdict], words or verdict)


@cache
def mark(verdict: Verdict) -> Markup:
    """Print a verdict as its mark, with the word for those who cannot see it."""
    return Markup('<span class="ww-mark {}" role="img" aria-label="{}">{}</span>').format(
        css_class(verdict), verdict, MARKS[verdict]
    )


def tally(statuses: Iterable[Verdict]) -> str:
    """Count verdicts in one phrase: `12 passed`, `1 failed, 11 passed`."""
    counts = Counter(statuses)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in ORDER if counts[verdict]) or "no scenario"
