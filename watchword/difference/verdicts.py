"""Put the head's run beside a difference: a verdict only where it is of the very bytes that are compared."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from watchword import EVIDENCE_FORMAT
from watchword.difference.model import Difference, RunSummary, ScenarioChange, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from watchword.difference.sides import Side
    from watchword.specification import Feature, Scenario

NOT_RUN = "not run"
ORDER: tuple[str, ...] = ("failed", NOT_RUN, "skipped", "passed")
AGAIN = "run the scenarios (pytest features --evidence {path})"

_Cell = tuple[str, str]
_Key = tuple[str, int, frozenset[_Cell]]
_Statuses = dict[_Key, list[str]]


class _Part(BaseModel):
    """The few members of a line of evidence that a verdict is made of; the exchanges are passed over unread."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Head(_Part):
    format: int
    started_at: str
    commit: str | None
    trees: dict[str, str]


class _Row(_Part):
    uri: str
    digest: str
    line: int
    values: dict[str, str] | None
    status: str


class _End(_Part):
    sha256: str


class _UnusableError(Exception):
    """The evidence says nothing; the message says why."""


def with_verdicts(difference: Difference, head: Side, evidence: Path, shown_as: str = "") -> Difference:
    """Add what the head's run says; evidence that is missing, torn or of other files or code says nothing.

    Args:
        difference: what to add it to.
        head: the side that ran.
        evidence: the file `pytest --evidence` wrote.
        shown_as: the file's name in messages.
    """
    try:
        first, rows = _read(evidence, shown_as or str(evidence))
        _refuse_other_code(first, head)
    except _UnusableError as error:
        return replace(difference, run=RunSummary({}, "", "", str(error)))
    current = {uri: feature.digest for uri, feature in head.features.items()}
    statuses: _Statuses = defaultdict(list)
    for row in rows:
        if current.get(row.uri) == row.digest:
            statuses[row.uri, row.line, frozenset((row.values or {}).items())].append(row.status)
    counts = _counts(_ended(head.features.values(), statuses))
    scenarios = tuple(_judged(change, head, statuses) for change in difference.scenarios)
    return replace(difference, scenarios=scenarios, run=RunSummary(counts, first.started_at, first.commit or ""))


def _read(evidence: Path, shown_as: str) -> tuple[_Head, list[_Row]]:
    again = AGAIN.format(path=shown_as)
    try:
        first, *middle, last = (content := evidence.read_bytes()).rstrip(b"\n").split(b"\n")
        sealed = content[: content.rstrip(b"\n").rindex(b"\n") + 1]
        head, end = _Head.model_validate_json(first), _End.model_validate_json(last)
        rows = [_Row.model_validate_json(line) for line in middle]
    except OSError as error:
        why = "" if isinstance(error, FileNotFoundError) else f" that can be read ({error.strerror})"
        raise _UnusableError(f"there is no evidence of a run{why}: {again}") from None
    except (ValidationError, ValueError):
        raise _UnusableError(f"the evidence is torn or of another version: {again}") from None
    if end.sha256 != hashlib.sha256(sealed).hexdigest() or head.format != EVIDENCE_FORMAT:
        raise _UnusableError(f"the evidence is torn or of another version: {again}")
    return head, rows


def _refuse_other_code(first: _Head, head: Side) -> None:
    changed = [
        tree for tree, digest in head.trees.items() if tree != head.folder and first.trees.get(tree, digest) != digest
    ]
    if changed:
        raise _UnusableError(f"the run was of other code: {' and '.join(sorted(changed))} changed since")


def _judged(change: ScenarioChange, head: Side, statuses: _Statuses) -> ScenarioChange:
    if change.kinds == ("removed",):
        return change
    feature = head.features[change.where.uri]
    scenario = next(each for _, each in feature.placed_scenarios() if each.id == change.id)
    counts = _counts(_cases(feature, scenario, statuses))
    return replace(change, verdict=Verdict(next((each for each in ORDER if counts.get(each)), NOT_RUN), counts))


def _ended(features: Iterable[Feature], statuses: _Statuses) -> list[str]:
    return [
        status
        for feature in features
        for _, scenario in feature.placed_scenarios()
        for status in _cases(feature, scenario, statuses)
    ]


def _cases(feature: Feature, scenario: Scenario, statuses: _Statuses) -> list[str]:
    """Give how each case of a scenario ended; a case without a row of evidence was not run."""
    rows = [frozenset(row.values.items()) for row in scenario.rows] or [frozenset[_Cell]()]
    ended: list[str] = []
    for values, count in Counter(rows).items():
        found = statuses.get((feature.uri, scenario.line, values), [])[:count]
        ended += [*found, *([NOT_RUN] * (count - len(found)))]
    return ended


def _counts(ended: Iterable[str]) -> dict[str, int]:
    counted = Counter(ended)
    return {status: counted[status] for status in ORDER if counted[status]}
