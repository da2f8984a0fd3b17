"""A list of failures that somebody has accepted: which, why, and until when."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- Pydantic reads the annotation
import difflib
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from conformance.errors import BadInvocation

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


class Expected(BaseModel):
    """One accepted failure: a scenario's id, why, and the last day before somebody looks again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=3)]
    review: dt.date | None = None


class _List(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    failure: list[Expected] = []


WORDS: Final = {
    "missing": "it is missing",
    "string_too_short": "it is too short to say anything",
    "extra_forbidden": "there is no such key — [[failure]] holds id, reason and review",
    "list_type": "it is no list — write [[failure]]",
}


def _place(table: int | str, row: int | str | None = None, *key: int | str) -> str:
    if not isinstance(row, int):
        return str(table)
    return ", ".join([f"failure {row + 1}", *map(str, key)])


def read_expected(path: Path, known: Collection[str], *, today: dt.date) -> dict[str, Expected]:
    """Read `[[failure]]` tables.

    Raises:
        BadInvocation: the file cannot be read, an id is unknown, or a review is overdue.
    """
    try:
        found = _List.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).failure
    except OSError as error:
        raise BadInvocation(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInvocation(f"{path} is not TOML ({error}) — correct it there") from None
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise BadInvocation(f"{path}: {_place(*fault['loc'])}: {WORDS.get(fault['type'], fault['msg'])}") from None
    for id_, count in Counter(row.id for row in found).items():
        if count > 1:
            raise BadInvocation(f"{path}: {id_} is named {count} times — name it once")
    for each in found:
        if each.id not in known:
            near = difflib.get_close_matches(each.id, known, 1)
            raise BadInvocation(f"{path}: there is no {each.id}{f' — is it {near[0]}?' if near else ''}")
        if each.review is not None and each.review < today:
            raise BadInvocation(
                f"{path}: {each.id} was to be reviewed by {each.review} — look at it, and set another day"
            )
    return {each.id: each for each in found}
