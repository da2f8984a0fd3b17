"""The rows of an outline as a table to read, each with its verdict and the way to its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchword.book.book import fragment, page_path
from watchword.book.escaping import markdown_text
from watchword.book.rendering import render_markdown
from watchword.book.verdicts import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watchword.book.book import Book, Entry
    from watchword.specification import Examples

    Link = Callable[[str], str]


def examples_tables(book: Book, entry: Entry, link: Link, caption: str) -> str:
    """Print the tables of examples of an outline; empty when the scenario is none."""
    tables = [
        {
            "name": markdown_text(examples.name),
            "header": [markdown_text(cell) for cell in examples.header],
            "rows": [*_rows(book, entry, examples, link)],
        }
        for examples in entry.scenario.examples
    ]
    return render_markdown("examples.md.jinja", tables=tables, caption=caption) if tables else ""


def _rows(book: Book, entry: Entry, examples: Examples, link: Link) -> Iterator[list[str]]:
    ran = {pickle.line: pickle for pickle in entry.pickles}
    for row in examples.rows:
        pickle = ran[row.line]
        where = link(f"{page_path(entry.feature)}#{fragment(pickle.id)}")
        yield [f"[{mark(book.result(pickle).status)}]({where})", *map(markdown_text, row.values.values())]
