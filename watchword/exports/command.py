"""`watchword export FORMAT`: the same files without the site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from watchword.book import Book
from watchword.exports.files import FILES, written
from watchword.exports.files import export as exported
from watchword.exports.llms import LLMS, features_listed, llms_txt
from watchword.history import DEFAULT_PLACE, read_history
from watchword.run import load
from watchword.settings import site_address, site_fact
from watchword.specification import read

FORMATS = (*FILES, LLMS.removesuffix(".txt"))


def _known(format_: str) -> str:
    if format_ not in FORMATS:
        raise typer.BadParameter(f"there is no format {format_!r} — write one of {', '.join(FORMATS)}")
    return format_


def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.", callback=_known)],
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
    history = read_history(root / DEFAULT_PLACE)
    book = Book(specification, load(root / evidence, specification), history=history)
    text = exported(book, format_, site_address(root)) if format_ in FILES else _llms(book, root)
    if output is None:
        typer.echo(text, nl=False)
    else:
        written(output, text)


def _llms(book: Book, root: Path) -> str:
    """List the pages that are made of the book; the site's own list holds those that people wrote as well."""
    name = site_fact(root, "site_name") or "Specification"
    return llms_txt(name, site_fact(root, "site_description"), features_listed(book), site_address(root))
