"""Each rule about Better Auth is broken by its defaults: it is seen there as it fails, and mended as it holds.

The reference's requirements each have a mutant (tests/mutants). Of these rules, the server with the package's
defaults is the broken variant of the one with the application's configuration: both are asked the same, and answer
differently. `tests/better_auth` goes on to play the mended scenarios against that variant, and sees them turn red.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steps.servers import SERVERS
from watchword.specification import read
from watchword.suites import suites

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchword.specification import Pickle, Rule

ROOT = Path(__file__).parents[2]
OUTCOME = "Outcome"
NAMES = sorted(SERVERS, key=len, reverse=True)

Side = tuple[str, tuple[object, ...]]


def rules() -> list[tuple[Rule, tuple[Pickle, ...]]]:
    features = [feature for feature in read(ROOT).features if any(suite.holds(feature.uri) for suite in suites(ROOT))]
    return [
        (rule, tuple(each for each in feature.pickles if each.rule is rule))
        for feature in features
        for rule in feature.rules
    ]


def server(pickle: Pickle) -> str:
    """Name the server that a scenario is about."""
    text = " ".join(step.text for step in pickle.steps)
    return next(name for name in NAMES if name in text)


def side(pickle: Pickle) -> Side:
    """Give the act of a scenario, and all it compares."""
    found: dict[str, list[object]] = {}
    kind = ""
    for step in pickle.steps:
        kind = kind if step.keyword.strip() in {"And", "But"} else step.keyword.strip()
        found.setdefault(kind, []).append((step.text.replace(server(pickle), "…"), step.table))
    return str(found["When"]), tuple(found["Then"])


def lacking(pickles: Iterable[Pickle]) -> str | None:
    """Say what a rule lacks to be proven: a server, or a pair of scenarios that differ in their outcome alone."""
    sides: dict[bool, list[Side]] = {True: [], False: []}
    for pickle in pickles:
        sides[SERVERS[server(pickle)].is_mended].append(side(pickle))
    if not sides[False]:
        return "no scenario shows the default's fault"
    if not sides[True]:
        return "no scenario shows it mended"
    if not _twins(sides[False], sides[True]):
        return "no act has one outcome by default and another when mended"
    return None


def _twins(default: Sequence[Side], mended: Sequence[Side]) -> bool:
    return any(act == other and outcome != another for act, outcome in default for other, another in mended)


@pytest.mark.parametrize(("rule", "pickles"), rules(), ids=lambda value: getattr(value, "id", None))
def test_the_default_is_the_broken_variant_of_the_mended(rule: Rule, pickles: tuple[Pickle, ...]) -> None:
    assert lacking(pickles) is None, rule.name


def test_the_guard_sees_what_is_lacking() -> None:
    pickles = next(pickles for rule, pickles in rules() if "BET-11" in rule.tags)
    default = [each for each in pickles if not SERVERS[server(each)].is_mended]
    mended = [each for each in pickles if SERVERS[server(each)].is_mended]
    assert lacking(mended) == "no scenario shows the default's fault"
    assert lacking(default) == "no scenario shows it mended"
    assert lacking([*default, mended[1]]) == "no act has one outcome by default and another when mended"
