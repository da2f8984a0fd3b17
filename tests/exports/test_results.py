from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from tests.exports.conftest import SITE
from watchword.exports import export
from watchword.exports.results import Results, results

if TYPE_CHECKING:
    from watchword.book import Book
    from watchword.evidence import Json


@pytest.fixture
def document(book: Book) -> Json:
    read: Json = json.loads(export(book, "results", SITE))
    return read


@pytest.fixture
def schema(book: Book) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads(export(book, "schema", SITE)))


def test_the_schema_is_a_schema(book: Book) -> None:
    jsonschema_rs.meta.validate(json.loads(export(book, "schema", SITE)))


def test_the_file_names_its_schema_and_keeps_it(document: Json, schema: jsonschema_rs.Validator) -> None:
    assert document["$schema"] == f"{SITE}results.schema.json"
    schema.validate(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("run", "seconds"), -1),
        (("run", "evidence_sha256"), "unknown"),
        (("totals", "green"), 9),
        (("scenarios", 0, "status"), "green"),
        (("scenarios", 0, "line"), 0),
        (("scenarios", 0, "level"), "must"),
        (("scenarios", 0, "requirements"), ["GTE-1"]),
    ],
)
def test_the_schema_refuses(
    document: Json, schema: jsonschema_rs.Validator, path: tuple[str | int, ...], value: object
) -> None:
    part: Any = document
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    with pytest.raises(jsonschema_rs.ValidationError):
        schema.validate(document)


def test_the_schema_refuses_a_missing_fact(document: Json, schema: jsonschema_rs.Validator) -> None:
    del document["scenarios"][0]["status"]
    with pytest.raises(jsonschema_rs.ValidationError, match="required"):
        schema.validate(document)


def test_what_is_written_is_read_back(book: Book) -> None:
    assert Results.model_validate_json(export(book, "results", SITE)) == results(book, SITE)


def test_the_totals_are_those_of_the_scenarios(document: Json) -> None:
    assert document["totals"] == {"passed": 9, "failed": 2, "skipped": 1, "not run": 0}
    assert document["run"]["has_passed"] is False
    assert len(document["scenarios"]) == 12


def test_a_red_scenario_says_where_it_broke(document: Json) -> None:
    button = next(each for each in document["scenarios"] if each["name"] == "A button does not open the gate")
    assert button["error"].startswith("AssertionError: the gate <b>did not</b> do as `told`")
    assert {key: button[key] for key in button if key not in {"error", "seconds"}} == {
        "id": "gate/turnstile#a-button-does-not-open-the-gate",
        "uri": "features/gate/turnstile.feature",
        "line": 16,
        "feature": "The turnstile",
        "rule": "A coin opens the gate",
        "name": "A button does not open the gate",
        "values": None,
        "tags": ["ASVS-9.2.3", "GTE-01", "must", "RFC7519-4.1.4", "api"],
        "level": "MUST",
        "requirements": ["GTE-01"],
        "status": "failed",
        "broke_at": "features/gate/turnstile.feature:19",
        "page": f"{SITE}specification/gate/turnstile/#a-button-does-not-open-the-gate",
    }


def test_a_row_has_its_values_and_an_id_of_its_own(document: Json) -> None:
    row = next(each for each in document["scenarios"] if each["line"] == 14)
    assert row["values"] == {
        "profile": "any",
        "state": "locked",
        "event": "coin",
        "answer": "opens",
        "next": "unlocked",
    }
    assert len({each["id"] for each in document["scenarios"]}) == 12


def test_what_did_not_run_is_not_passed(partial: Book) -> None:
    document = json.loads(export(partial, "results"))
    assert document["totals"]["not run"] == 5
    assert {each["status"] for each in document["scenarios"] if "turnstile" in each["uri"]} == {"not run"}
    assert document["scenarios"][0]["page"].startswith("specification/gate/states/#")
