"""Watchword's command line."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from watchword.commands import add_commands
from watchword.errors import InputError

BAD_INPUT = 2
INTERRUPTED = 130

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


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


def main() -> None:
    """Run the command line; bad input is one sentence on stderr and exit code 2."""
    try:
        add_commands(app)
        app()
    except InputError as error:
        typer.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
