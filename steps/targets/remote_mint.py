"""Tokens for a foreign API: the suite is its issuer, holds the keys and mints what each scenario needs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from steps.drafts import Signer, decode_segment, encode_segment
from steps.keys import Key, ec_key, ed25519_key, rsa_key_of
from steps.targets.remote_keys import KeyRing
from steps.vocabulary import as_json

LIFETIME_SECONDS: Final = 300

KEYS: Final[dict[str, Callable[[], Key]]] = {
    "EdDSA": ed25519_key,
    "ES256": lambda: ec_key("P-256", "ES256"),
    # A key that no scenario has: what the scenarios sign with is not the issuer's.
    "RS256": lambda: rsa_key_of(generate_private_key(public_exponent=65537, key_size=2048)),
}
"""What signs under each algorithm an API may be told to accept."""


@dataclass
class Mint:
    """Makes access tokens as the contract has them.

    Attributes:
        issuer: the `iss` of each.
        audience: the `aud` of each.
        algorithm: EdDSA, ES256 or RS256.
        token_type: the header `typ`, or None for none.
        further_claims: what this API's tokens carry besides.
        keys: what signs; made with the mint.
    """

    issuer: str
    audience: str
    algorithm: str = "EdDSA"
    token_type: str | None = "at+jwt"  # noqa: S105 -- a media type
    further_claims: Mapping[str, Any] = field(default_factory=dict)
    keys: KeyRing = field(init=False)
    _known: dict[str, tuple[str, str, Key, int]] = field(default_factory=dict, init=False, repr=False)
    _numbers: "count[int]" = field(default_factory=lambda: count(1), init=False)

    def __post_init__(self) -> None:
        """Make a key that lives as long as this run."""
        self.keys = KeyRing(KEYS[self.algorithm])

    def mint(self, subject: str, *, now: int, session: str = "session-1") -> str:
        """Return an access token that begins to live now."""
        return self._made(subject, session, self.keys.signing(now), now)

    def reissued(self, token: str, *, later_seconds: int, before: int) -> str:
        """Return the same token begun so much later, under the same key.

        What was not made here, or not before a time, is returned as it is.
        """
        subject, session, key, now = self._known.get(token, ("", "", self.keys.first, before))
        return self._made(subject, session, key, now + later_seconds) if later_seconds and now < before else token

    def _made(self, subject: str, session: str, key: Key, now: int) -> str:
        header = {"alg": self.algorithm, "typ": self.token_type, "kid": key.jwk["kid"]}
        if self.token_type is None:
            del header["typ"]
        claims = {
            "iss": self.issuer,
            "sub": subject,
            "aud": self.audience,
            "client_id": "web",
            "iat": now,
            "exp": now + LIFETIME_SECONDS,
            "jti": f"token-{next(self._numbers)}",
            "sid": session,
            **self.further_claims,
        }
        signing_input = ".".join(encode_segment(as_json(part).encode()) for part in (header, claims))
        signature = key.signer(self.algorithm)(signing_input.encode())
        token = f"{signing_input}.{encode_segment(signature)}"
        self._known[token] = subject, session, key, now
        return token

    def signer(self, key_id: str, *, now: float) -> Signer:
        """Return what signs with the issuer's key of this id, or with the one in use where a draft made the id up."""
        return (self.keys.named(key_id) or self.keys.signing(now)).signer(self.algorithm)


def algorithm_of(token: str) -> object:
    """Return the `alg` that a token's header names, or None where it has no header to read."""
    try:
        return json.loads(decode_segment(token.partition(".")[0])).get("alg")
    except (ValueError, AttributeError, RecursionError):
        return None
