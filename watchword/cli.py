"""Watchword's command line."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchword.commands import add_commands
from watchword.difference import DifferenceError
from watchword.difference.command import diff
from watchword.exports.command import export
from watchword.lint import LintError
from watchword.lint.command import lint
from watchword.register import RegisterError
from watchword.run import STATUSES, EvidenceError, load
from watchword.specification import SpecificationError, read
from watchword.vocabulary import VocabularyError

if TYPE_CHECKING:
    from watchword.run import Result, Run

NOT_ALL_PASSED = 1
BAD_INPUT = 2
BAD = (SpecificationError, EvidenceError, DifferenceError, LintError, RegisterError, VocabularyError)
DEFAULT_EVIDENCE = Path("build/evidence.ndjson")

Root = Annotated[Path, typer.Option(help="The project's root, where the features folder lies.", file_okay=False)]
Evidence = Annotated[Path, typer.Option(help="The evidence `pytest --evidence` wrote.")]

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


app.command()(diff)
app.command()(lint)
app.command()(export)


def _print_version(*, is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"watchword {version('watchword')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=lambda asked: _print_version(is_asked=asked), is_eager=True
        ),
    ] = False,
) -> None:
    """Read features, record their runs and publish both."""


@app.command()
def status(root: Root = Path(), evidence: Evidence = DEFAULT_EVIDENCE) -> None:
    """Say what passed, what failed and what did not run; exit 1 unless everything passed."""
    run = load(evidence if evidence.is_absolute() else root / evidence, read(root.resolve()))
    for result in run.results:
        if result.status != "passed":
            typer.echo(_line(result))
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


def main() -> None:
    """Run the command line; bad input is one sentence on stderr and exit code 2."""
    add_commands(app)
    try:
        app()
    except BAD as error:
        typer.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
