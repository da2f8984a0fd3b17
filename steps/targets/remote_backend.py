"""The API under test, as whoever runs it describes it, and as it can be set up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

import httpx


@dataclass(frozen=True)
class Backend:
    """The API under test, as whoever runs it describes it.

    Attributes:
        url: a route that asks for a token.
        public_path: a route that asks for none, or None where there is none to be asked.
        account_path: a route that only the account it names may read, or None where there is none.
        body_path: a route that reads a body sent by POST, or None where there is none.
        socket_path: a route that opens a WebSocket, or None where there is none.
        defect_path: a route that fails at whoever is let in, or None where there is none.
        opens_accounts: whether that route was seen to answer its owner.
        leeway_seconds: the clock skew it tolerates, or None where nobody said.
        subject_pointer: where an answer names the caller (RFC 6901), or None where nobody said.
        adopts_contract: whether it is held to what the sources leave open, too.
    """

    url: httpx.URL
    public_path: str | None = None
    account_path: str | None = None
    body_path: str | None = None
    socket_path: str | None = None
    defect_path: str | None = None
    opens_accounts: bool = False
    leeway_seconds: int | None = None
    subject_pointer: str | None = None
    adopts_contract: bool = False

    def account_of(self, subject: str) -> str | None:
        """Return the path of an account, or None where nobody said which routes are like that."""
        return None if self.account_path is None else self.account_path.replace("{subject}", subject)


class Setup(Protocol):
    """How the API is set up."""

    reads: frozenset[str]
    """The variables by which it can be set up."""

    @property
    def is_in_production(self) -> bool:
        """Say whether it speaks HTTPS only, by now."""

    @property
    def is_spoken_for(self) -> bool:
        """Say whether requests reach it as a proxy passes them on, that says over what they came."""

    def require(self, name: str, values: Collection[str], *, otherwise: str) -> None:
        """Set the API up so, or say otherwise that it cannot be."""

    def restart(self) -> None:
        """Start the API anew, set up as it is."""

    def complaint_about(self, settings: Mapping[str, str]) -> str | None:
        """Return what the API prints that ends instead of starting with these settings, or None where it starts."""

    def fetch_keys_at(self, url: str, **trust: str) -> None:
        """Have the API fetch its key set at an address, and trust the certificates that these variables name."""

    def meet_obstacle(self) -> None:
        """Have the API fetch its key set anew when it is next asked."""
