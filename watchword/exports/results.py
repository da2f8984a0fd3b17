"""`results.json`: the whole run as data, and the JSON Schema that says what stands in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NonNegativeFloat, PositiveInt

from watchword.evidence import Status  # noqa: TC001 -- a model's field
from watchword.history import Sha256, Totals
from watchword.places import address
from watchword.register import LEVELS, REQUIREMENT_ID, Level, RequirementId

if TYPE_CHECKING:
    from watchword.book import Book
    from watchword.run import Result, Run
    from watchword.specification import Pickle

RESULTS = "results.json"
SCHEMA = "results.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_LEVELS: dict[str, Level] = {level.lower(): level for level in LEVELS}


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, use_attribute_docstrings=True)


class RunFacts(_Fact):
    """What ran, when, and how to tell it from another run."""

    started_at: AwareDatetime
    commit: str | None
    """The revision that ran; null outside a repository."""
    is_dirty: bool
    """Whether files differed from that revision."""
    python: str
    evidence_sha256: Sha256
    """Of the evidence this was made from."""
    specification_sha256: Sha256
    """Over the paths and the bytes of all feature files."""
    seconds: NonNegativeFloat
    has_passed: bool
    """Whether everything that is written ran and passed."""


class ScenarioFacts(_Fact):
    """One scenario, or one row of an outline, and how it ended."""

    id: str
    """Stays the same while the file, the scenario's name and the row's values do."""
    uri: str
    """The feature file, below the project's root."""
    line: PositiveInt
    """Where the scenario or the row stands in it."""
    feature: str
    rule: str | None
    name: str
    """With the row's values filled in."""
    values: dict[str, str] | None
    """The row by column; null where the scenario is no outline."""
    tags: tuple[str, ...]
    """Its own and those it inherits, without the at signs."""
    level: Level | None
    requirements: tuple[RequirementId, ...]
    status: Status
    seconds: NonNegativeFloat
    error: str | None
    """What the step said that broke it, or the reason why it was skipped."""
    broke_at: str | None
    """The step that said it, as `file:line`."""
    page: str
    """Its permalink; relative to the site's root where the site has no address of its own."""


class Results(_Fact):
    """The results of one run of a specification."""

    schema_: str = Field(alias="$schema")
    format: Literal[1] = 1
    """Raised when a reader of this file would have to change."""
    run: RunFacts
    totals: Totals
    scenarios: tuple[ScenarioFacts, ...]
    """In the order written."""


def results(book: Book, site: str = "") -> Results:
    """Gather the results of a book.

    Args:
        site: the address the book is published at, with its last slash; empty gives relative addresses.
    """
    return Results.model_validate(
        {
            "$schema": site + SCHEMA,
            "run": _run(book.run, book.specification.digest),
            "totals": Totals.model_validate(book.run.totals),
            "scenarios": tuple(_scenario(result, site) for result in book.run.results),
        }
    )


def results_json(book: Book, site: str = "") -> str:
    """Write the results as one JSON document."""
    return results(book, site).model_dump_json() + "\n"


def results_schema(site: str = "") -> str:
    """Write the JSON Schema of the results."""
    schema = {"$schema": DIALECT, "$id": site + SCHEMA, **Results.model_json_schema(mode="serialization")}
    return json.dumps(schema, indent=2) + "\n"


def _run(run: Run, specification_sha256: str) -> RunFacts:
    return RunFacts(
        started_at=run.started_at,
        commit=run.commit,
        is_dirty=run.is_dirty,
        python=run.python,
        evidence_sha256=run.digest,
        specification_sha256=specification_sha256,
        seconds=run.seconds,
        has_passed=run.has_passed,
    )


def _scenario(result: Result, site: str) -> ScenarioFacts:
    pickle = result.pickle
    broken = next((step for step in result.steps if step.error), None)
    return ScenarioFacts(
        id=pickle.id,
        uri=pickle.feature.uri,
        line=pickle.line,
        feature=pickle.feature.name,
        rule=pickle.rule.name if pickle.rule else None,
        name=pickle.name,
        values=dict(pickle.row.values) if pickle.row else None,
        tags=pickle.tags,
        level=next((_LEVELS[tag] for tag in pickle.tags if tag in _LEVELS), None),
        requirements=requirements(pickle),
        status=result.status,
        seconds=result.seconds,
        error=broken.error if broken else result.error,
        broke_at=f"{pickle.feature.uri}:{broken.line}" if broken else None,
        page=permalink(pickle, site),
    )


def requirements(pickle: Pickle) -> tuple[str, ...]:
    """Name the requirements that a scenario's tags say it shows."""
    return tuple(tag for tag in pickle.tags if REQUIREMENT_ID.fullmatch(tag))


def permalink(pickle: Pickle, site: str) -> str:
    """Give the address of a scenario, or of its row, on the published site."""
    return site + address(pickle.feature, pickle.id)
