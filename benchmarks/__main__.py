"""The command: `python -m benchmarks [NAME …]` measures, writes `results.json`, and brings the page up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from benchmarks import diagrams, memory, refusing, requests_per_second, reviewing, site_build, suite, verification
from benchmarks.page import HEADING, PAGE, about, filled, line
from benchmarks.results import Measured, circumstances, load, load_average, save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.measurement import Row

# Each with as many rounds as bring its quartiles near its median on a busy machine.
BENCHMARKS: dict[str, tuple[Callable[[int], Iterable[Row]], int]] = {
    "verification": (verification.measure, 60),
    "requests": (requests_per_second.measure, 60),
    "refusing": (refusing.measure, 60),
    "memory": (memory.measure, 20),
    "suite": (suite.measure, 2),
    "site": (site_build.measure, 1),
    "diagrams": (diagrams.measure, 8),
    "reviewing": (reviewing.measure, 8),
}


def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"Which: {', '.join(BENCHMARKS)}; all if none.")] = None,
    *,
    rounds: Annotated[int, typer.Option(help="How many rounds instead of the usual; nothing is kept.", min=0)] = 0,
    page_only: Annotated[bool, typer.Option("--page", help="Measure nothing; fill the page from the results.")] = False,
) -> None:
    """Measure what the reference and the press cost, as ratios within one run."""
    for name in [] if page_only else names or BENCHMARKS:
        typer.echo(f"{name}\n\n{HEADING}")
        measured = _measure(name, rounds)
        typer.echo(f"\n{about(measured)}\n")
        if not rounds:
            save({**load(), name: measured})
    if not rounds:
        PAGE.write_text(filled(PAGE.read_text(), load()))


def _measure(name: str, rounds: int) -> Measured:
    if name not in BENCHMARKS:
        raise typer.BadParameter(f"There is no benchmark {name!r}; there are {', '.join(BENCHMARKS)}.")
    measure, usual = BENCHMARKS[name]
    before = load_average()
    rows = []
    for row in measure(rounds or usual):
        typer.echo(line(row))
        rows.append(row)
    return Measured(tuple(rows), circumstances(load_before=before, rounds=rounds or usual))


if __name__ == "__main__":
    typer.run(main)
