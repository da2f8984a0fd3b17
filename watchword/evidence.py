"""The evidence of a run: one JSON object a line, a head, one row per scenario that ran, an end that seals them.

The end line holds the number of rows and the SHA-256 of every line before it, so that a torn file is noticed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Status = Literal["passed", "failed", "skipped", "not run"]
Headers = tuple[tuple[str, str], ...]
Json = dict[str, Any]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class TokenLine(_Line):
    """A token as shown: decoded, its signature cut."""

    name: str
    text: str
    length: int
    header: Json | None = None
    claims: Json | None = None
    problem: str | None = None


class ExchangeLine(_Line):
    """A request and, unless the transport failed, its answer."""

    sender: str
    receiver: str
    method: str
    url: str
    request_headers: Headers
    request_body: str = ""
    status: int | None = None
    response_headers: Headers = ()
    response_body: str = ""
    tokens: tuple[str, ...] = ()
    seconds: float = 0.0
    within: int = 0
    """How many exchanges began between this request and its answer; they come next."""


class NoteLine(_Line):
    """An observation made during a step."""

    kind: str
    facts: Json


class StepLine(_Line):
    """One step as it ran, or as it did not."""

    keyword: str
    text: str
    line: int
    status: Status = "not run"
    seconds: float = 0.0
    definition: str | None = None
    error: str | None = None
    exchanges: tuple[ExchangeLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()


class Row(_Line):
    """One scenario, or one row of an outline, as it ran."""

    kind: Literal["row"] = "row"
    uri: str
    digest: str
    line: int
    values: dict[str, str] | None
    occurrence: int
    status: Status
    seconds: float
    error: str | None = None
    steps: tuple[StepLine, ...] = ()
    tokens: tuple[TokenLine, ...] = ()


class Selection(_Line):
    """What was asked for: the paths, and the expressions of -k and -m."""

    paths: tuple[str, ...] = ()
    keyword: str = ""
    marker: str = ""


class Head(_Line):
    """What ran, of which files, when."""

    kind: Literal["head"] = "head"
    format: int
    started_at: str
    commit: str | None
    is_dirty: bool
    python: str
    selection: Selection
    features: dict[str, str]
    trees: dict[str, str]


class End(_Line):
    """The seal of a whole file."""

    kind: Literal["end"] = "end"
    rows: int
    seconds: float
    sha256: str


Line = Annotated[Head | Row | End, Field(discriminator="kind")]
_LINE: TypeAdapter[Head | Row | End] = TypeAdapter(Line)
_LINES_REMEMBERED = 10_000


@lru_cache(_LINES_REMEMBERED)
def read_line(text: bytes) -> Head | Row | End:
    """Read one line; of two evidences that share lines, those are read once.

    Raises:
        ValueError: it is no line of evidence.
    """
    return _LINE.validate_json(text)
