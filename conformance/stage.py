"""The stages of a check: every scenario is played against the one party, each with tokens or accounts of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from conformance.outlook import NEW_KEYS, SILENT_CHANNELS, SLOW_KEYS, silent_seconds, slow_seconds
from conformance.setup import ALLOWS
from steps.stage import Stage
from steps.targets.remote import RemoteApi
from steps.targets.remote_wire import Line
from steps.targets.unseen import Inapplicable

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping, Sequence

    from conformance.second_act import SecondAct
    from conformance.setup import ApiSetup
    from conformance.timing import Timing
    from steps.stage import MakesHooks
    from steps.targets.remote_backend import Backend
    from steps.targets.remote_issuer import RemoteIssuer
    from steps.targets.remote_log import RemoteLog
    from watchword.specification import Pickle


DEFAULT_ALGORITHM: Final = "EdDSA"
"""What the scenarios have an API accept that they say nothing else of."""

ONE_CONNECTION: Final = "CAC-05"
"""The requirement that each request is authenticated, whatever its connection has carried before."""

SECRETS: Final = "LOG-01"
"""The requirement that no log carries a secret."""


class ForeignStage(Stage, Protocol):
    """A stage that is told what comes."""

    party: str
    """What the run is about, as a sentence names it."""

    def ordered(self, pickles: Sequence[Pickle]) -> Sequence[Pickle]:
        """Return the scenarios in the order in which they are best played."""

    def waits(self, pickles: Sequence[Pickle]) -> Mapping[str, int]:
        """Return for how many seconds these scenarios wait at most, by what for."""

    def prepare(self, pickle: Pickle) -> None:
        """Hear which scenario is played next."""

    @property
    def is_spoiled(self) -> bool:
        """Say whether the stage itself may keep what is good from being accepted."""


class RemoteStage:
    """Opens the API anew for each scenario.

    Args:
        backend: the API under test.
        issuer: the suite as its issuer.
        runner: the event loop of the run.
        second: what scenarios of the second act have published.
        setup: how the API is set up.
        log: what it logs.
        timing: makes the time of each scenario.
    """

    party = "API"

    def __init__(  # noqa: PLR0913 -- what a run has
        self,
        backend: Backend,
        issuer: RemoteIssuer,
        runner: asyncio.Runner,
        *,
        second: SecondAct,
        setup: ApiSetup,
        log: RemoteLog,
        timing: Timing,
    ) -> None:
        self._log = log
        self._second = second
        self._timing = timing
        self._setup = setup
        self._backend = backend
        self._issuer = issuer
        self._runner = runner
        self._upcoming: Pickle | None = None
        self._second_act: list[Pickle] = []

    def ordered(self, pickles: Sequence[Pickle]) -> Sequence[Pickle]:
        """Put last what needs another key set, and side by side what needs one setup: each start takes its time."""
        in_order = sorted(pickles, key=self._place)
        # No line may carry a secret: what the whole run has logged is looked at, when it is over.
        in_order.sort(key=_is_about_secrets)
        self._second_act = [pickle for pickle in in_order if self._second.belongs(pickle)]
        return in_order

    def _place(self, pickle: Pickle) -> tuple[bool, bool, str]:
        return self._second.belongs(pickle), self._second.order(pickle), self._setup.order(pickle)

    def waits(self, pickles: Sequence[Pickle]) -> Mapping[str, int]:
        """Return how long the API may take to see new keys, waits for its key set, and keeps channels open."""
        new_keys = self._second.waiting_seconds(self._second_act)
        slow_keys = slow_seconds(
            pickles, with_obstacles=self._setup.meets_obstacles, with_moved_clock=self._timing.clock is not None
        )
        silent_channels = 0 if self._backend.socket_path is None else silent_seconds(pickles)
        return {NEW_KEYS: new_keys, SLOW_KEYS: slow_keys, SILENT_CHANNELS: silent_channels}

    def prepare(self, pickle: Pickle) -> None:
        """Open the second act before the first of its scenarios."""
        self._setup.leave_production(pickle)
        if self._second_act and pickle.id == self._second_act[0].id:
            self._second.open(self._second_act)
        self._setup.prepare(pickle)
        self._upcoming = pickle

    @property
    def is_spoiled(self) -> bool:
        """Say whether what is published, or kept from being fetched, may rightly keep a good token out."""
        return self._second.is_spoiled or self._setup.is_spoiled

    def open(self, profile: str, hooks: MakesHooks) -> RemoteApi:
        """Return the API as the upcoming scenario meets it; the profile is the issuer's own matter."""
        del profile
        if self._upcoming is not None and self._is_about_another_default(self._upcoming):
            raise Inapplicable(f"this API accepts {self._issuer.mint.algorithm}, which the scenario takes for unwanted")
        self._log.begin(with_all_before=self._upcoming is not None and _is_about_secrets(self._upcoming))
        words = self._timing.words(self._upcoming)
        pace = self._timing.pace(self._upcoming, words)
        return RemoteApi(
            self._backend,
            self._issuer,
            runner=self._runner,
            hooks=hooks,
            setup=self._setup,
            log=self._log,
            line=Line() if self._upcoming is not None and ONE_CONNECTION in self._upcoming.tags else None,
            time=self._timing.time(self._upcoming, pace),
            words=words,
            pace=pace,
        )

    def _is_about_another_default(self, pickle: Pickle) -> bool:
        texts, algorithm = [step.text for step in pickle.steps], self._issuer.mint.algorithm
        if algorithm == DEFAULT_ALGORITHM or any(ALLOWS.fullmatch(text) for text in texts):
            return False
        return f'it is signed with that key as "{algorithm}"' in texts


def _is_about_secrets(pickle: Pickle) -> bool:
    return SECRETS in pickle.tags
