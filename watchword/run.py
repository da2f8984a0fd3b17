"""Join the evidence of a run to the specification it ran: one result for every pickle.

    EvidenceError    the evidence is missing, torn or of other feature files; one sentence and what to do

A pickle without a row of evidence has the status "not run": nothing is taken for passed that did not run. Features of a
suite that runs apart have their evidence in a file of their own (watchword.suites).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, cast, get_args

from pydantic import ValidationError

from watchword import EVIDENCE_FORMAT
from watchword.digest import digest_tree
from watchword.errors import InputError
from watchword.evidence import End, ExchangeLine, Head, Headers, Json, Row, Status, StepLine, read_line
from watchword.suites import Suite, suites

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from watchword.evidence import Selection
    from watchword.specification import Pickle, Specification

STATUSES: tuple[Status, ...] = get_args(Status)
RUN_AGAIN = "run the scenarios again with `pytest features --evidence {path}`"

Key = tuple[str, int, tuple[tuple[str, str], ...], int]


class EvidenceError(InputError):
    """The evidence cannot be used."""


@dataclass(frozen=True)
class Token:
    """A token as shown: decoded as far as it decodes, its signature cut; `length` is that of the whole."""

    name: str
    text: str
    length: int
    header: Json | None
    claims: Json | None
    problem: str | None


@dataclass(frozen=True)
class Exchange:
    """One request and its answer; `status` is None where the transport failed and there was none."""

    sender: str
    receiver: str
    method: str
    url: str
    request_headers: Headers
    request_body: str
    status: int | None
    response_headers: Headers
    response_body: str
    tokens: tuple[Token, ...]
    seconds: float
    within: int = 0
    """How many exchanges began between this request and its answer; they come next."""


@dataclass(frozen=True)
class Note:
    """An observation made during a step, such as the reason a log record names."""

    kind: str
    facts: Json


@dataclass(frozen=True)
class StepResult:
    """How one step ended; `definition` is "steps/tokens.py:31"."""

    keyword: str
    text: str
    line: int
    status: Status
    seconds: float = 0.0
    definition: str | None = None
    error: str | None = None
    exchanges: tuple[Exchange, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Result:
    """How one pickle ended."""

    pickle: Pickle
    status: Status
    seconds: float
    steps: tuple[StepResult, ...]
    error: str | None = None
    tokens: tuple[Token, ...] = ()

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Give the exchanges of all its steps, in order."""
        return tuple(exchange for step in self.steps for exchange in step.exchanges)


@dataclass(frozen=True)
class Apart:
    """What became of a suite that runs apart: when it ran and of which commit, or why there is nothing to show."""

    suite: Suite
    started_at: datetime | None = None
    commit: str | None = None
    absence: str = ""


@dataclass(frozen=True)
class Run:
    """A run of a specification; `digest` seals the whole evidence, `results` stand in the written order."""

    started_at: datetime
    commit: str | None
    is_dirty: bool
    python: str
    digest: str
    seconds: float
    selection: Selection
    trees: Mapping[str, str]
    results: tuple[Result, ...]
    _by_id: Mapping[str, Result] = field(repr=False)
    apart: tuple[Apart, ...] = ()

    def result(self, pickle: Pickle) -> Result:
        """Give the result of a pickle of the specification the run was joined to."""
        return self._by_id[pickle.id]

    @property
    def totals(self) -> Mapping[Status, int]:
        """Count the results by status, every status named."""
        counted = Counter(result.status for result in self.results)
        return {status: counted[status] for status in STATUSES}

    @property
    def refused(self) -> tuple[str, ...]:
        """Say of each step that could not run at all where it stands and why: no definition, or one nobody awaits."""
        return tuple(
            f"{result.pickle.feature.uri}:{step.line}: {step.error}"
            for result in self.results
            for step in result.steps
            if step.status == "failed" and step.definition is None
        )

    @property
    def has_passed(self) -> bool:
        """Say whether everything that is written ran and passed, suites left aside that nobody ran here."""
        here = [result for result in self.results if self.absent(result.pickle) is None]
        return bool(here) and all(result.status == "passed" for result in here)

    def absent(self, pickle: Pickle) -> Apart | None:
        """Give the suite that a pickle belongs to, where it runs apart and nobody ran it here."""
        return next((each for each in self.apart if each.absence and each.suite.holds(pickle.feature.uri)), None)


def load(evidence: Path, specification: Specification) -> Run:
    """Load the evidence of a run and join it to the specification.

    Raises:
        EvidenceError: the file is missing or torn, or the features have changed since.
    """
    head, rows, end = _read(evidence)
    apart = suites(specification.root)
    rows = [row for row in rows if not any(suite.holds(row.uri) for suite in apart)]
    _refuse_stale(evidence, head, rows, specification, lambda uri: not any(suite.holds(uri) for suite in apart))
    found = _by_key(evidence, rows)
    accounts = [_account(suite, specification, found) for suite in apart]
    absent = {account.suite: account.absence for account in accounts if account.absence}
    results = tuple(_result(pickle, found.pop(_key(pickle), None), absent) for pickle in specification.pickles)
    if found:
        uri, line, *_ = next(iter(found))
        raise EvidenceError(f"{evidence}: {uri}:{line} ran but is not written any more — {_again(evidence)}")
    return Run(
        started_at=datetime.fromisoformat(head.started_at),
        commit=head.commit,
        is_dirty=head.is_dirty,
        python=head.python,
        digest=end.sha256,
        seconds=end.seconds,
        selection=head.selection,
        trees=head.trees,
        results=results,
        _by_id={result.pickle.id: result for result in results},
        apart=tuple(accounts),
    )


