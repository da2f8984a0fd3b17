"""A difference as notes on the lines of the head's feature files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchword.annotations import annotation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.difference.model import Difference


def notes(difference: Difference) -> Iterator[str]:
    """Note what broke for callers, which changed scenarios fail, and which cells contradict themselves."""
    for change in difference.tables:
        if change.breaking == "breaking" and not change.is_gone:
            yield annotation(
                "warning", change.where.uri, change.where.line, "breaking", f"{change.table}: {change.why}"
            )
    for scenario in difference.scenarios:
        if scenario.verdict and scenario.verdict.status == "failed":
            counts = ", ".join(f"{count} {status}" for status, count in scenario.verdict.counts.items())
            sentence = f"{scenario.name}: {counts}"
            yield annotation("error", scenario.where.uri, scenario.where.line, "failed", sentence)
