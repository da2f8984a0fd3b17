"""The figures on the page `docs/benchmarks.md`, written between the marks that name them; the prose is left alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measurement import Row, Spread
    from benchmarks.results import Measured

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_MARKED = re.compile(r"(?P<open><!-- measured: (?P<name>[a-z-]+) -->\n).*?(?P<close><!-- end -->)", re.DOTALL)
HEADING = "| | median | middle half | is | aim |\n|---|--:|:-:|---|---|"
_WHOLE = 100


def filled(page: str, results: dict[str, Measured]) -> str:
    """Return the page with the figures of the results; what has none says so."""

    def fill(mark: re.Match[str]) -> str:
        figures = table(results[mark["name"]]) if mark["name"] in results else "Not measured yet."
        return f"{mark['open']}\n{figures}\n\n{mark['close']}"

    return _MARKED.sub(fill, page)


def table(measured: Measured) -> str:
    """Render one benchmark."""
    return "\n".join([HEADING, *map(line, measured.rows), "", about(measured)])


def line(row: Row) -> str:
    """Render one line of a table."""
    cells = (row.name, f"{_number(row.value.median)} {row.unit}", _middle(row.value), _ratio(row), _aim(row))
    return f"| {' | '.join(cells)} |"


def _ratio(row: Row) -> str:
    if row.ratio is None:
        return ""
    spread = f" ({row.ratio.low:.2f} to {row.ratio.high:.2f})" if row.ratio.low != row.ratio.high else ""
    said = f"**{row.ratio.median:.2f}** ×"
    return f"{row.subject}: {said} this{spread}" if row.subject else f"{said} {row.against}{spread}"


def _aim(row: Row) -> str:
    if row.aim is None:
        return ""
    verdict = "met" if row.aim.is_met((row.ratio or row.value).median) else "**missed**"
    return f"{row.aim.bound} {row.aim.value:g}: {verdict}"


def _middle(value: Spread) -> str:
    return "" if value.low == value.high else f"{_number(value.low)} to {_number(value.high)}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= _WHOLE else f"{value:.3g}"


def about(measured: Measured) -> str:
    """Say when and where a benchmark was taken."""
    taken = measured.circumstances
    return (
        f"Measured {taken.taken_at[:16].replace('T', ' ')} UTC at `{taken.commit}`, {taken.rounds} rounds, "
        f"Python {taken.python}, {taken.processors} × {taken.processor}; "
        f"load before and after {taken.load[0]} and {taken.load[1]}.\n{{ .measured }}"
    )
