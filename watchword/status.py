"""The command `watchword status`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchword.run import STATUSES, load
from watchword.specification import read

if TYPE_CHECKING:
    from watchword.run import Result, Run

NOT_ALL_PASSED = 1
DEFAULT_EVIDENCE = Path("build/evidence.ndjson")

Root = Annotated[Path, typer.Option(help="The project's root, where the features folder lies.", file_okay=False)]
Evidence = Annotated[Path, typer.Option(help="The evidence `pytest --evidence` wrote.")]


def status(root: Root = Path(), evidence: Evidence = DEFAULT_EVIDENCE) -> None:
    """Say what passed, what failed and what did not run; exit 1 unless everything passed that runs here."""
    run = load(evidence if evidence.is_absolute() else root / evidence, read(root.resolve()))
    for result in run.results:
        if result.status != "passed" and run.absent(result.pickle) is None:
            typer.echo(_line(result))
    for each in run.apart:
        if each.absence:
            typer.echo(f"{each.suite.folder}: {each.absence}")
    typer.echo(_totals(run))
    raise typer.Exit(0 if run.has_passed else NOT_ALL_PASSED)


def _line(result: Result) -> str:
    pickle = result.pickle
    ended = next((step for step in result.steps if step.status == result.status != "not run"), None)
    reason = ((ended and ended.error) or result.error or "").partition("\n")[0]
    line = ended.line if ended else pickle.line
    return f"{result.status:>8}  {pickle.feature.uri}:{line}: {pickle.name}{': ' * bool(reason)}{reason}"


def _totals(run: Run) -> str:
    counts = ", ".join(f"{run.totals[status]} {status}" for status in STATUSES if run.totals[status])
    when = f"{run.seconds:.1f} s, {run.started_at:%Y-%m-%d %H:%M} UTC"
    return f"{counts or 'no scenario is written'} ({len(run.results)} in all, {when})"
