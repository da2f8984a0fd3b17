"""`watchword history append`: one line more for the last run, in the file that the results page charts."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchword.history import DEFAULT_PLACE, past_run, read_history, with_run, written
from watchword.run import load
from watchword.specification import read

if TYPE_CHECKING:
    from watchword.book import Book


class Action(StrEnum):
    """What can be done to a history."""

    APPEND = "append"


def history_ndjson(book: Book) -> str:
    """Write the earlier runs and the book's own, one a line."""
    return written(with_run(book.history, book.run))


def history(
    action: Annotated[Action, typer.Argument(help="Add the last run, unless it is there.")],
    *,
    to: Annotated[Path, typer.Option(help="The file of the history.", dir_okay=False)] = DEFAULT_PLACE,
    root: Annotated[
        Path, typer.Option(help="The project's root, where the features folder lies.", file_okay=False)
    ] = Path(),
    evidence: Annotated[Path, typer.Option(help="The evidence `pytest --evidence` wrote.")] = Path(
        "build/evidence.ndjson"
    ),
) -> None:
    """Keep a line of each run: when, of which commit, its totals and its duration."""
    del action  # there is one
    run = load(root / evidence, read(root.resolve()))
    path = root / to
    known = read_history(path)
    is_new = past_run(run) not in known
    if is_new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(with_run(known, run)), encoding="utf-8")
    count = len(known) + is_new
    typer.echo(f"{to}: {count} run{'' if count == 1 else 's'}, {'one of them new' if is_new else 'none of them new'}")
