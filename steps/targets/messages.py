"""What people and parties say to each other, and those who say it: calls, answers, browsers, channels, key sets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import httpx

from steps.keys import Key
from steps.targets.obstacles import Obstacle
from steps.vocabulary import Verdict

SESSION_COOKIE: Final = "__Host-session"
"""The name of the cookie that carries the session credential."""

Entries = list[Any]
"""The `keys` of a JWK Set: JSON objects, or what stands in their place."""


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        verdict: granted, or refused under a code.
        status: the HTTP status code.
        headers: name (lower case) and value, in order, repeated headers included.
        body: the decoded JSON body, or None where there was none.
        text: the body as text.
    """

    verdict: Verdict
    status: int
    headers: Sequence[tuple[str, str]]
    body: Any
    text: str

    def header(self, name: str) -> str | None:
        """Return the value of a header, several lines joined by a comma, or None."""
        values = [value for header, value in self.headers if header == name.lower()]
        return ", ".join(values) if values else None


@dataclass(frozen=True)
class Call:
    """A request to the API, as a transport scenario shapes it."""

    method: str = "GET"
    path: str = "/me"
    query: str = ""
    headers: Sequence[tuple[str, bytes | str]] = ()
    body: bytes = b""
    scheme: str = "https"
    extensions: Mapping[str, Any] = field(default_factory=dict)


def bearer(token: str) -> tuple[str, bytes]:
    """Return the header that carries an access token. Source: RFC 6750 §2.1."""
    return "authorization", f"Bearer {token}".encode("utf-8", "surrogatepass")


class Browser(Protocol):
    """One person's browser: it keeps the session cookie, which script cannot read."""

    def sign_up(self, *, name: str, email: str, password: str) -> Answer:
        """Open an account."""

    def sign_in(self, *, email: str, password: str) -> Answer:
        """Present a password."""

    def renew(self) -> Answer:
        """Ask the issuer for a new access token."""

    def sign_out(self) -> Answer:
        """End this session."""

    def sign_out_everywhere(self) -> Answer:
        """End every session of the account."""

    def change_password(self, *, current: str, new: str) -> Answer:
        """Replace the password."""

    def delete_account(self, *, password: str) -> Answer:
        """Close the account."""

    def call(self, call: Call) -> Answer:
        """Send a request to the issuer as it stands."""

    @property
    def credential(self) -> str | None:
        """The session credential in the cookie jar, or None."""

    @credential.setter
    def credential(self, value: str | None) -> None: ...


class Channel(Protocol):
    """An open connection to the API: one token at its beginning, many messages after it."""

    def speak(self) -> Verdict:
        """Send a text and return what came of it: granted if it came back."""

    def listen(self) -> Verdict:
        """Wait for what the API does unasked."""


class KeySet(Protocol):
    """What the API fetches as its issuer's keys, shaped by a scenario, and the list of what it fetched."""

    @property
    def url(self) -> httpx.URL:
        """Where the issuer publishes its keys."""

    @property
    def requests(self) -> Sequence[str]:
        """The URL of every request the API made."""

    @property
    def changes(self) -> list[Callable[[Entries], Entries]]:
        """What is done to the published entries, in order."""

    @property
    def keys(self) -> list[Key]:
        """The keys that a scenario had published, newest last."""

    @property
    def elsewhere(self) -> Entries:
        """The entries that every other address publishes."""

    @property
    def obstacle(self) -> Obstacle | None:
        """What makes the answer of what the issuer published, while it is not None."""

    @obstacle.setter
    def obstacle(self, obstacle: Obstacle | None) -> None: ...

    def publish(self, *entries: object) -> None:
        """Publish these entries too, after the issuer's own."""

    def publish_key(self, key: Key) -> None:
        """Publish a key that a scenario may sign with."""

    @property
    def newest_key(self) -> Key:
        """The key published last."""

    @property
    def taken_octets(self) -> int:
        """How much the API read of the newest answer that was sent piece by piece."""

    @property
    def fetches(self) -> int:
        """How often the API asked for the issuer's key set."""
