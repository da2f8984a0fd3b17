"""The transitions that a change puts in and takes out, as a Mermaid diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchword.escaping import mermaid_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchword.difference.model import CellChange

_MOST_EDGES = 24
_ADDED, _REMOVED = "#1a7f37", "#cf222e"

Edge = tuple[str, str, str, str]


def transition_diagram(cells: Sequence[CellChange]) -> str:
    """Draw what moves anew with a line, what moves no more with dots; nothing when that is too much to see."""
    edges = list(dict.fromkeys(edge for cell in cells for edge in _edges(cell)))
    if not edges or len(edges) > _MOST_EDGES:
        return ""
    states = dict.fromkeys(state for _, start, end, _ in edges for state in (start, end))
    names = {state: f"s{number}" for number, state in enumerate(states)}
    lines = ["flowchart LR", *(f'  {name}(["{mermaid_text(state)}"])' for state, name in names.items())]
    for mark, start, end, label in edges:
        arrow = "-->" if mark == "+" else "-.->"
        lines.append(f'  {names[start]} {arrow}|"{mark} {mermaid_text(label)}"| {names[end]}')
    lines += [
        f"  linkStyle {number} stroke:{_ADDED if mark == '+' else _REMOVED}" for number, (mark, *_) in enumerate(edges)
    ]
    return "\n".join(lines)


def _edges(cell: CellChange) -> Iterable[Edge]:
    label = ", ".join(part for part in (cell.event, *cell.guards, cell.variant) if part)
    kept = {state for _, state in cell.before} & {state for _, state in cell.after}
    for _, state in cell.before:
        if state and state not in kept:
            yield "-", cell.state, state, label
    for _, state in cell.after:
        if state and state not in kept:
            yield "+", cell.state, state, label
