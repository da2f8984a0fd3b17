"""Commands that other packages add to the command line, found by their entry points and loaded when they are called."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

GROUP = "watchword.commands"


def add_commands(app: typer.Typer, arguments: Sequence[str] | None = None) -> None:
    """Add what the entry points of the group name; only the one that is called costs its import.

    Args:
        arguments: of the command line, those of this process where none are given.
    """
    called = (sys.argv[1:] if arguments is None else list(arguments))[:1]
    for point in sorted(entry_points(group=GROUP)):
        if called in ([], ["--help"], [point.name]):
            app.add_typer(point.load(), name=point.name)
