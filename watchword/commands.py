"""The commands, each loaded when it is called: the press's own, and those other packages add by their entry points."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import typer

GROUP = "watchword.commands"
OWN: Mapping[str, str] = {
    "status": "watchword.status",
    "diff": "watchword.difference.command",
    "lint": "watchword.lint.command",
    "export": "watchword.exports.command",
    "history": "watchword.exports.history",
}
"""The module of each command, which holds it under its own name."""


def add_commands(app: typer.Typer, arguments: Sequence[str] | None = None) -> None:
    """Add the commands; where one is called, it alone costs its import.

    Args:
        app: what they are added to.
        arguments: of the command line, those of this process where none are given.
    """
    points = {point.name: point for point in sorted(entry_points(group=GROUP))}
    known = [*OWN, *points]
    called = (sys.argv[1:] if arguments is None else list(arguments))[:1]
    if called == ["--version"]:
        return
    # Whoever asks for help, or for what is not there, is shown them all.
    for name in called if called and called[0] in known else known:
        if name in OWN:
            app.command(name)(getattr(importlib.import_module(OWN[name]), name))
        else:
            app.add_typer(points[name].load(), name=name)
