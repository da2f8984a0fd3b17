"""The head of a difference in Markdown: what changed, what broke, whether it passes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from watchword.difference.wording import MARKS, count, inert
from watchword.escaping import code_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchword.difference.model import Difference, Kind


def compared(difference: Difference) -> str:
    """Tell what a reviewer reads in five seconds."""
    lines = [f"From {code_text(difference.base)} to {code_text(difference.head)}: {_summary(difference)}"]
    broken = [change.why for change in difference.tables if change.breaking == "breaking"]
    if broken:
        lines.append(f"**Breaking for callers:** {_several(broken, 5)}.")
    lost = [change.id for change in difference.requirements if change.kind == "lost"]
    if lost:
        lines.append(f"**Requirements without a scenario:** {', '.join(code_text(id_) for id_ in lost)}.")
    lines += [_run(difference)] if difference.run else []
    return "\n\n".join(lines)


def _summary(difference: Difference) -> str:
    if difference.is_empty:
        return "nothing that is written in the features differs."
    kinds = Counter(kind for change in difference.scenarios for kind in change.kinds)
    parts = [f"{count(kinds[kind], 'scenario')} {kind}" for kind in _KINDS if kinds[kind]]
    for word, changes in (("rule", difference.rules), ("feature", difference.features)):
        kinds = Counter(kind for change in changes for kind in change.kinds)
        parts += [f"{count(kinds[kind], word)} {kind}" for kind in _KINDS if kinds[kind]]
    cells = Counter(change.kind for change in difference.cells)
    parts += [f"{count(number, 'cell')} of the states table {kind}" for kind, number in cells.items()]
    parts += [f"{count(len(difference.unread), 'feature')} that cannot be read"] if difference.unread else []
    return f"{', '.join(parts) or 'only what stands around the scenarios differs'}."


_KINDS: tuple[Kind, ...] = ("added", "removed", "renamed", "moved", "changed")


def _run(difference: Difference) -> str:
    run = difference.run
    if run is None or run.problem:
        return f"**Verdicts:** none to show, as {inert(run.problem) if run else 'nothing ran'}."
    total = sum(run.counts.values())
    counts = ", ".join(f"{MARKS[status]} {number:,} {status}" for status, number in run.counts.items())
    commit = f", at {code_text(run.commit[:10])}" if run.commit else ""
    return f"**Verdicts:** {counts}, of {count(total, 'case')} ({run.when[:16].replace('T', ' ')} UTC{commit})."


def _several(texts: Sequence[str], most: int) -> str:
    more = [f"and {len(texts) - most} more"] if len(texts) > most else []
    return "; ".join([*dict.fromkeys(texts[:most]), *more])