def _account(suite: Suite, specification: Specification, found: dict[Key, Row]) -> Apart:
    """Add the rows of a suite to those that were found, where its evidence is in date."""
    evidence = specification.root / suite.evidence
    if not evidence.is_file():
        return Apart(suite, absence=f"not run here: {suite.invitation}")
    head, rows, _ = _read(evidence, f"run it again with `{suite.run}`")
    is_same = all(head.trees.get(name) == digest_tree(specification.root / name) for name in suite.inputs)
    with suppress(EvidenceError):
        _refuse_stale(evidence, head, rows, specification, suite.holds)
        if is_same:
            found |= _by_key(evidence, rows)
            return Apart(suite, datetime.fromisoformat(head.started_at), head.commit)
    return Apart(suite, absence=f"not run since something changed: {suite.invitation}")


def _read(evidence: Path, again: str = "") -> tuple[Head, list[Row], End]:
    again = again or _again(evidence)
    try:
        content = evidence.read_bytes()
    except OSError as error:
        raise EvidenceError(f"{evidence}: no evidence there ({error.strerror}) — {again}") from None
    sealed, _, last = content.rstrip(b"\n").rpartition(b"\n")
    try:
        end = read_line(last)
        is_whole = isinstance(end, End) and end.sha256 == hashlib.sha256(sealed + b"\n").hexdigest()
        head, *rows = (read_line(line) for line in sealed.split(b"\n")) if is_whole else (None,)
    except ValidationError:
        is_whole = False
    if not is_whole:
        raise EvidenceError(f"{evidence}: the evidence is torn or of another version — {again}")
    if not isinstance(head, Head) or head.format != EVIDENCE_FORMAT or cast("End", end).rows != len(rows):
        raise EvidenceError(f"{evidence}: the evidence is not of format {EVIDENCE_FORMAT} — {again}")
    return head, cast("list[Row]", rows), cast("End", end)


def _again(evidence: Path) -> str:
    return RUN_AGAIN.format(path=evidence)


def _refuse_stale(
    evidence: Path, head: Head, rows: list[Row], specification: Specification, is_of: Callable[[str], bool]
) -> None:
    written = {feature.uri: feature.digest for feature in specification.features if is_of(feature.uri)}
    ran = {uri: digest for uri, digest in head.features.items() if is_of(uri)}
    seen = [*ran.items(), *((row.uri, row.digest) for row in rows)]
    changed = {uri for uri, digest in seen if written.get(uri) != digest} | (written.keys() - ran.keys())
    if changed:
        raise EvidenceError(f"{evidence}: {min(changed)} has changed since the run — {_again(evidence)}")


def _by_key(evidence: Path, rows: list[Row]) -> dict[Key, Row]:
    found: dict[Key, Row] = {}
    for row in rows:
        key = (row.uri, row.line, tuple((row.values or {}).items()), row.occurrence)
        if key in found:
            raise EvidenceError(f"{evidence}: {row.uri}:{row.line} has two results — {_again(evidence)}")
        found[key] = row
    return found


def _key(pickle: Pickle) -> Key:
    values = tuple(pickle.row.values.items()) if pickle.row else ()
    return pickle.feature.uri, pickle.scenario.line, values, pickle.occurrence


def _result(pickle: Pickle, row: Row | None, absent: Mapping[Suite, str]) -> Result:
    if row is None or not row.steps:
        steps = tuple(StepResult(step.keyword, step.text, step.line, "not run") for step in pickle.steps)
        if row:
            return Result(pickle, row.status, row.seconds, steps, row.error)
        reason = next((why for suite, why in absent.items() if suite.holds(pickle.feature.uri)), None)
        return Result(pickle, "not run", 0.0, steps, reason)
    tokens = {line.name: Token(**vars(line)) for line in row.tokens}
    steps = tuple(_step(step, tokens) for step in row.steps)
    return Result(pickle, row.status, row.seconds, steps, row.error, tuple(tokens.values()))


def _step(line: StepLine, tokens: Mapping[str, Token]) -> StepResult:
    return StepResult(
        keyword=line.keyword,
        text=line.text,
        line=line.line,
        status=line.status,
        seconds=line.seconds,
        definition=line.definition,
        error=line.error,
        exchanges=tuple(_exchange(exchange, tokens) for exchange in line.exchanges),
        notes=tuple(Note(note.kind, note.facts) for note in line.notes),
    )


def _exchange(line: ExchangeLine, tokens: Mapping[str, Token]) -> Exchange:
    return Exchange(**{**vars(line), "tokens": tuple(tokens[name] for name in line.tokens)})
