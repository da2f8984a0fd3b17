"""A person's browser where the suite is the issuer: it hands out tokens, and is not itself under test."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from steps.drafts import encode_segment
from steps.targets.messages import Answer, Call
from steps.targets.remote_mint import Mint
from steps.targets.unseen import NotObserved
from steps.vocabulary import GRANTED, as_json

OK = 200


class MintingBrowser:
    """Signs in and renews at once, since nobody checks; everything else belongs to a run against an issuer.

    Args:
        owner: whose account it is.
        mint: makes her tokens.
        now: the time the tokens begin at.
    """

    def __init__(self, owner: str, mint: Mint, *, now: Callable[[], int]) -> None:
        self._subject = f"account-{owner.split(chr(39), maxsplit=1)[0].lower()}"
        self._mint = mint
        self._now = now
        self._credential: str | None = None
        self._is_out = False

    def sign_up(self, *, name: str, email: str, password: str) -> Answer:
        """Open an account."""
        return _unasked(f"{name} ({email}, {len(password)} characters) to sign up")

    def sign_in(self, *, email: str, password: str) -> Answer:
        """Begin a session; whoever a scenario lets sign in may."""
        del email, password
        self._is_out = False
        return _granted({})

    def renew(self) -> Answer:
        """Mint an access token, while she has a session."""
        if self._is_out:
            return _unasked("to renew a session that is over")
        return _granted({"access_token": self._mint.mint(self._subject, now=self._now())})

    def sign_out(self) -> Answer:
        """End this session, of which the API hears nothing."""
        self.credential = None
        return _granted({})

    def sign_out_everywhere(self) -> Answer:
        """End every session of the account."""
        return _unasked("somebody to sign out everywhere")

    def change_password(self, *, current: str, new: str) -> Answer:
        """Replace the password."""
        return _unasked(f"a change of password ({len(current)}, {len(new)} characters)")

    def delete_account(self, *, password: str) -> Answer:
        """Close the account."""
        return _unasked(f"the account to be deleted ({len(password)} characters)")

    def call(self, call: Call) -> Answer:
        """Send a request to the issuer as it stands."""
        return _unasked(f"{call.method} {call.path}")

    @property
    def credential(self) -> str | None:
        """The session credential: of its own type and audience, under a key that is never published."""
        if self._credential is None and not self._is_out:
            self._credential = self._sealed()
        return self._credential

    @credential.setter
    def credential(self, value: str | None) -> None:
        self._credential, self._is_out = value, value is None

    def _sealed(self) -> str:
        issuer, now = self._mint.issuer, self._now()
        header = {"alg": "EdDSA", "typ": "refresh+jwt", "kid": "session-key"}
        claims = {"iss": issuer, "sub": self._subject, "aud": issuer, "iat": now, "exp": now + 604_800}
        claims |= {"jti": "session-1.1", "sid": "session-1", "auth_time": now, "epoch": 0}
        signing_input = ".".join(encode_segment(as_json(part).encode()) for part in (header, claims))
        return f"{signing_input}.{encode_segment(SESSION_KEY.sign(signing_input.encode()))}"


SESSION_KEY = Ed25519PrivateKey.generate()
"""Signs session credentials; no key set names it."""


def _granted(body: object) -> Answer:
    return Answer(GRANTED, OK, [], body, as_json(body))


def _unasked(what: str) -> Answer:
    raise NotObserved(f"this run is about the API; it has no issuer of its own to ask ({what})")
