"""`messages.ndjson`: the run as Cucumber Messages, which the formatters of the Cucumber family read.

What led a green scenario to its action is told in one line for each exchange; the evidence holds all of it. The
evidence says how long each scenario took, not when it began: here they begin in the order written.

Source: https://github.com/cucumber/messages, its JSON Schema; the order of messages is that of cucumber-js.
"""

from __future__ import annotations

import json
from datetime import timedelta
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING, cast

from gherkin.ast_builder import AstBuilder
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from watchword.exports.attachments import attachments
from watchword.exports.outcomes import outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from gherkin.pickles.compiler import GherkinDocumentWithURI

    from watchword.book import Book
    from watchword.evidence import Json
    from watchword.exports.outcomes import Outcome
    from watchword.run import Result, Run
    from watchword.specification import Feature

PROTOCOL = "34.2.1"
RUN_ID = "run"
# The evidence does not hold these, and the schema asks for them.
UNRECORDED: Json = {"name": "not recorded"}


class _Ids(IdGenerator):
    """Ids that no other feature has."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix

    def get_next_id(self) -> str:
        return f"{self._prefix}.{super().get_next_id()}"


def messages_ndjson(book: Book) -> str:
    """Write the run as Cucumber Messages, one a line."""
    encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
    return "".join(f"{encoder.encode(message)}\n" for message in messages(book))


def messages(book: Book) -> Iterator[Json]:
    """Tell the run message by message."""
    run = book.run
    yield {"meta": _meta(run)}
    compiled: list[Json] = []
    for number, feature in enumerate(book.specification.features):
        document, pickles = _compiled(feature, str(number))
        yield from document
        yield from ({"pickle": pickle} for pickle in pickles)
        compiled += pickles
    yield {"testRunStarted": {"id": RUN_ID, "timestamp": _timestamp(run.started_at)}}
    cases = list(zip(compiled, run.results, strict=True))
    yield from ({"testCase": _case(pickle)} for pickle, _ in cases)
    for (pickle, result), started_at in zip(cases, _starts(run), strict=True):
        yield from _told(pickle, result, started_at)
    end = run.started_at + timedelta(seconds=run.seconds)
    yield {"testRunFinished": {"testRunStartedId": RUN_ID, "success": run.has_passed, "timestamp": _timestamp(end)}}


def _meta(run: Run) -> Json:
    return {
        "protocolVersion": PROTOCOL,
        "implementation": {"name": "watchword", "version": version("watchword")},
        "runtime": {"name": "Python", "version": run.python},
        "os": UNRECORDED,
        "cpu": UNRECORDED,
    }


def _starts(run: Run) -> Iterator[datetime]:
    """Let one scenario begin after the other, closer where several ran at once: the run lasts as long as it did."""
    total = sum(result.seconds for result in run.results)
    pace = min(1.0, run.seconds / total) if total else 1.0
    begun = 0.0
    for result in run.results:
        yield run.started_at + timedelta(seconds=begun * pace)
        begun += result.seconds


def _compiled(feature: Feature, prefix: str) -> tuple[list[Json], list[Json]]:
    """Give a feature's source and document, and what it compiles to, in the order of its own pickles."""
    text = feature.path.read_text(encoding="utf-8")
    ids = _Ids(prefix)
    document = cast("GherkinDocumentWithURI", {**Parser(AstBuilder(ids)).parse(text), "uri": feature.uri})
    source = {"uri": feature.uri, "data": text, "mediaType": "text/x.cucumber.gherkin+plain"}
    return [{"source": source}, {"gherkinDocument": document}], cast("list[Json]", Compiler(ids).compile(document))


def _case(pickle: Json) -> Json:
    steps = [{"id": _step_id(step), "pickleStepId": step["id"]} for step in pickle["steps"]]
    return {"id": f"case {pickle['id']}", "pickleId": pickle["id"], "testRunStartedId": RUN_ID, "testSteps": steps}


def _step_id(pickle_step: Json) -> str:
    return f"step {pickle_step['id']}"


def _told(pickle: Json, result: Result, started_at: datetime) -> Iterable[Json]:
    attempt = f"attempt {pickle['id']}"
    started = {"id": attempt, "testCaseId": f"case {pickle['id']}", "attempt": 0, "timestamp": _timestamp(started_at)}
    finished_at = started_at + timedelta(seconds=result.seconds)
    finished = {"testCaseStartedId": attempt, "timestamp": _timestamp(finished_at), "willBeRetried": False}
    shown: set[str] = set()
    now = started_at
    steps = []
    for step, outcome in zip(pickle["steps"], outcomes(result), strict=True):
        steps.append(_step(attempt, _step_id(step), outcome, now, shown))
        now += timedelta(seconds=outcome.seconds)
    return chain([{"testCaseStarted": started}], *steps, [{"testCaseFinished": finished}])


def _step(attempt: str, step_id: str, outcome: Outcome, now: datetime, shown: set[str]) -> Iterator[Json]:
    where = {"testCaseStartedId": attempt, "testStepId": step_id}
    yield {"testStepStarted": {**where, "timestamp": _timestamp(now)}}
    for attachment in attachments(outcome.step, shown, is_brief=outcome.is_preparation) if outcome.step else ():
        yield {"attachment": {**where, **attachment}}
    result: Json = {"status": outcome.status, "duration": _duration(timedelta(seconds=outcome.seconds))}
    if outcome.error:
        result["message"] = outcome.error
    finished_at = _timestamp(now + timedelta(seconds=outcome.seconds))
    yield {"testStepFinished": {**where, "testStepResult": result, "timestamp": finished_at}}


def _timestamp(instant: datetime) -> Json:
    return {"seconds": int(instant.timestamp()), "nanos": instant.microsecond * 1000}


def _duration(length: timedelta) -> Json:
    return {"seconds": length.days * 86_400 + length.seconds, "nanos": length.microseconds * 1000}
