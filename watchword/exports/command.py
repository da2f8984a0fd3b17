"""`watchword export FORMAT`: the same files without the site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from watchword.book import Book
from watchword.exports.files import FILES
from watchword.exports.files import export as exported
from watchword.run import load
from watchword.settings import site_address
from watchword.specification import read


def _known(format_: str) -> str:
    if format_ not in FILES:
        raise typer.BadParameter(f"there is no format {format_!r} — write one of {', '.join(FILES)}")
    return format_


def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(FILES)}.", callback=_known)],
    *,
    output: Annotated[Path | None, typer.Option(help="The file to write; else it is printed.", dir_okay=False)] = None,
    root: Annotated[
        Path, typer.Option(help="The project's root, where the features folder lies.", file_okay=False)
    ] = Path(),
    evidence: Annotated[Path, typer.Option(help="The evidence `pytest --evidence` wrote.")] = Path(
        "build/evidence.ndjson"
    ),
) -> None:
    """Write the results of the last run as data."""
    specification = read(root.resolve())
    book = Book(specification, load(root / evidence, specification))
    text = exported(book, format_, site_address(root))
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
