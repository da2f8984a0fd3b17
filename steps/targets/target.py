"""What a step may ask of a target. Only a target knows URLs, headers and status codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from steps.drafts import Signer
from steps.vocabulary import Verdict


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


class Target(Protocol):
    """The system under specification: an issuer, an API, and the clock they read."""

    def browser(self, owner: str) -> Browser:
        """Open a new browser for a person."""

    def call(self, call: Call, *, sender: str) -> Answer:
        """Send a request to the API as it stands."""

    def present(self, token: str | None, *, sender: str) -> Answer:
        """Call the API's protected route with this access token, or without any."""

    def trusted_signer(self, key_id: str) -> Signer:
        """Return what signs as the issuer does, with the published key of this id."""

    def reason(self) -> str | None:
        """Return the reason the API logged last, or None."""

    def now(self) -> int:
        """Return the time the parties read: NumericDate, seconds UTC."""

    def pass_time(self, seconds: int) -> None:
        """Let time pass for every party."""
