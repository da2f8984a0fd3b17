"""A difference as Markdown, for a pull request, a job's summary, a terminal or a page."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from watchword.difference.diagram import transition_diagram
from watchword.difference.texts import laid_out
from watchword.difference.verdicts import ORDER
from watchword.escaping import code_block, code_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from watchword.difference.model import (
        CellChange,
        Difference,
        Edit,
        FeatureChange,
        Kind,
        RequirementChange,
        RowChange,
        RuleChange,
        ScenarioChange,
        TableChange,
        TagChange,
        Unread,
        Where,
    )

TITLE = "What changes in the specification"
MARKS = {"passed": "✓", "failed": "✗", "skipped": "○", "not run": "?"}
_MOST_LINES = 40
_LABEL_LENGTH = 90
# Only what Markdown or a forge would read meaning into: a person reads this in a terminal as well.
_MEANING = re.compile(r"[&<>\\`*\[\]{}|~^#$@]|(?<!\w)_|_(?!\w)")

Block = str


def as_markdown(difference: Difference, *, at_most: int = 0) -> str:
    """Write a difference as Markdown.

    Args:
        difference: what to write.
        at_most: how many characters there is room for; whole blocks are left out at the end, and it is said. 0: any.
    """
    blocks = [f"### {TITLE}", _compared(difference), *_blocks(difference)]
    return _fitted(blocks, at_most) if at_most else "\n\n".join(blocks) + "\n"


def _fitted(blocks: Sequence[Block], at_most: int) -> str:
    kept: list[Block] = []
    room = at_most - 120
    for number, block in enumerate(blocks):
        room -= len(block) + 2
        if room < 0:
            kept.append(f"*{len(blocks) - number} more blocks find no room here: `watchword diff` tells all of it.*")
            break
        kept.append(block)
    return "\n\n".join(kept) + "\n"


def _blocks(difference: Difference) -> Iterator[Block]:
    site = difference.site
    yield from _part("Cannot be read", [_unread(each) for each in difference.unread])
    yield from _part("Tables that callers rely on", [_list(_table(each) for each in difference.tables)])
    yield from _part("Requirements", [_list(_requirement(each) for each in difference.requirements)])
    yield from _part("Features", chain.from_iterable(_feature(each, site) for each in difference.features))
    yield from _part("Rules", chain.from_iterable(_rule(each, site) for each in difference.rules))
    yield from _part("Scenarios", chain.from_iterable(_scenario(each, site) for each in _sorted(difference.scenarios)))
    yield from _part("States and events", _cells(difference.cells))
    if difference.layout_only:
        files = ", ".join(code_text(uri) for uri in difference.layout_only)
        yield f"Only layout or comments differ in {files}."


def _part(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    found = [block for block in blocks if block]
    if found:
        yield f"#### {title}"
        yield from found


# The head of it: what a reviewer reads in five seconds.


def _compared(difference: Difference) -> Block:
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
    parts = [f"{_count(kinds[kind], 'scenario')} {kind}" for kind in _KINDS if kinds[kind]]
    for word, changes in (("rule", difference.rules), ("feature", difference.features)):
        kinds = Counter(kind for change in changes for kind in change.kinds)
        parts += [f"{_count(kinds[kind], word)} {kind}" for kind in _KINDS if kinds[kind]]
    cells = Counter(change.kind for change in difference.cells)
    parts += [f"{_count(count, 'cell')} of the states table {kind}" for kind, count in cells.items()]
    parts += [f"{_count(len(difference.unread), 'feature')} that cannot be read"] if difference.unread else []
    return f"{', '.join(parts) or 'only what stands around the scenarios differs'}."


_KINDS: tuple[Kind, ...] = ("added", "removed", "renamed", "moved", "changed")


def _run(difference: Difference) -> str:
    run = difference.run
    if run is None or run.problem:
        return f"**Verdicts:** none to show, as {_e(run.problem) if run else 'nothing ran'}."
    total = sum(run.counts.values())
    counts = ", ".join(f"{MARKS[status]} {count:,} {status}" for status, count in run.counts.items())
    commit = f", at {code_text(run.commit[:10])}" if run.commit else ""
    return f"**Verdicts:** {counts}, of {_count(total, 'case')} ({run.when[:16].replace('T', ' ')} UTC{commit})."


def _several(texts: Sequence[str], most: int) -> str:
    more = [f"and {len(texts) - most} more"] if len(texts) > most else []
    return "; ".join([*dict.fromkeys(texts[:most]), *more])


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


# What each part says.


def _unread(unread: Unread) -> Block:
    side = "At the head" if unread.side == "head" else "At the base"
    lost = {
        "head": f"Its {_count(unread.scenarios, 'scenario')} will not run until it is mended, and are not compared.",
        "base": f"Its {_count(unread.scenarios, 'scenario')} can be read now, and are not compared.",
    }[unread.side]
    return f"{side}, {code_text(unread.uri)} cannot be read. {lost}\n\n" + _list(_e(each) for each in unread.problems)


def _table(change: TableChange) -> str:
    row = change.row
    flag = {"breaking": " **breaking**:", "not breaking": " not breaking:", "": ""}[change.breaking]
    said = f"{row.kind} {code_text(row.row[0])}" + (f" ({_edits(row)})" if row.edits else _values(row))
    return f"{change.table},{flag} {said}, in *{_e(change.scenario)}*"


def _values(row: RowChange) -> str:
    cells = [f"{column} {code_text(cell)}" for column, cell in zip(row.columns[1:], row.row[1:], strict=True) if cell]
    return f" ({', '.join(cells)})" if cells else ""


def _requirement(change: RequirementChange) -> str:
    ended = {"gained": "has its first scenarios", "lost": "has lost its last scenario"}[change.kind]
    reason = f" It is excluded: {_e(change.excluded)}" if change.excluded else ""
    sentence = f": *{_e(change.sentence)}*" if change.sentence else ""
    return f"{code_text(change.id)} {ended}{sentence}{'.' * bool(reason)}{reason}"


def _feature(change: FeatureChange, site: str) -> Iterator[Block]:
    yield "; ".join(
        [
            f"**{_kinds(change.kinds)}:** {_link(change.name, change.where, site)}, {_at(change.where)}",
            *_was(change.was, change.was_at),
            *_tags(change.tags),
        ]
    )
    yield _edit_block(change.prose)
    yield _edit_block(change.background, before="Background:")


def _rule(change: RuleChange, site: str) -> Iterator[Block]:
    yield "; ".join(
        [
            f"**{_kinds(change.kinds)}:** {_link(change.name, change.where, site)}, {_ids(change)}{_at(change.where)}",
            *_was(change.was, change.was_at),
            *_level(change.level),
            *(_written_tags(change) if _is_whole(change.kinds) else _tags(change.tags)),
        ]
    )
    yield _edit_block(change.why)
    yield _edit_block(change.background, before="Background:")


def _level(level: tuple[str, str] | None) -> Iterator[str]:
    if level:
        yield f"its level was **{level[0] or 'none'}**, is **{level[1] or 'none'}**"


def _written_tags(change: RuleChange) -> Iterator[str]:
    tags = change.tags.added + change.tags.removed
    if tags:
        yield code_text(" ".join(f"@{tag}" for tag in tags))


def _is_whole(kinds: Sequence[Kind]) -> bool:
    return kinds[0] in {"added", "removed"}


def _sorted(changes: Sequence[ScenarioChange]) -> list[ScenarioChange]:
    """Put first what a reviewer must not miss: what went, then what is new, then what differs."""
    order = ("removed", "added", "changed", "renamed", "moved")
    return sorted(changes, key=lambda change: min(order.index(kind) for kind in change.kinds))


def _scenario(change: ScenarioChange, site: str) -> Iterator[Block]:
    name = f"{_verdict(change)}{_link(change.name, change.where, site)}"
    yield "; ".join(
        [
            f"**{_kinds(change.kinds)}:** {name}, {_ids(change)}{_at(change.where)}",
            *_was(change.was, change.was_at, change.was_rule, change.was_requirements),
            *_tags(change.tags),
            *(["its prose differs"] if change.is_reworded else []),
        ]
    )
    yield _edit_block(change.steps)
    yield from _rows(change.rows, change.columns)


def _verdict(change: ScenarioChange) -> str:
    if change.verdict is None:
        return ""
    counts = change.verdict.counts
    alone = sum(counts.values()) == 1
    said = [status if alone else f"{counts[status]} {status}" for status in ORDER if counts.get(status)]
    return f"{MARKS[change.verdict.status]} {', '.join(said) or change.verdict.status}, "


def _rows(rows: Sequence[RowChange], columns: Sequence[Edit]) -> Iterator[Block]:
    for table in dict.fromkeys(row.table for row in rows):
        mine = [row for row in rows if row.table == table]
        yield _list(_changed_row(row) for row in mine if row.edits)
        whole = [row for row in mine if not row.edits]
        if whole:
            marks = [" ", *("+" if row.kind == "added" else "-" for row in whole)]
            lines = laid_out([whole[0].columns, *(row.row for row in whole)])
            yield code_block(_cut([f"{mark} {line.strip()}" for mark, line in zip(marks, lines, strict=True)]), "diff")
    changed = [edit for edit in columns if edit.mark != " "]
    if changed:
        yield _list(f"column {code_text(each.text)} {'added' if each.mark == '+' else 'removed'}" for each in changed)


def _changed_row(row: RowChange) -> str:
    edited = {edit.column for edit in row.edits}
    kept = [cell for column, cell in zip(row.columns, row.row, strict=True) if column not in edited and cell]
    label = " · ".join(kept)
    shown = label if len(label) <= _LABEL_LENGTH else f"{label[: _LABEL_LENGTH - 1]}…"
    return f"the row {code_text(shown)}: {_edits(row)}" if shown else f"a row: {_edits(row)}"


def _edits(row: RowChange) -> str:
    return ", ".join(f"{_e(edit.column)} was {_cell(edit.before)}, is {_cell(edit.after)}" for edit in row.edits)


def _cell(text: str) -> str:
    return code_text(text) if text else "empty"


def _cells(cells: Sequence[CellChange]) -> Iterator[Block]:
    if not cells:
        return
    yield _list(_state_cell(each) for each in cells)
    diagram = transition_diagram(cells)
    if diagram:
        yield code_block(diagram, "mermaid")


def _state_cell(change: CellChange) -> str:
    where = " · ".join(part for part in (change.variant, change.state, change.event, *change.guards) if part)
    before, after = _outcomes(change.before), _outcomes(change.after)
    said = {
        "gained": f"{after}",
        "lost": f"no scenario says any more what happens; it was {before}",
        "changed": f"was {before}, is {after}",
        "ambiguous": f"says both {after}",
    }[change.kind]
    return f"**{change.kind}** {code_text(where)}: {said}"


def _outcomes(outcomes: Sequence[tuple[str, str]]) -> str:
    return " and ".join(f"{_e(answer)} → *{_e(state)}*" if state else f"*{_e(answer)}*" for answer, state in outcomes)


# The words they share.


def _kinds(kinds: Sequence[Kind]) -> str:
    return " and ".join(kinds).capitalize()


def _was(was: str, was_at: Where | None, rule: str = "", requirements: Sequence[str] = ()) -> Iterator[str]:
    if was:
        yield f"it was called *{_e(was)}*"
    if was_at:
        ids = f" ({', '.join(code_text(id_) for id_ in requirements)})" if requirements else ""
        yield f"it stood in {_at(was_at)}" + (f", under the rule *{_e(rule)}*{ids}" if rule else "")


def _tags(change: TagChange) -> Iterator[str]:
    if change.added:
        yield f"tags added: {', '.join(code_text('@' + tag) for tag in change.added)}"
    if change.removed:
        yield f"tags removed: {', '.join(code_text('@' + tag) for tag in change.removed)}"


def _ids(change: RuleChange | ScenarioChange) -> str:
    return "".join(f"{code_text(id_)}, " for id_ in change.requirements)


def _link(name: str, where: Where, site: str) -> str:
    return f"[{_e(name)}]({site.rstrip('/')}/{where.page})" if site else f"*{_e(name)}*"


def _at(where: Where) -> str:
    return code_text(f"{where.uri}:{where.line}")


def _edit_block(edits: Sequence[Edit], before: str = "") -> Block:
    if not edits:
        return ""
    lines = [f"  {before}"] if before else []
    lines += [f"{edit.mark} {line}" for edit in edits for line in edit.text.split("\n")]
    return code_block(_cut(lines), "diff")


def _cut(lines: list[str]) -> str:
    more = [f"  … and {len(lines) - _MOST_LINES} more lines"] if len(lines) > _MOST_LINES else []
    return "\n".join([*lines[:_MOST_LINES], *more])


def _list(lines: Iterable[str]) -> Block:
    return "\n".join(f"- {line}" for line in lines)


def _e(text: str) -> str:
    return _MEANING.sub(lambda found: f"&#{ord(found[0])};", text.replace("\n", " "))
