from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from tests.site.sample import ROOT
from watchword.exports import export
from watchword.exports.messages import PROTOCOL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchword.book import Book
    from watchword.evidence import Json

PACKAGE = ROOT / "node_modules" / "@cucumber" / "messages"


def _read(book: Book) -> list[Json]:
    return [json.loads(line) for line in export(book, "messages").splitlines()]


def _all(messages: Iterable[Json], kind: str) -> list[Json]:
    return [message[kind] for message in messages if kind in message]


@pytest.fixture
def messages(book: Book) -> list[Json]:
    return _read(book)


@pytest.fixture(scope="module")
def schema() -> jsonschema_rs.Validator:
    """The JSON Schema that the messages' own package ships."""
    return jsonschema_rs.validator_for(json.loads((PACKAGE / "messages.schema.json").read_text(encoding="utf-8")))


def _statuses(messages: list[Json]) -> dict[tuple[str, int], set[str]]:
    """Read back how the steps of each scenario ended, by its place."""
    cases = {case["id"]: case["pickleId"] for case in _all(messages, "testCase")}
    attempts = {attempt["id"]: cases[attempt["testCaseId"]] for attempt in _all(messages, "testCaseStarted")}
    places = {pickle["id"]: (pickle["uri"], pickle["location"]["line"]) for pickle in _all(messages, "pickle")}
    found: dict[tuple[str, int], set[str]] = {place: set() for place in places.values()}
    for finished in _all(messages, "testStepFinished"):
        found[places[attempts[finished["testCaseStartedId"]]]].add(finished["testStepResult"]["status"])
    return found


def test_every_message_keeps_the_official_schema(messages: list[Json], schema: jsonschema_rs.Validator) -> None:
    for message in messages:
        schema.validate(message)
    package = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))
    assert messages[0]["meta"]["protocolVersion"] == PROTOCOL == package["version"]


@pytest.mark.parametrize("kind", ["meta", "pickle", "testCase", "testStepFinished", "attachment", "testRunFinished"])
def test_the_official_schema_would_refuse_a_missing_fact(
    messages: list[Json], schema: jsonschema_rs.Validator, kind: str
) -> None:
    message = next(message for message in messages if kind in message)
    for fact in ("protocolVersion", "name", "pickleId", "testStepResult", "mediaType", "success"):
        message[kind].pop(fact, None)
    with pytest.raises(jsonschema_rs.ValidationError, match="required"):
        schema.validate(message)


def test_every_verdict_is_read_back(messages: list[Json], book: Book) -> None:
    wanted = {"passed": {"PASSED"}, "failed": {"FAILED"}, "skipped": {"SKIPPED"}}
    for result in book.run.results:
        found = _statuses(messages)[result.pickle.feature.uri, result.pickle.line]
        assert wanted[result.status] <= found
        assert "FAILED" not in found or result.status == "failed"
    assert _all(messages, "testRunFinished")[0]["success"] is False


def test_what_did_not_run_is_unknown(partial: Book) -> None:
    statuses = _statuses(_read(partial))
    of_turnstile = {line: found for (uri, line), found in statuses.items() if "turnstile" in uri}
    assert of_turnstile == {line: {"UNKNOWN"} for line in (11, 16, 21, 26, 39)}


def test_ids_are_unique_and_every_reference_is_to_one(messages: list[Json]) -> None:
    defined = Counter(
        part["id"] for kind in ("pickle", "testCase", "testCaseStarted") for part in _all(messages, kind)
    ) + Counter(step["id"] for case in _all(messages, "testCase") for step in case["testSteps"])
    assert {id_ for id_, times in defined.items() if times > 1} == set()
    for kind in ("testStepStarted", "testStepFinished", "attachment"):
        assert {part[key] for part in _all(messages, kind) for key in ("testCaseStartedId", "testStepId")} <= set(
            defined
        )


def test_a_step_that_broke_says_why(messages: list[Json]) -> None:
    told = [finished["testStepResult"].get("message", "") for finished in _all(messages, "testStepFinished")]
    assert sum(text.startswith("AssertionError: the gate <b>did not</b> do as `told`") for text in told) == 2


def test_each_exchange_is_attached_to_its_step(messages: list[Json], book: Book) -> None:
    recorded = sum(len(result.exchanges) for result in book.run.results)
    attached = [each for each in _all(messages, "attachment") if each["mediaType"] == "text/plain"]
    assert len(attached) == recorded == 9
    refused = next(each for each in attached if each["fileName"] == "POST /push → 409 gate_locked")
    assert refused["body"].startswith("POST http://gate.test/push\n\n409 gate_locked\ncontent-type: application/json\n")


def test_the_run_lasts_as_long_as_it_did(messages: list[Json], book: Book) -> None:
    begun, ended = (_all(messages, kind)[0]["timestamp"] for kind in ("testRunStarted", "testRunFinished"))
    seconds = ended["seconds"] - begun["seconds"] + (ended["nanos"] - begun["nanos"]) / 1e9
    assert seconds == pytest.approx(book.run.seconds, abs=1e-5)
