"""Tokens for a foreign API: the suite is its issuer, holds the keys and mints what each scenario needs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from steps.drafts import Signer, decode_segment, encode_segment
from steps.keys import Key, ec_key, ed25519_key, rsa_key_of
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
        key: what signs; made with the mint.
    """

    issuer: str
    audience: str
    algorithm: str = "EdDSA"
    token_type: str | None = "at+jwt"  # noqa: S105 -- a media type
    further_claims: Mapping[str, Any] = field(default_factory=dict)
    key: Key = field(init=False)
    _numbers: "count[int]" = field(default_factory=lambda: count(1), init=False)

    def __post_init__(self) -> None:
        """Make a key that lives as long as this run."""
        self.key = KEYS[self.algorithm]()

    def mint(self, subject: str, *, now: int, session: str = "session-1") -> str:
        """Return an access token that begins to live now."""
        header = {"alg": self.algorithm, "typ": self.token_type, "kid": self.key.jwk["kid"]}
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
        return f"{signing_input}.{encode_segment(self.sign(signing_input.encode()))}"

    def sign(self, signing_input: bytes) -> bytes:
        """Sign as the issuer does."""
        return self.signer(self.key.jwk["kid"])(signing_input)

    def signer(self, key_id: str) -> Signer:
        """Return what signs with the issuer's key, whatever id a draft gives it."""
        del key_id
        return self.key.signer(self.algorithm)

    def published(self) -> list[Mapping[str, Any]]:
        """Return the entry under which the key is published."""
        return [self.key.jwk]


def algorithm_of(token: str) -> object:
    """Return the `alg` that a token's header names, or None where it has no header to read."""
    try:
        return json.loads(decode_segment(token.partition(".")[0])).get("alg")
    except (ValueError, AttributeError, RecursionError):
        return None
