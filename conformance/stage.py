"""The stage of a check: every scenario is played against the one API, each with tokens of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.durations import durations
from steps.targets.remote import Backend, RemoteApi
from steps.targets.remote_words import Words
from steps.targets.unseen import Unseen

if TYPE_CHECKING:
    import asyncio

    from conformance.second_act import SecondAct
    from steps.stage import MakesHooks
    from steps.targets.remote_issuer import RemoteIssuer
    from watchword.specification import Pickle


class RemoteStage:
    """Opens the API anew for each scenario.

    Args:
        backend: the API under test.
        issuer: the suite as its issuer.
        runner: the event loop of the run.
        second: what scenarios of the second act have published.
    """

    def __init__(self, backend: Backend, issuer: RemoteIssuer, runner: asyncio.Runner, second: SecondAct) -> None:
        self.second = second
        self.backend = backend
        self.issuer = issuer
        self.runner = runner
        self.upcoming: Pickle | None = None

    def open(self, profile: str, hooks: MakesHooks) -> RemoteApi:
        """Return the API as the upcoming scenario meets it; the profile is the issuer's own matter."""
        del profile
        ahead = 0 if self.upcoming is None else self._ahead_seconds(self.upcoming)
        return RemoteApi(
            self.backend,
            self.issuer,
            runner=self.runner,
            hooks=hooks,
            ahead_seconds=ahead,
        )

    def _ahead_seconds(self, pickle: Pickle) -> int:
        words = Words(self.issuer, leeway_seconds=self.backend.leeway_seconds)
        try:
            return sum(words.stretched(seconds) for seconds in durations(pickle))
        except Unseen:
            # The step itself says so again, where it is recorded.
            return 0
