"""The issuer under test, as whoever runs it describes it, and what a run has used up at it."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

from steps.targets.issuer_paths import IssuerPaths
from steps.targets.witness import Witness


@dataclass
class ForeignIssuer:
    """An issuer over HTTP.

    Attributes:
        url: where it is reached; its origin is that of the frontend's pages.
        paths: how it is asked.
        profile: which of the two profiles it is said to follow.
        witness: an API that trusts it.
        used: how many first accounts of each person are used up.
        opened: the addresses that have an account.
        run: tells this run's addresses from every other's.
        scenarios: how many scenarios have begun.
    """

    url: httpx.URL
    paths: IssuerPaths
    profile: str
    witness: Witness
    used: "defaultdict[str, int]" = field(default_factory=lambda: defaultdict(int))
    opened: set[str] = field(default_factory=set)
    run: str = field(default_factory=lambda: f"run-{uuid4().hex[:8]}")
    scenarios: int = 0

    @property
    def cookie(self) -> str:
        """The name of its session cookie."""
        return self.paths.cookies[-1 if self.url.scheme == "https" else 0]

    @property
    def key_set_url(self) -> httpx.URL:
        """Where its public keys are."""
        return self.url.copy_with(path=f"{self.paths.base}/jwks")
