"""`junit.xml`: a suite for each feature and a case for each scenario, as continuous integration reads them.

A scenario that did not run is an error there: nothing is taken for passed that did not run.

Source: the schema of the Jenkins xUnit plugin, junit-10.xsd.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from watchword.exports.results import permalink, requirements
from watchword.places import fragment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchword.book import Book
    from watchword.evidence import Status
    from watchword.run import Result
    from watchword.specification import Feature

OUTCOMES: Mapping[Status, str] = {"failed": "failure", "not run": "error", "skipped": "skipped"}
# XML 1.0 §2.2 has no way to write these, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(book: Book, site: str = "") -> str:
    """Write the run as JUnit XML.

    Args:
        site: the address the book is published at, with its last slash; empty gives relative addresses.
    """
    run = book.run
    root = Element("testsuites", _counts(run.results, run.seconds), name="specification")
    for feature in book.specification.features:
        results = [book.result(pickle) for pickle in feature.pickles]
        started_at = run.started_at.replace(tzinfo=None).isoformat(timespec="seconds")
        root.append(_suite(feature, results, started_at, site))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(feature: Feature, results: Sequence[Result], started_at: str, site: str) -> Element:
    seconds = sum(result.seconds for result in results)
    suite = Element("testsuite", _counts(results, seconds), name=_text(feature.name), timestamp=started_at)
    names = Counter(result.pickle.name for result in results)
    for result in results:
        suite.append(_case(result, site, is_unique=names[result.pickle.name] == 1))
    return suite


def _case(result: Result, site: str, *, is_unique: bool) -> Element:
    pickle = result.pickle
    case = Element(
        "testcase",
        name=_text(pickle.name if is_unique else f"{pickle.name} [{fragment(pickle.id)}]"),
        classname=pickle.feature.id.replace("/", "."),
        file=pickle.feature.uri,
        line=str(pickle.line),
        time=_seconds(result.seconds),
    )
    facts = [("id", pickle.id), ("page", permalink(pickle, site))]
    facts += [("requirement", requirement) for requirement in requirements(pickle)]
    properties = SubElement(case, "properties")
    for name, value in facts:
        SubElement(properties, "property", name=name, value=_text(value))
    if result.status in OUTCOMES:
        case.append(_outcome(result))
    return case


def _outcome(result: Result) -> Element:
    broken = next((step for step in result.steps if step.error), None)
    told = (broken.error if broken else result.error) or "the run did not reach this scenario"
    outcome = Element(OUTCOMES[result.status], message=_text(told.partition("\n")[0]), type=result.status)
    if broken:
        place = f"{result.pickle.feature.uri}:{broken.line}"
        outcome.text = _text(f"{place}: {broken.keyword} {broken.text}\n{broken.error}")
    return outcome


def _counts(results: Sequence[Result], seconds: float) -> dict[str, str]:
    counted = Counter(result.status for result in results)
    return {
        "tests": str(len(results)),
        "failures": str(counted["failed"]),
        "errors": str(counted["not run"]),
        "skipped": str(counted["skipped"]),
        "time": _seconds(seconds),
    }


def _seconds(seconds: float) -> str:
    return f"{seconds:.6f}"


def _text(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
