"""What became of each scenario of a check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from conformance.concessions import concession_for

if TYPE_CHECKING:
    import httpx

    from watchword.specification import Pickle

Status = Literal["passed", "failed", "inapplicable", "not observed"]
Level = Literal["MUST", "SHOULD", "MAY", "policy"]

UNAVAILABLE = 503
"""A server that says so has not failed at the request."""

LEVELS: tuple[Level, ...] = ("MUST", "SHOULD", "MAY", "policy")


@dataclass(frozen=True)
class Outcome:
    """How one scenario ended.

    Attributes:
        reason: why it failed, or could not be judged.
        step: the sentence it failed in.
        advice: what the sources advise against in an outcome that they accept.
        departures: what this contract alone has otherwise, in an outcome that the sources accept.
        exchange: the last request to the target, and its answer unless there was none.
    """

    pickle: Pickle
    status: Status
    reason: str = ""
    step: str = ""
    advice: tuple[str, ...] = ()
    departures: tuple[str, ...] = ()
    exchange: tuple[httpx.Request, httpx.Response | None] | None = field(default=None, repr=False)

    @property
    def id(self) -> str:
        """Name the scenario so that a list of expected failures can."""
        return self.pickle.id

    @property
    def level(self) -> Level:
        """Say how strongly its source asks any API for it."""
        concession = concession_for(self.pickle)
        if concession is not None and (concession.even_breakdown or not self.is_breakdown):
            return concession.level
        return next((level for level in LEVELS if level.lower() in self.pickle.tags), "policy")

    @property
    def fault(self) -> Level | None:
        """Say how strongly anybody asks for what the outcome lacks, or nothing where it lacks nothing."""
        if self.status == "failed":
            return self.level
        if self.advice:
            return "SHOULD"
        return "policy" if self.departures else None

    @property
    def complaint(self) -> str:
        """Say what it lacks."""
        if self.status == "failed":
            return f"{self.step}: {self.reason}"
        return "; ".join([*self.advice, *self.departures])

    @property
    def is_breakdown(self) -> bool:
        """Say whether the target failed at the request instead of answering it."""
        if self.exchange is None:
            return False
        response = self.exchange[1]
        return response is None or (response.is_server_error and response.status_code != UNAVAILABLE)

    @property
    def is_unanswered(self) -> bool:
        """Say whether the last request had no answer."""
        return self.exchange is not None and self.exchange[1] is None

    @property
    def is_judged(self) -> bool:
        """Say whether the target did something that was compared."""
        return self.status in {"passed", "failed"}
