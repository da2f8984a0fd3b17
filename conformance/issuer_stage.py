"""The stage of a check of an issuer: every scenario is played against it, with accounts that this run has opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.durations import durations
from steps.targets.issuer_target import DATING_SECONDS, IssuerTarget
from steps.targets.unseen import Inapplicable

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping, Sequence

    from steps.stage import MakesHooks
    from steps.targets.foreign_issuer import ForeignIssuer
    from watchword.specification import Pickle

NEXT_SECOND = "for the next second of the issuer's clock, so that what is compared is dated apart"
FOLLOWS = re.compile(r"the issuer follows the (\w+) profile")


class IssuerStage:
    """Comes to the issuer anew for each scenario.

    Args:
        issuer: the issuer under test.
        runner: the event loop of the run.
    """

    party = "issuer"
    is_spoiled = False

    def __init__(self, issuer: ForeignIssuer, runner: asyncio.Runner) -> None:
        self._issuer = issuer
        self._runner = runner
        self._profile: str | None = None

    def ordered(self, pickles: Sequence[Pickle]) -> Sequence[Pickle]:
        """Leave the scenarios in their order."""
        return pickles

    def waits(self, pickles: Sequence[Pickle]) -> Mapping[str, int]:
        """Return for how long scenarios wait for the next second, so that what they compare is dated apart."""
        return {NEXT_SECOND: sum(seconds == DATING_SECONDS for each in pickles for seconds in durations(each))}

    def prepare(self, pickle: Pickle) -> None:
        """See which profile a scenario is about."""
        found = (FOLLOWS.fullmatch(step.text) for step in pickle.steps)
        self._profile = next((each[1] for each in found if each), None)

    def open(self, profile: str, hooks: MakesHooks) -> IssuerTarget:
        """Return the issuer, unless the scenario is about another profile than it follows."""
        del profile
        if self._profile not in {None, self._issuer.profile}:
            raise Inapplicable(f"this issuer follows the {self._issuer.profile} profile, as --profile says")
        return IssuerTarget(self._issuer, runner=self._runner, hooks=hooks)
