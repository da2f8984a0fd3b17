from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from tests.exports.conftest import SITE
from watchword.exports import export

if TYPE_CHECKING:
    from watchword.book import Book

# Source: junit-10.xsd of the Jenkins xUnit plugin; `file` and `line` are what pytest and others add.
COUNTS = {"tests", "failures", "errors", "skipped", "time", "name"}
SHAPE = {
    "testsuites": (COUNTS, {"testsuite"}),
    "testsuite": (COUNTS | {"timestamp"}, {"testcase"}),
    "testcase": ({"name", "classname", "file", "line", "time"}, {"properties", "failure", "error", "skipped"}),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "failure": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
    "skipped": ({"message", "type"}, set()),
}


def _misshapen(text: str) -> list[str]:
    """List the elements with other attributes or other children than the format has."""
    return [
        element.tag
        for element in ET.fromstring(text).iter()  # noqa: S314 -- our own
        if element.tag not in SHAPE
        or set(element.keys()) != SHAPE[element.tag][0]
        or not {child.tag for child in element} <= SHAPE[element.tag][1]
    ]


def test_every_element_has_the_shape_of_the_format(book: Book) -> None:
    assert _misshapen(export(book, "junit", SITE)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [(' file="', ' path="'), ("<failure ", "<failed "), ("</failure>", "<property name='a' value='b'/></failure>")],
)
def test_another_shape_is_noticed(book: Book, right: str, wrong: str) -> None:
    spoilt = export(book, "junit", SITE).replace(right, wrong)
    assert _misshapen(spoilt.replace("</failure>", "</failed>") if wrong == "<failed " else spoilt) != []


def test_a_reader_of_junit_finds_every_verdict(book: Book) -> None:
    suites = JUnitXml.fromstring(export(book, "junit", SITE).encode())
    outcomes = {case.name: type(case.result[0]) for suite in suites for case in suite if case.result}
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == (12, 2, 0, 1)
    assert outcomes == {
        "A unlocked gate meets a coin by greedy": Failure,
        "A button does not open the gate": Failure,
        "The gate is out of order": Skipped,
    }


def test_what_did_not_run_is_an_error(partial: Book) -> None:
    suites = JUnitXml.fromstring(export(partial, "junit").encode())
    assert [type(case.result[0]) for case in [*suites][1]] == [Error] * 5
    assert suites.errors == 5


def test_a_failure_says_where_and_a_case_says_which(book: Book) -> None:
    root = ET.fromstring(export(book, "junit", SITE))  # noqa: S314 -- our own
    case = next(case for case in root.iter("testcase") if case.get("name") == "A button does not open the gate")
    facts = {prop.get("name"): prop.get("value") for prop in case.iter("property")}
    assert facts == {
        "id": "gate/turnstile#a-button-does-not-open-the-gate",
        "page": f"{SITE}specification/gate/turnstile/#a-button-does-not-open-the-gate",
        "requirement": "GTE-01",
    }
    failure = case.findtext("failure") or ""
    assert re.match(
        r"features/gate/turnstile\.feature:19: Then the gate stays shut .*\nAssertionError: the gate <b>", failure
    )
