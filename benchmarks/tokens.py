"""An issuer for the benchmarks: one Ed25519 key, its JWK Set, and tokens of the contract's shape."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import OKPAlgorithm

if TYPE_CHECKING:
    from collections.abc import Iterator

AUDIENCE = "https://api.example"
CLIENT_ID = "web"
KEY_ID = "benchmark-key"
# As long as the API takes at all: no token of a run expires in it.
LIFETIME_SECONDS = 3600
SUBJECT = str(uuid.UUID(int=1))


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs the tokens of a run."""

    url: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public_pem(self) -> str:
        """The public key, as it is written into a constant."""
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    @property
    def jwk_set(self) -> bytes:
        """The published key set."""
        jwk = OKPAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return json.dumps({"keys": [{**jwk, "kid": KEY_ID, "alg": "EdDSA", "use": "sig"}]}).encode()

    def token(self, *, key_id: str = KEY_ID) -> str:
        """Sign one token, unlike any other by its `jti`."""
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": SUBJECT,
            "aud": [AUDIENCE],
            "client_id": CLIENT_ID,
            "iat": now,
            "exp": now + LIFETIME_SECONDS,
            "jti": str(uuid.uuid4()),
            "sid": "4VqTz8mJ0kQpXw2b",
        }
        return jwt.encode(claims, self.key, "EdDSA", {"typ": "at+jwt", "kid": key_id})

    def tokens(self, count: int) -> Iterator[str]:
        """Sign distinct tokens."""
        return (self.token() for _ in range(count))
