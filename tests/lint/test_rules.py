"""Each rule of lint has a feature that trips it, and a feature that the house would have trips none."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from watchword.lint import RULES, lint

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE = Path(__file__).parent / "sample"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """Judge the sample, and give what was found in each file without its name."""
    project = tmp_path_factory.mktemp("lint") / "sample"
    shutil.copytree(SAMPLE, project, ignore=shutil.ignore_patterns("__pycache__"))
    told: dict[str, list[str]] = {}
    for finding in lint(project):
        file = finding.uri.removeprefix("features/").removesuffix(".feature")
        told.setdefault(file, []).append(f"{finding.line} {finding.rule}: {finding.sentence}")
    return told


TRIPPED = {
    "readable": ["6 readable: the scenario name 'Paying' is already used on line 4 — rename one of them"],
    "one_when": [
        (
            "7 one-when: 'Paying and pushing' acts a second time: 'Grace pushes' — "
            "tell what came before as Given, or make it a scenario of its own"
        )
    ],
    "vocabulary": [
        "12 vocabulary: no definition means 'When Mallory pays' — define it with @when",
    ],
    "words": [
        "13 words: no event is called 'asks over HTTP' — list it in a column 'event'",
        "13 words: no state is called 'ajar' — list it in a column 'state'",
        "16 words: no claim is called 'sob' — did you mean 'sub'?",
        "18 words: no code is called 'closd' — did you mean 'closed'?",
    ],
    "rule_tags": [
        "3 rule-tags: the rule 'Without an id' has no id — tag it with the requirement it states, such as @ABC-01",
        "9 register: GAT-02 has the level policy, not none — tag the rule @policy",
        "9 rule-tags: the rule 'Without a level' has no level — tag it with one of @must, @should, @may, @policy",
        (
            "15 rule-tags: the rule 'Without a source' has no source — tag it with the section that says so, "
            "or call it @policy"
        ),
    ],
    "register": [
        "3 register: features/register.toml has no requirement GAT-99 — correct the tag, or register it",
        "9 register: GAT-01 has the level MUST, not policy — tag the rule @must",
    ],
    "mechanics": [
        "6 mechanics: 'HTTP' says how, not what — say what is asked for",
        "7 mechanics: 'should' says how, not what — say what is so",
    ],
    "unused_column": [
        (
            "9 unused-column: no step and no name uses the column 'why' — write <why> where it belongs, "
            "or take the column out"
        )
    ],
    "two_targets": [
        (
            "13 two-targets: the cell 'closed · pays' has another outcome at features/clean.feature:30 — "
            "keep one, or say what tells them apart"
        )
    ],
    "swallowed": [
        (
            "4 swallowed: the prose below 'Who pays may pass' holds 2 steps, which do not run — "
            "correct the keyword above them"
        )
    ],
    "layout": [
        "3 layout: the tags are not in order — run `watchword lint --fix`",
        "11 layout: the table's columns are not aligned — run `watchword lint --fix`",
    ],
}


@pytest.mark.parametrize("file", TRIPPED)
def test_a_feature_trips_just_its_rule(found: Mapping[str, list[str]], file: str) -> None:
    assert found[file] == TRIPPED[file]


def test_every_rule_is_tripped() -> None:
    assert {name.replace("_", "-") for name in TRIPPED} == RULES.keys()


def test_what_does_not_parse_is_told_and_the_rest_is_judged(found: Mapping[str, list[str]]) -> None:
    (told,) = found["parse"]
    assert told.startswith("4 readable: expected: EOF")


def test_a_feature_as_the_house_would_have_it_trips_nothing(found: Mapping[str, list[str]]) -> None:
    assert "clean" not in found


def test_the_projects_own_features_have_nothing_to_mend() -> None:
    assert [str(finding) for finding in lint(ROOT)] == []
