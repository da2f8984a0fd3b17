"""Watchword's command line."""

from importlib.metadata import version

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def main_options(*, show_version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    """Read features, record their runs and publish both."""
    if show_version:
        typer.echo(f"watchword {version('watchword')}")
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    app()
