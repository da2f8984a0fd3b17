"""What fails for one reason is read once, and the plainest first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from junitparser import JUnitXml

from conformance.faults import faults_of, sources_of
from conformance.judgement import Judgement
from conformance.outcome import Outcome
from conformance.play import Findings
from conformance.printout import TOLD_OTHERS, lines_of
from conformance.reports import document, write_junit
from watchword.register import load
from watchword.specification import read

ROOT = Path(__file__).parents[2]
REGISTER = load(ROOT / "features/register.toml")
OUTCOMES = tuple(
    Outcome(pickle, "failed", "access was granted", "Then access is refused")
    for pickle in read(ROOT).pickles
    if {"AUD-03", "ERR-01"} & set(pickle.tags) and "must" in pickle.tags
)


def printed(outcomes: tuple[Outcome, ...]) -> list[str]:
    return list(lines_of(Judgement(Findings(outcomes, None, 1.0, 1), "must", {}), REGISTER))


def test_which_tokens_get_in_comes_before_how_refusals_look() -> None:
    faults = faults_of(OUTCOMES)
    areas = [fault.shown.pickle.feature.uri.split("/")[1] for fault in faults]
    assert areas == sorted(areas, key=lambda area: area != "verification")
    assert sum(len(fault.outcomes) for fault in faults) == len(OUTCOMES)


def test_a_rule_is_told_once_with_the_ids_of_what_else_fails() -> None:
    outcomes = tuple(each for each in OUTCOMES if "AUD-03" in each.pickle.tags)
    lines = printed(outcomes)
    assert [line for line in lines if line.startswith("✗")] == [f"✗ 1. {faults_of(outcomes)[0].rule}"]
    assert f"   {len(outcomes) - 1} more of this rule failed:" in lines
    assert sum(f"id {each.id}" in line for line in lines for each in outcomes) == 1 + TOLD_OTHERS


def test_sections_of_one_address_are_named_together() -> None:
    pickle = replace(OUTCOMES[0].pickle, tags=("ASVS-9.2.3", "ASVS-9.2.4", "RFC9068-4"))
    assert list(sources_of(Outcome(pickle, "failed"), REGISTER).values()) == ["ASVS §9.2.3, §9.2.4", "RFC 9068 §4"]


def test_no_two_cases_of_a_build_server_have_one_name(tmp_path: Path) -> None:
    outcomes = tuple(Outcome(pickle, "not observed", "why") for pickle in read(ROOT).pickles)
    write_junit(tmp_path / "run.xml", Judgement(Findings(outcomes, None, 1.0, 1), "must", {}), REGISTER)
    cases = [(case.classname, case.name) for suite in JUnitXml.fromfile(str(tmp_path / "run.xml")) for case in suite]
    assert len(set(cases)) == len(cases) == len(outcomes)


def test_the_page_explains_each_key_of_the_data() -> None:
    data = document(Judgement(Findings(OUTCOMES[:1], None, 1.0, 1), "must", {}), REGISTER)
    page = (ROOT / "docs/conformance.md").read_text(encoding="utf-8")
    assert [key for key in (*data, *data["outcomes"][0]) if f"`{key}`" not in page] == []
