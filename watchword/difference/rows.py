"""Which rows of a table were added, taken out or changed in which cell; their order says nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from watchword.difference.model import CellEdit, RowChange

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from watchword.specification import Scenario, Table

Row = dict[str, str]
_MOST_COMPARED = 4_000
_MOSTLY = 0.5


def table_rows(table: Table | None) -> list[Row]:
    """Give a data table's rows by column; its first column names them."""
    return [dict(zip(table.header, row, strict=False)) for row in table.body] if table else []


def example_rows(scenario: Scenario) -> list[Row]:
    """Give the rows of all examples of an outline."""
    return [dict(row.values) for row in scenario.rows]


def row_changes(before: Sequence[Row], after: Sequence[Row], *, table: str, key: str | None = None) -> list[RowChange]:
    """Tell the changes between two lists of rows.

    Args:
        before: the rows of the base.
        after: the rows of the head.
        table: what the changes call the table.
        key: the column that names a row, where there is one.
    """
    old, new = _Rows(_beyond(before, after)), _Rows(_beyond(after, before))
    changes = [
        RowChange("changed", table, tuple(theirs), tuple(theirs.values()), _cells(mine, theirs))
        for mine, theirs in _pairs(old, new, key)
    ]
    changes += [RowChange("removed", table, tuple(row), tuple(row.values())) for row in old.left()]
    return changes + [RowChange("added", table, tuple(row), tuple(row.values())) for row in new.left()]


def _beyond(mine: Iterable[Row], theirs: Iterable[Row]) -> Iterator[Row]:
    """Leave out what both have, as often as both have it."""
    common = Counter(frozenset(row.items()) for row in theirs)
    for row in mine:
        key = frozenset(row.items())
        if common[key]:
            common[key] -= 1
        else:
            yield row


class _Rows:
    """Rows that have no partner yet."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = dict(enumerate(rows))

    def left(self) -> list[Row]:
        return list(self._rows.values())

    def numbered(self) -> list[tuple[int, Row]]:
        return list(self._rows.items())

    def has(self, number: int) -> bool:
        return number in self._rows

    def take(self, number: int) -> Row:
        return self._rows.pop(number)


def _pairs(old: _Rows, new: _Rows, key: str | None) -> Iterator[tuple[Row, Row]]:
    if key is not None:
        yield from _matched(old, new, lambda row: [row.get(key, "")])
        return
    # One cell apart first, which is what an edit of a table mostly is.
    yield from _matched(old, new, _all_but_one)
    if len(old.left()) * len(new.left()) <= _MOST_COMPARED:
        yield from _likest(old, new)


def _all_but_one(row: Row) -> list[Hashable]:
    cells = frozenset(row.items())
    return [cells - {cell} for cell in row.items()] if len(cells) > 1 else []


def _matched(old: _Rows, new: _Rows, keys_of: Callable[[Row], list[Hashable]]) -> Iterator[tuple[Row, Row]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for number, row in reversed(new.numbered()):
        for key in keys_of(row):
            found[key].append(number)
    for number, row in old.numbered():
        match = next((other for key in keys_of(row) for other in reversed(found.get(key, [])) if new.has(other)), None)
        if match is not None:
            yield old.take(number), new.take(match)


def _likest(old: _Rows, new: _Rows) -> Iterator[tuple[Row, Row]]:
    """Pair rows that agree in more than half of their cells, the likest first."""
    scored = sorted(
        (-_alike(row, other), place, number)
        for place, row in old.numbered()
        for number, other in new.numbered()
        if _alike(row, other) > _MOSTLY
    )
    for _, place, number in scored:
        if old.has(place) and new.has(number):
            yield old.take(place), new.take(number)


def _alike(one: Row, other: Row) -> float:
    return len(one.items() & other.items()) / max(len(one), len(other), 1)


def _cells(before: Row, after: Row) -> tuple[CellEdit, ...]:
    return tuple(
        CellEdit(column, before.get(column, ""), after.get(column, ""))
        for column in dict.fromkeys([*before, *after])
        if before.get(column, "") != after.get(column, "")
    )
