"""The history of a specification's runs: a small file with one line for each, the oldest first.

HistoryError    the file cannot be read as a history; one sentence, with the line and what to do
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    ValidationError,
)

from watchword.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchword.run import Run

DEFAULT_PLACE = Path("build/history.ndjson")
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class HistoryError(InputError):
    """The history cannot be used."""


class Totals(BaseModel):
    """How many scenarios ended in each way."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    passed: NonNegativeInt
    failed: NonNegativeInt
    skipped: NonNegativeInt
    not_run: NonNegativeInt = Field(alias="not run")


class PastRun(BaseModel):
    """One line: a run in a few numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    started_at: AwareDatetime
    commit: str | None
    evidence_sha256: Sha256
    totals: Totals
    seconds: NonNegativeFloat


def past_run(run: Run) -> PastRun:
    """Sum up a run in one line."""
    return PastRun(
        started_at=run.started_at,
        commit=run.commit,
        evidence_sha256=run.digest,
        totals=Totals.model_validate(run.totals),
        seconds=run.seconds,
    )


def read_history(path: Path) -> tuple[PastRun, ...]:
    """Read a history; where there is no file, nothing has run yet.

    Raises:
        HistoryError: a line is not one of a history.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise HistoryError(f"{path}: the history cannot be read ({error}) — name its file") from None
    return tuple(_read(path, number, line) for number, line in enumerate(lines, start=1))


def with_run(history: Iterable[PastRun], run: Run) -> tuple[PastRun, ...]:
    """Add a run to the earlier ones, once."""
    newest = past_run(run)
    return (*(past for past in history if past.evidence_sha256 != newest.evidence_sha256), newest)


def written(history: Iterable[PastRun]) -> str:
    """Write a history, one line a run."""
    return "".join(f"{past.model_dump_json()}\n" for past in history)


def _read(path: Path, number: int, line: str) -> PastRun:
    try:
        return PastRun.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        told = f"{place}: {first['msg']}" if place else first["msg"]
        raise HistoryError(f"{path}:{number}: is no run of a history ({told}) — take the line out") from None
