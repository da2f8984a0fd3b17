"""The suite's own part in a scenario that is played against a foreign API: its keys as an issuer, and its clock."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import httpx

from steps.drafts import Signer
from steps.targets.messages import Answer
from steps.targets.remote_backend import Setup
from steps.targets.remote_browser import SESSION_KEY
from steps.targets.remote_issuer import RemoteIssuer, RemoteKeySet
from steps.targets.remote_time import Pace, Time
from steps.targets.target import Target
from steps.vocabulary import GRANTED

if TYPE_CHECKING:
    from steps.targets.wire import Sent


class IssuerSide(Target):
    """What needs nothing of the API.

    Args:
        issuer: what the API trusts.
        setup: how the API is set up.
        time: the scenario's.
        pace: how much time the API is given where the scenario lets some pass.
    """

    def __init__(self, issuer: RemoteIssuer, *, setup: Setup, time: Time, pace: Pace) -> None:
        super().__init__()
        self.issuer = issuer
        self._setup = setup
        self._time = time
        self._pace = pace
        self._spared_seconds, self._spared_until = 0, 0
        self._sent: list[Sent] = []
        self._source = RemoteKeySet(issuer, meet_obstacle=self._meet_obstacle, is_refetched=time.is_moved)

    # Keys.

    @property
    def key_set(self) -> RemoteKeySet:
        """What the API fetches."""
        return self._source

    def publish_entry(self, name: str) -> None:
        """Turn to an entry that is published beside the issuer's key."""
        key = self.issuer.publish(name)
        if key is not None:
            self._source.keys.append(key)

    def read_key_set(self, *, sender: str) -> Answer:
        """Return what this run publishes as the issuer."""
        del sender
        document = {"keys": self.issuer.entries}
        return Answer(GRANTED, httpx.codes.OK, [], document, json.dumps(document))

    def trusted_signer(self, key_id: str) -> Signer:
        """Return what signs as the issuer does."""
        return self.issuer.mint.signer(key_id, now=self.now())

    def signing_key_ids(self) -> Sequence[str]:
        """List the published keys by their ids, oldest first."""
        return [key.jwk["kid"] for key in self.issuer.mint.keys.published(self.now())]

    def rotate_key(self) -> None:
        """Publish the next signing key."""
        self._source.rotate(self.now())

    def withdraw_key(self, key_id: str | None = None) -> None:
        """Withdraw a published signing key: this one, or the oldest."""
        self._source.withdraw(self.now(), key_id)

    def session_signer(self) -> Signer:
        """Return what signs with the key of the session credential, which is never published."""
        return SESSION_KEY.sign

    def _meet_obstacle(self) -> None:
        # Who fetched the key set in this scenario is to meet it with that in memory.
        if not (self._time.is_moved and self._sent):
            self._setup.meet_obstacle()
            self._time.settle()

    # Time.

    def now(self) -> int:
        """Return the time the tokens are minted at."""
        return self._time.now()

    def pass_time(self, seconds: int) -> None:
        """Let time pass for everybody, without waiting."""
        given = self._pace.stretched(seconds)
        self._time.pass_time(given)
        if self._pace.spares_tokens:
            self._spared_seconds, self._spared_until = given - seconds, self.now()

    def present(self, token: str | None, *, sender: str) -> Answer:
        """Call the API's protected route with this access token, or without any."""
        # A token that was to see an API lose its patience has not aged meanwhile.
        if token is not None:
            later = {"later_seconds": self._spared_seconds, "before": self._spared_until}
            token = self.issuer.mint.reissued(token, **later)
        return super().present(token, sender=sender)

    def close(self) -> None:
        """Leave the issuer and the time as the next scenario expects them."""
        self.issuer.reset()
        self._time.end()
