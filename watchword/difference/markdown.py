"""A difference as Markdown, for a pull request, a job's summary, a terminal or a page."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from watchword.difference.diagram import transition_diagram
from watchword.difference.summary import compared
from watchword.difference.texts import laid_out
from watchword.difference.verdicts import ORDER
from watchword.difference.wording import MARKS, count, inert
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
_MOST_LINES = 40
_LABEL_LENGTH = 90

Block = str


def as_markdown(difference: Difference, *, at_most: int = 0) -> str:
    """Write a difference as Markdown.

    Args:
        difference: what to write.
        at_most: how many characters there is room for; whole blocks are left out at the end, and it is said. 0: any.
    """
    blocks = [f"### {TITLE}", compared(difference), *_blocks(difference)]
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


# What each part says.


def _unread(unread: Unread) -> Block:
    side = "At the head" if unread.side == "head" else "At the base"
    its = f"Its {count(unread.scenarios, 'scenario')}"
    lost = {
        "head": f"{its} will not run until it is mended, and are not compared."
        if unread.scenarios
        else "It cannot run.",
        "base": f"{its} can be read now, and are not compared.",
    }[unread.side]
    return f"{side}, {code_text(unread.uri)} cannot be read. {lost}\n\n" + _list(
        inert(each) for each in unread.problems
    )


def _table(change: TableChange) -> str:
    row = change.row
    flag = {"breaking": " **breaking**:", "not breaking": " not breaking:", "": ""}[change.breaking]
    said = f"{row.kind} {code_text(row.row[0])}" + (f" ({_edits(row)})" if row.edits else _values(row))
    return f"{change.table},{flag} {said}, in *{inert(change.scenario)}*"


def _values(row: RowChange) -> str:
    cells = [f"{column} {code_text(cell)}" for column, cell in zip(row.columns[1:], row.row[1:], strict=True) if cell]
    return f" ({', '.join(cells)})" if cells else ""


def _requirement(change: RequirementChange) -> str:
    ended = {"gained": "has its first scenarios", "lost": "has lost its last scenario"}[change.kind]
    reason = f" It is excluded: {inert(change.excluded)}" if change.excluded else ""
    sentence = f": *{inert(change.sentence)}*" if change.sentence else ""
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
    return ", ".join(f"{inert(edit.column)} was {_cell(edit.before)}, is {_cell(edit.after)}" for edit in row.edits)


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
    return " and ".join(
        f"{inert(answer)} → *{inert(state)}*" if state else f"*{inert(answer)}*" for answer, state in outcomes
    )


# The words they share.


def _kinds(kinds: Sequence[Kind]) -> str:
    return " and ".join(kinds).capitalize()


def _was(was: str, was_at: Where | None, rule: str = "", requirements: Sequence[str] = ()) -> Iterator[str]:
    if was:
        yield f"it was called *{inert(was)}*"
    if was_at:
        ids = f" ({', '.join(code_text(id_) for id_ in requirements)})" if requirements else ""
        yield f"it stood in {_at(was_at)}" + (f", under the rule *{inert(rule)}*{ids}" if rule else "")


def _tags(change: TagChange) -> Iterator[str]:
    if change.added:
        yield f"tags added: {', '.join(code_text('@' + tag) for tag in change.added)}"
    if change.removed:
        yield f"tags removed: {', '.join(code_text('@' + tag) for tag in change.removed)}"


def _ids(change: RuleChange | ScenarioChange) -> str:
    return "".join(f"{code_text(id_)}, " for id_ in change.requirements)


def _link(name: str, where: Where, site: str) -> str:
    return f"[{inert(name)}]({site.rstrip('/')}/{where.page})" if site else f"*{inert(name)}*"


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
