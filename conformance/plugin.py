"""The pytest plugin of a check: it sets the stage, asks for a sign of life between features, and keeps the outcomes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from conformance.outcome import Outcome
from conformance.outlook import told
from steps.scene import STAGE, Scene
from steps.targets.unseen import Unseen
from watchword.recorder.collector import PICKLE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from pytest_bdd.parser import Step

    from conformance.stage import ForeignStage
    from watchword.specification import Pickle


class Watch:
    """Watches one run.

    Args:
        stage: where the scenarios are played.
        parties: the tags of the parties that the run is about.
        only: the tags of which a scenario must carry one; empty means all.
        sign_of_life: presents a token that must work; it returns a sentence where that fails.
        tell: hears each outcome as it comes.
        say: announces how long the run waits.
    """

    def __init__(  # noqa: PLR0913 -- what a run is about, and who hears of it
        self,
        stage: ForeignStage,
        *,
        parties: frozenset[str],
        only: frozenset[str],
        sign_of_life: Callable[[], str | None],
        tell: Callable[[Outcome], None],
        say: Callable[[str], None],
    ) -> None:
        self.stage = stage
        self.parties = parties
        self.only = only
        self.sign_of_life = sign_of_life
        self.tell = tell
        self.say = say
        self.outcomes: list[Outcome] = []
        self.death: str | None = None
        self.is_interrupted = False
        self._step = ""
        self._looks = 0
        self._unseen = 0
        self._scene: Scene | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Have the scenarios played against the target of this run."""
        config.stash[STAGE] = self.stage

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Keep the scenarios that are about the API, and of these the ones asked for."""
        kept = [item for item in items if self._is_asked_for(item.stash[PICKLE])]
        gone = [item for item in items if item not in set(kept)]
        config.hook.pytest_deselected(items=gone)
        pickles = self.stage.ordered([item.stash[PICKLE] for item in kept])
        places = {pickle.id: place for place, pickle in enumerate(pickles)}
        items[:] = sorted(kept, key=lambda item: places[item.stash[PICKLE].id])
        self.say(told(len(kept), self.stage.waits(pickles)))

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Remember that somebody ended the run; what pytest ends itself comes here too."""
        self.is_interrupted = excinfo.type is KeyboardInterrupt

    def _is_asked_for(self, pickle: Pickle) -> bool:
        tags = set(pickle.tags)
        return bool(self.parties & tags) and (not self.only or bool(self.only & tags))

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Tell the stage what is played next."""
        self.stage.prepare(item.stash[PICKLE])
        self._scene = None
        self._step, self._looks = "", 0

    def pytest_bdd_before_step(self, request: pytest.FixtureRequest, step: Step) -> None:
        """Remember which sentence is at work."""
        self._scene = request.getfixturevalue("scene")
        self._step = f"{step.keyword.strip()} {step.name}"
        self._unseen = len(self._scene.unseen)

    def pytest_bdd_after_step(self, step: Step) -> None:
        """Count the looks that a scenario really took at the target."""
        if step.type == "then" and self._scene is not None and len(self._scene.unseen) == self._unseen:
            self._looks += 1

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep what became of a scenario."""
        report = yield
        if report.when == "call" or not report.passed:
            self._keep(self._outcome(item, call))
        return report

    def _keep(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.tell(outcome)

    def _outcome(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Outcome:
        pickle, scene = item.stash[PICKLE], self._scene
        target = None if scene is None else scene.opened
        exchange = None if target is None else target.last_exchange
        leniency = None if target is None else target.leniency
        advice, departures = (tuple(leniency.advice), tuple(leniency.departures)) if leniency else ((), ())
        error = None if call.excinfo is None else call.excinfo.value
        if isinstance(error, Unseen):
            return Outcome(pickle, error.status, error.reason, self._step)
        if exchange is None and not (target is not None and target.was_started):
            return Outcome(pickle, "not observed", f"nothing in it passes by the {self.stage.party}")
        if error is not None:
            return Outcome(pickle, "failed", _said(error), self._step, advice, departures, exchange)
        if not self._looks:
            return _unseen(pickle, scene.unseen if scene else [])
        return Outcome(pickle, "passed", advice=advice, departures=departures, exchange=exchange)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """After each feature, and what got no answer, see whether a good token still works; if not, end the run."""
        pickle = item.stash[PICKLE]
        if nextitem is None or nextitem.stash[PICKLE].feature is not pickle.feature or self._is_unanswered(pickle):
            self.death = None if self.stage.is_spoiled else self.sign_of_life()
            if self.death:
                self.death += f' It was asked this before: "{pickle.name}" ({pickle.feature.uri}:{pickle.line}).'
                item.session.shouldstop = self.death

    def _is_unanswered(self, pickle: Pickle) -> bool:
        # Each further scenario would wait for an answer of what is gone.
        last = self.outcomes[-1] if self.outcomes else None
        return last is not None and last.pickle is pickle and last.status == "failed" and last.is_unanswered


def _unseen(pickle: Pickle, unseen: Sequence[Unseen]) -> Outcome:
    is_inapplicable = all(each.status == "inapplicable" for each in unseen)
    reasons = dict.fromkeys(each.reason for each in unseen)
    return Outcome(pickle, "inapplicable" if is_inapplicable else "not observed", "; ".join(reasons))


def _said(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    return re.sub(r"^AssertionError:? ?", "", lines[0]) or "it is not as specified"
