"""The states × events table as Markdown, and the diagram that is its map."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from watchword.book.diagrams import state_diagram
from watchword.book.escaping import markdown_text
from watchword.book.rendering import render_html, render_markdown
from watchword.book.verdicts import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from watchword.book.states import StateTable, Transition

    Link = Callable[[str], str]


def state_block(tables: Sequence[StateTable], link: Link) -> str:
    """Print each variant's table and map, as tabs when there is more than one variant."""
    return _tabbed([(table.variant, f"{_map(table)}\n{_table(table, link)}") for table in tables])


def map_block(tables: Sequence[StateTable], link: Link) -> str:
    """Print the map of the first variant, which is the default one, with the way to its first row."""
    table = tables[0]
    first = table.transitions[0]
    return f"{_map(table)}\n[Every cell, as a table]({link(f'{first.page}#{first.anchor}')}){{ .ww-caption-link }}\n"


def _map(table: StateTable) -> str:
    label = "State diagram; the table of states and events says the same, and more"
    return render_html("diagram.jinja", source=state_diagram(table), label=label) + "\n"


def _table(table: StateTable, link: Link) -> str:
    return render_markdown(
        "states.md.jinja",
        states=[markdown_text(state) for state in table.states],
        events=[
            (markdown_text(event), [_cell(table.cell(state, event), link) for state in table.states])
            for event in table.events
        ],
        cells=len(table.states) * len(table.events),
        empty=table.empty_cells,
    )


def _cell(transitions: Sequence[Transition], link: Link) -> str:
    return "<br>".join(_entry(each, link) for each in transitions) or '<span class="ww-empty">no scenario</span>'


def _entry(move: Transition, link: Link) -> str:
    guard = f"*{markdown_text(', '.join(move.guards))}:* " if move.guards else ""
    return f"{guard}[{mark(move.verdict)} {_says(move)}]({link(f'{move.page}#{move.anchor}')})"


def _says(move: Transition) -> str:
    if move.reason:
        return f'<span class="ww-same">cannot happen</span> <small>{markdown_text(move.reason)}</small>'
    moved = '<span class="ww-same">no change</span>' if move.stays else f"→ **{markdown_text(move.next)}**"
    return f"{moved} <small>{markdown_text(move.answer)}</small>" if move.answer else moved


def _tabbed(variants: Sequence[tuple[str, str]]) -> str:
    if len(variants) == 1:
        return variants[0][1]
    return "\n".join(f'=== "{markdown_text(name)}"\n\n{indent(body, "    ")}' for name, body in variants)
