"""Rows of tables that callers rely on, such as claims and refusals: which changes break a caller.

A project names its tables in pyproject.toml:

    [[tool.watchword.tables]]
    name = "claims"
    columns = ["claim", "type"]                 # a table with these columns; the first names a row
    breaking = ["removed", "added", "type"]     # a row taken out, a row added, another value in a column
    optional = { presence = ["sometimes"] }     # a row so marked may come, and go, without breaking anybody
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from watchword.difference.model import DifferenceError, TableChange
from watchword.difference.rows import row_changes, table_rows
from watchword.settings import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from watchword.difference.model import Breaking, RowChange
    from watchword.difference.pairing import Placed
    from watchword.specification import Scenario

Row = dict[str, str]


class Kept(BaseModel):
    """One kind of table that callers rely on."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Annotated[str, Field(min_length=1)]
    columns: Annotated[list[str], Field(min_length=1)]
    breaking: list[str] = []
    optional: dict[str, list[str]] = {}

    def knows(self, header: tuple[str, ...]) -> bool:
        """Say whether a table is of this kind."""
        return header[:1] == (self.columns[0],) and set(self.columns) <= set(header)


Contract = tuple[Kept, ...]
_KEPT: TypeAdapter[list[Kept]] = TypeAdapter(list[Kept])


def contract_of(settings: Mapping[str, object]) -> Contract:
    """Read which tables a project's callers rely on.

    Raises:
        DifferenceError: the settings say it in another form.
    """
    try:
        return tuple(_KEPT.validate_python(told(settings).get("tables", [])))
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in found["loc"])
        raise DifferenceError(
            f"pyproject.toml: [[tool.watchword.tables]] {place}: {found['msg']} — correct it there"
        ) from None


def table_changes(old: Placed | None, new: Placed | None, contract: Contract) -> Iterator[TableChange]:
    """Tell the rows that changed in such tables of one scenario."""
    here = new or old
    if here is None:
        return
    for kept in contract:
        before, after = (_rows(each.scenario, kept) if each else {} for each in (old, new))
        for number in dict.fromkeys([*before, *after]):
            mine, theirs = before.get(number, []), after.get(number, [])
            for change in row_changes(mine, theirs, table=kept.name, key=kept.columns[0]):
                row = _row(change, theirs if change.kind != "removed" else mine)
                breaking, why = _judged(kept, change, row, is_new=old is None)
                yield TableChange(kept.name, here.scenario.name, here.where, change, breaking, why, is_gone=new is None)


def _rows(scenario: Scenario, kept: Kept) -> dict[str, list[Row]]:
    """Give the rows of each table of that kind, by the step above it; examples are one table."""
    found = {
        step.text: table_rows(step.table) for step in scenario.steps if step.table and kept.knows(step.table.header)
    }
    examples = [dict(row.values) for each in scenario.examples if kept.columns[0] in each.header for row in each.rows]
    if examples and set(kept.columns) <= set(examples[0]):
        found[""] = examples
    return found


def _row(change: RowChange, rows: list[Row]) -> Row:
    return next((row for row in rows if tuple(row.values()) == change.row), {})


def _judged(kept: Kept, change: RowChange, row: Row, *, is_new: bool) -> tuple[Breaking, str]:
    if not kept.breaking:
        return "", ""
    name = row.get(kept.columns[0], "")
    is_optional = any(row.get(column) in words for column, words in kept.optional.items())
    if change.kind in {"removed", "added"}:
        breaks = change.kind in kept.breaking and not is_optional and not (is_new and change.kind == "added")
        return ("breaking", f"`{name}` was {change.kind}") if breaks else ("not breaking", "")
    for edit in change.edits:
        if edit.column in kept.breaking:
            return "breaking", f"the {edit.column} of `{name}` was `{edit.before}`, is `{edit.after}`"
    return "not breaking", ""
