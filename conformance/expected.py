"""A list of failures that somebody has accepted: which, why, and until when."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- Pydantic reads the annotation
import difflib
import tomllib
from typing import TYPE_CHECKING, Annotated

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


def read_expected(path: Path, known: Collection[str], *, today: dt.date) -> dict[str, Expected]:
    """Read `[[failure]]` tables.

    Raises:
        BadInvocation: the file cannot be read, an id is unknown, or a review is overdue.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("failure", [])
        found = [Expected.model_validate(row) for row in rows]
    except OSError as error:
        raise BadInvocation(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInvocation(f"{path} is not TOML ({error}) — correct it there") from None
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise BadInvocation(f"{path}: {'.'.join(map(str, fault['loc'])) or 'a row'}: {fault['msg']}") from None
    for each in found:
        if each.id not in known:
            near = difflib.get_close_matches(each.id, known, 1)
            raise BadInvocation(f"{path}: there is no {each.id}{f' — is it {near[0]}?' if near else ''}")
        if each.review is not None and each.review < today:
            raise BadInvocation(
                f"{path}: {each.id} was to be reviewed by {each.review} — look at it, and set another day"
            )
    return {each.id: each for each in found}
