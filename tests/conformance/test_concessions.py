"""Each concession is about a MUST that is written, and none hides another."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.concessions import Concession, concessions
from watchword.specification import read

PICKLES = [pickle for pickle in read(Path(__file__).parents[2]).pickles if "must" in pickle.tags]


@pytest.mark.parametrize("concession", concessions(), ids=lambda each: f"{each.requirement} {each.scenarios}")
def test_a_concession_covers_a_scenario_of_a_must_or_should(concession: Concession) -> None:
    everything = read(Path(__file__).parents[2]).pickles
    assert [pickle for pickle in everything if concession.covers(pickle) and {"must", "should"} & set(pickle.tags)]


def test_few_of_the_musts_are_conceded() -> None:
    covered = [pickle for pickle in PICKLES if any(each.covers(pickle) for each in concessions())]
    assert len(covered) < len(PICKLES) / 10, len(covered)
