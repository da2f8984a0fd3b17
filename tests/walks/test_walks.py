"""Random walks over the events never leave the table; the table is complete; and a walk can fail."""

from __future__ import annotations

import importlib
import os
import pkgutil
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

import steps
from reference_impl.issuer.keys import ACCESS, Keys
from steps.states import CIRCUMSTANCES, ENTRANCES, EVENTS
from steps.vocabulary import PROFILES
from tests.walks.table import ROOT, tables
from tests.walks.walk import TableLeft, Walk
from watchword.recorder.definitions import Definitions
from watchword.specification import read

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

    from sqlalchemy import Connection

    from steps.beginnings import Beginnings
    from tests.walks.table import Table

EVENTS_PER_WALK = 30
WALKS_TO_A_FAULT = 100  # two or three find it
WALKS_PER_PROFILE = int(os.environ.get("WALKS_PER_PROFILE", "100"))


class Walker(RuleBasedStateMachine):
    """Chooses where a walk begins, and which event comes next."""

    profile: ClassVar[str]
    table: ClassVar[Table]
    beginnings: ClassVar[Beginnings]
    runner: ClassVar[asyncio.Runner]
    walk: Walk | None = None

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """Begin in some state and circumstance."""
        start = data.draw(st.sampled_from(self.table.starts))
        self.walk = Walk(self.table, self.profile, start, beginnings=self.beginnings, runner=self.runner)

    @rule(event=st.sampled_from(sorted(EVENTS)))
    def happens(self, event: str) -> None:
        """Let any event happen next."""
        assert self.walk is not None
        self.walk.step(event)

    def teardown(self) -> None:
        """Close the walk's world."""
        if self.walk is not None:
            self.walk.close()


@pytest.fixture(params=PROFILES)
def walker(request: pytest.FixtureRequest, beginnings: Beginnings, runner: asyncio.Runner) -> type[Walker]:
    members = {
        "profile": request.param,
        "table": tables()[request.param],
        "beginnings": beginnings,
        "runner": runner,
    }
    return type("ProfiledWalker", (Walker,), members)


def take(walker: type[Walker], walks: int, *phases: Phase) -> None:
    run_state_machine_as_test(
        walker,
        settings=settings(
            max_examples=walks,
            stateful_step_count=EVENTS_PER_WALK,
            phases=phases,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_walk_leaves_the_table(walker: type[Walker]) -> None:
    take(walker, WALKS_PER_PROFILE, Phase.generate, Phase.shrink)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_cell_has_one_outcome(profile: str) -> None:
    """The table knows every event the steps know, in every state, whatever else is so."""
    outcomes = tables()[profile].outcomes
    assert {(state, event) for state, event, while_ in outcomes if not while_} == {
        (state, event) for state in ENTRANCES for event in EVENTS
    }
    assert {while_ for _, _, while_ in outcomes} == {"", *CIRCUMSTANCES}


def test_a_walk_knows_every_circumstance(walker: type[Walker]) -> None:
    start = walker.table.starts[0]
    walk = Walk(walker.table, walker.profile, start, beginnings=walker.beginnings, runner=walker.runner)
    walk.close()
    assert walk.circumstances.keys() == CIRCUMSTANCES.keys()


def test_the_profiles_differ_in_no_cell() -> None:
    """What `strict` notices is a credential that two browsers use; one browser meets no difference."""
    stateless, strict = (tables()[profile] for profile in PROFILES)
    assert stateless == strict


def use_a_key_before_it_is_known(self: Keys, connection: Connection, *, now: int) -> str:
    return self._add(connection, ACCESS, self._policy.algorithm, first_use_at=now)


@pytest.mark.parametrize("walker", PROFILES[:1], indirect=True)
def test_a_walk_finds_what_no_row_shows(walker: type[Walker], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An issuer that signs with a key before it is known is caught, and told as a scenario that can be pasted."""
    monkeypatch.setattr(Keys, "rotate", use_a_key_before_it_is_known)
    with pytest.raises(TableLeft) as caught:
        take(walker, WALKS_TO_A_FAULT, Phase.generate)
    told = str(caught.value).partition("\n\n")[2]
    assert '  When her session meets "a signing key is rotated"\n' in told
    assert undefined(told, tmp_path) == []


def undefined(scenario: str, folder: Path) -> list[str]:
    """List the steps of a pasted scenario that no definition means."""
    (folder / "features").mkdir()
    feature = "Feature: Pasted\n\n  " + scenario.replace("\n", "\n  ") + "\n"
    (folder / "features/pasted.feature").write_text(feature, encoding="utf-8")
    names = [module.name for module in pkgutil.walk_packages(steps.__path__, "steps.")]
    definitions = Definitions([importlib.import_module(name) for name in names], ROOT)
    steps_said = [step for pickle in read(folder).pickles for step in pickle.steps]
    return [step.text for step in steps_said if not definitions.meant(step.kind, step.text)]
