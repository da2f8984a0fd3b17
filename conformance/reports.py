"""The findings as files: a page for people, JUnit XML for a build server, JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from jinja2 import Environment, PackageLoader, StrictUndefined

from conformance.concessions import concession_for
from conformance.errors import BadInvocation
from conformance.faults import faults_of, rule_of, sources_of
from conformance.printout import curl, evidence_of, received, requirement_ids, sent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conformance.judgement import Judgement
    from conformance.outcome import Outcome
    from watchword.register import Register

PAGE = "index.html"


def document(judgement: Judgement, register: Register) -> dict[str, Any]:
    """Give the findings as JSON has them."""
    return {
        "verdict": judgement.verdict,
        "level": judgement.level,
        "exit_code": judgement.exit_code,
        "seconds": round(judgement.findings.seconds, 3),
        "key_set_fetches": judgement.findings.fetches,
        "remarks": list(judgement.findings.remarks),
        "totals": Counter(outcome.status for outcome in judgement.findings.outcomes),
        "outcomes": [_row(outcome, judgement, register) for outcome in judgement.findings.outcomes],
    }


def _row(outcome: Outcome, judgement: Judgement, register: Register) -> dict[str, Any]:
    pickle, concession = outcome.pickle, concession_for(outcome.pickle)
    exchange = outcome.exchange if outcome.fault else None
    return {
        "id": outcome.id,
        "name": pickle.name,
        "rule": rule_of(outcome),
        "feature": pickle.feature.uri,
        "line": pickle.line,
        "requirements": requirement_ids(outcome, register),
        "sources": list(sources_of(outcome, register)),
        "level": outcome.level,
        "concession": concession.reason if concession else None,
        "status": outcome.status,
        "decides": outcome in judgement.failing,
        "reason": outcome.reason,
        "step": outcome.step,
        "fault": outcome.fault,
        "complaint": outcome.complaint,
        "advice": list(outcome.advice),
        "departures": list(outcome.departures),
        "sent": list(sent(exchange[0])) if exchange else [],
        "received": list(received(exchange[1])) if exchange else [],
        "curl": curl(exchange[0]) if exchange else None,
    }


def write_json(path: Path, judgement: Judgement, register: Register) -> None:
    """Write the findings as JSON."""
    _write(path, json.dumps(document(judgement, register), indent=1) + "\n")


def write_junit(path: Path, judgement: Judgement, register: Register) -> None:
    """Write the findings as JUnit XML: what decides is a failure, what was not judged is skipped."""
    outcomes = judgement.findings.outcomes
    names = Counter((each.pickle.feature.uri, each.pickle.name) for each in outcomes)
    suites = ET.Element("testsuites", name="watchword check", time=f"{judgement.findings.seconds:.3f}")
    suites.set("tests", str(len(outcomes)))
    suites.set("failures", str(len(judgement.failing)))
    by_feature: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_feature.setdefault(outcome.pickle.feature.uri, []).append(outcome)
    for uri, group in by_feature.items():
        suite = ET.SubElement(suites, "testsuite", name=uri, tests=str(len(group)))
        suite.set("failures", str(sum(each in judgement.failing for each in group)))
        suite.set("errors", "0")
        suite.set("skipped", str(sum(not each.is_judged for each in group)))
        for each in group:
            # Build servers take two cases of one name for one.
            name = each.pickle.name if names[uri, each.pickle.name] == 1 else f"{each.pickle.name} ({each.id})"
            case = ET.SubElement(suite, "testcase", classname=uri, name=_printable(name))
            if each in judgement.failing:
                failure = ET.SubElement(case, "failure", message=_printable(each.complaint), type=str(each.fault))
                failure.text = "\n".join(map(_printable, evidence_of(each, register)))
            elif not each.is_judged:
                ET.SubElement(case, "skipped", message=_printable(f"{each.status}: {each.reason}"))
    _write(path, ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n")


def write_page(folder: Path, judgement: Judgement, register: Register) -> None:
    """Write one page that needs nothing but itself."""
    environment = Environment(
        loader=PackageLoader("conformance", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    template = environment.get_template("report.html.jinja")
    run = document(judgement, register)
    rows = {row["id"]: row for row in run["outcomes"]}
    failed = [each for each in judgement.findings.outcomes if each.status == "failed" and each not in judgement.failing]
    text = template.render(
        run=run,
        rows=rows,
        areas=judgement.by_area(),
        groups={"What decides": faults_of(judgement.failing), "What warns or informs": faults_of(failed)},
        sources_of=lambda fault: sources_of(fault.shown, register),
    )
    _write(folder / PAGE, text)


def require_writable(paths: Iterable[Path]) -> None:
    """See whether files can be written, before anybody waits for what they will hold.

    Raises:
        BadInvocation: one cannot.
    """
    for path in paths:
        is_there = path.exists()
        _write(path, "", mode="a")
        if not is_there:
            path.unlink()


def _write(path: Path, text: str, *, mode: str = "w") -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open(mode, encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        raise BadInvocation(f"{path}: cannot be written ({error.strerror}) — name another place") from None


def _printable(text: str) -> str:
    # XML 1.0 has no place for control characters.
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
