"""The suite as an issuer: its key set and its discovery documents, served to the API under test."""

import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import httpx

from steps.keys import Key
from steps.targets.messages import Entries
from steps.targets.obstacles import Obstacle, Pieces
from steps.targets.remote_listener import Listener
from steps.targets.remote_mint import Mint
from steps.targets.unseen import NotObserved
from steps.vocabulary import as_json

JWKS_PATH: Final = "/api/auth/jwks"
DISCOVERY_PATHS: Final = ("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")
JWK_SET: Final = "application/jwk-set+json"
LOOPBACK: Final = "127.0.0.1"

BUFFERED_OCTETS: Final = 16_000_000
"""What operating systems take of an answer at most, on both sides together, that no program has read."""


class RemoteIssuer:
    """Publishes the mint's key under the issuer's URL; every other host is played by a listener of its own.

    Args:
        mint: holds the keys, and the issuer's URL.
        clock: the time that the key set is published at.

    Attributes:
        url: where the key set is.
        changes: what is done to the entries of the mint's own, in order.
        further: what is published beside.
        publish: names the key of an entry that is published beside, or None where nobody signs with it.
        obstacle: what makes the answer of the key set, while it is not None.
        pieces: the newest answer that was sent piece by piece.
        listener: answers as the issuer.
        stranger: answers as any other host, gladly and with Mallory's keys.
    """

    def __init__(self, mint: Mint, *, clock: Callable[[], float] = time.time) -> None:
        self.mint = mint
        self.clock = clock
        address = httpx.URL(mint.issuer)
        self.path = address.path.rstrip("/")
        self.url = httpx.URL(f"{mint.issuer.rstrip('/')}{JWKS_PATH}")
        self.changes: list[Callable[[Entries], Entries]] = []
        self.further: Entries = []
        self.publish: Callable[[str], Key | None] = _publish_nothing
        self.elsewhere: Entries = []
        self.obstacle: Obstacle | None = None
        self.pieces: Pieces | None = None
        self.stranger = Listener(self._answer_as_stranger, host=LOOPBACK)
        self.listener = Listener(self._answer, host=address.host, port=address.port or 80)

    @property
    def entries(self) -> Entries:
        """What is published now."""
        entries: Entries = [dict(key.jwk) for key in self.mint.keys.published(self.clock())]
        for change in self.changes:
            entries = change(entries)
        return [*entries, *self.further]

    def reset(self) -> None:
        """Publish again what every scenario finds, and answer plainly."""
        self.mint.keys.reset()
        self.changes.clear()
        self.obstacle = None

    @property
    def has_been_asked(self) -> bool:
        """Whether anybody has ever asked for the key set."""
        return self.fetches > 0

    @property
    def fetches(self) -> int:
        """How often the key set was asked for."""
        return sum(target.partition("?")[0] == self.url.path for target in self.listener.requests)

    def listen_securely(self, certificate: Path) -> Listener:
        """Serve the key set over TLS too, behind a certificate and its key in one file, until that is closed."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        return Listener(lambda _: _json({"keys": self.entries}, JWK_SET), host=LOOPBACK, context=context)

    @property
    def key_set_requests(self) -> list[httpx.Request]:
        """The requests for the key set."""
        listener = self.listener
        asked = zip(listener.requests, listener.heads, strict=True)
        return [_request(self.url, target, head) for target, head in asked if target.partition("?")[0] == self.url.path]

    def close(self) -> None:
        """Stop serving."""
        self.listener.close()
        self.stranger.close()

    def _answer(self, path: str) -> httpx.Response:
        if path == self.url.path:
            published = _json({"keys": self.entries}, JWK_SET)
            return published if self.obstacle is None else self._met(self.obstacle(published.content))
        # Both places of RFC 8414 §3.1: before the issuer's path, and after it as OpenID Connect has it.
        if path in {place for known in DISCOVERY_PATHS for place in (known + self.path, self.path + known)}:
            return _json(self._metadata(), "application/json")
        return httpx.Response(httpx.codes.NOT_FOUND)

    def _met(self, answer: httpx.Response) -> httpx.Response:
        if "location" in answer.headers:
            # Wherever a scenario has the API led to, it is the stranger who answers there.
            answer.headers["location"] = f"http://{self.stranger.host}:{self.stranger.port}{JWKS_PATH}"
        if isinstance(answer.stream, Pieces):
            self.pieces = answer.stream
        return answer

    def _answer_as_stranger(self, _: str) -> httpx.Response:
        return _json({"keys": self.elsewhere}, JWK_SET)

    def _metadata(self) -> dict[str, Any]:
        issuer = self.mint.issuer
        return {
            "issuer": issuer,
            "jwks_uri": str(self.url),
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [self.mint.algorithm],
        }


class RemoteKeySet:
    """The key set as one scenario meets it. Source of the members: `steps.targets.messages.KeySet`.

    Args:
        issuer: publishes it.
        meet_obstacle: has the API fetch it anew when it is next asked.
        is_refetched: whether the API fetches it again of its own accord within the scenario.
    """

    def __init__(self, issuer: RemoteIssuer, *, meet_obstacle: Callable[[], None], is_refetched: bool) -> None:
        self._issuer = issuer
        self._meet_obstacle = meet_obstacle
        self._is_refetched = is_refetched
        self._known = len(issuer.stranger.requests)
        self._fetched = issuer.fetches
        self.url = issuer.url
        self.keys: list[Key] = []
        issuer.elsewhere = []

    @property
    def requests(self) -> list[str]:
        """The URL of every request to the issuer, and of those to another host since the scenario began."""
        issuer, stranger = self._issuer.listener, self._issuer.stranger
        # A discovery document is asked for on the way to the key set.
        ours = [str(self.url) for _ in issuer.requests]
        return ours + [f"http://{stranger.host}:{stranger.port}{target}" for target in stranger.requests[self._known :]]

    @property
    def elsewhere(self) -> Entries:
        """The entries that every other address publishes."""
        return self._issuer.elsewhere

    @property
    def changes(self) -> list[Callable[[Entries], Entries]]:
        """What is done to the published entries."""
        self._require_refetch("its key set anew")
        return self._issuer.changes

    def rotate(self, now: float) -> None:
        """Publish the issuer's next key."""
        self._require_refetch("a new key")
        self._issuer.mint.keys.rotate(now)

    def withdraw(self, now: float, key_id: str | None) -> None:
        """Publish a key of the issuer's no more."""
        self._require_refetch("its key set without a key")
        self._issuer.mint.keys.withdraw(now, key_id)

    def _require_refetch(self, what: str) -> None:
        if not self._is_refetched:
            raise NotObserved(f"the API would have to fetch {what}; --move-clock has its key set grow old")

    @property
    def obstacle(self) -> Obstacle | None:
        """What an API meets on its way to the key set."""
        return self._issuer.obstacle

    @obstacle.setter
    def obstacle(self, obstacle: Obstacle | None) -> None:
        if obstacle is not self._issuer.obstacle:
            self._issuer.obstacle = obstacle
            self._meet_obstacle()

    def publish(self, *entries: object) -> None:
        """Publish these entries too, after the issuer's own."""
        raise NotObserved(f"the API would have to fetch {len(entries)} new entries, and nobody can tell it to")

    def publish_key(self, key: Key) -> None:
        """Publish a key that a scenario may sign with."""
        raise NotObserved(f"the API would have to fetch the new key {key.jwk['kid']}, and nobody can tell it to")

    @property
    def newest_key(self) -> Key:
        """The key published last."""
        return self.keys[-1]

    @property
    def taken_octets(self) -> int:
        """How much the API read at least of the newest answer that was sent piece by piece."""
        if self._issuer.pieces is None:
            return 0
        return max(1, self._issuer.pieces.taken_octets - BUFFERED_OCTETS)

    @property
    def fetches(self) -> int:
        """How often the API asked for the issuer's key set."""
        return self._issuer.fetches - self._fetched


def _request(url: httpx.URL, target: str, head: bytes) -> httpx.Request:
    lines = (line.partition(b":") for line in head.split(b"\r\n")[1:] if line)
    headers = [(name, value.strip()) for name, _, value in lines]
    return httpx.Request("GET", url.copy_with(query=target.partition("?")[2].encode() or None), headers=headers)


def _publish_nothing(name: str) -> Key | None:
    raise NotObserved(f"the API would have to fetch its key set anew, with {name}")


def _json(value: object, media_type: str) -> httpx.Response:
    return httpx.Response(httpx.codes.OK, headers={"content-type": media_type}, content=as_json(value))
