"""The stage of a check of an issuer: every scenario is played against it, with accounts that this run has opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.durations import durations
from steps.targets.issuer_target import DATING_SECONDS, GRACE_SECONDS, IssuerTarget, waited_seconds
from steps.targets.unseen import Inapplicable

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping, Sequence

    from steps.stage import MakesHooks
    from steps.targets.foreign_issuer import ForeignIssuer
    from watchword.specification import Pickle

NEXT_SECOND = "for the next second of the issuer's clock, so that what is compared is dated apart"
GRACE = "until a replaced credential must be refused (--grace)"
USED_ONCE = "RFR-03"
"""The requirement that tells the strict profile from the stateless one."""
FOLLOWS = re.compile(r"the issuer follows the (\w+) profile")


class IssuerStage:
    """Comes to the issuer anew for each scenario.

    Args:
        issuer: the issuer under test.
        runner: the event loop of the run.
        grace_seconds: how long a replaced credential may be used.
    """

    party = "issuer"
    is_spoiled = False

    def __init__(self, issuer: ForeignIssuer, runner: asyncio.Runner, *, grace_seconds: int) -> None:
        self._grace_seconds = grace_seconds
        self._is_waited_for = False
        self._issuer = issuer
        self._runner = runner
        self._profile: str | None = None

    def ordered(self, pickles: Sequence[Pickle]) -> Sequence[Pickle]:
        """Leave the scenarios in their order."""
        return pickles

    def waits(self, pickles: Sequence[Pickle]) -> Mapping[str, int]:
        """Return for how long scenarios wait for the next second, and for the end of a grace."""
        awaited = [seconds for each in pickles if self._waits_for(each) for seconds in durations(each)]
        return {
            NEXT_SECOND: sum(seconds == DATING_SECONDS for each in pickles for seconds in durations(each)),
            GRACE: awaited.count(GRACE_SECONDS) * waited_seconds(self._grace_seconds),
        }

    def _waits_for(self, pickle: Pickle) -> bool:
        return USED_ONCE in pickle.tags and self._issuer.profile == "strict" == _profile_of(pickle)

    def prepare(self, pickle: Pickle) -> None:
        """See which profile a scenario is about."""
        self._profile, self._is_waited_for = _profile_of(pickle), self._waits_for(pickle)

    def open(self, profile: str, hooks: MakesHooks) -> IssuerTarget:
        """Return the issuer, unless the scenario is about another profile than it follows."""
        del profile
        if self._profile not in {None, self._issuer.profile}:
            raise Inapplicable(f"this issuer follows the {self._issuer.profile} profile, as --profile says")
        grace_seconds = self._grace_seconds if self._is_waited_for else None
        return IssuerTarget(self._issuer, runner=self._runner, hooks=hooks, grace_seconds=grace_seconds)


def _profile_of(pickle: Pickle) -> str | None:
    found = (FOLLOWS.fullmatch(step.text) for step in pickle.steps)
    return next((each[1] for each in found if each), None)
