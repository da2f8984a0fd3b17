"""Watchword's command line."""

from importlib.metadata import version
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def options(*, show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Read features, record their runs and publish both."""
    if show_version:
        typer.echo(f"watchword {version('watchword')}")
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    app()
