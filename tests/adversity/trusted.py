"""The API, and whoever holds the key it trusts: he can sign anything."""

from __future__ import annotations

import asyncio
import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any, Self

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from reference_impl.api import Policy, create_app
from tests.adversity.asgi import Answer, present

if TYPE_CHECKING:
    from collections.abc import Coroutine

ISSUER, AUDIENCE, KEY_ID = "https://app.example", "https://api.example", "key-1"
NOW = 1_800_000_000


def encode(octets: bytes) -> str:
    """Return unpadded base64url."""
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def written(value: object) -> bytes:
    """Return a value as JSON, in UTF-8 wherever UTF-8 can say it."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def publisher(keys: list[dict[str, Any]]) -> httpx.MockTransport:
    """Return what serves a JWK Set to the API, as the issuer would."""
    return httpx.MockTransport(lambda _: httpx.Response(200, json={"keys": keys}))


class Trusted:
    """An API that trusts one key, the key, and an event loop to ask in."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        jwk = OKPAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        self.keys = [{**jwk, "kid": KEY_ID, "alg": "EdDSA", "use": "sig"}]
        self.runner = asyncio.Runner()
        policy = Policy(issuer=ISSUER, audience=AUDIENCE)
        self.app = create_app(policy, clock=lambda: NOW, transport=publisher(self.keys))

    def __enter__(self) -> Self:
        """Open the event loop."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the event loop."""
        self.runner.close()

    @property
    def header(self) -> dict[str, Any]:
        """A good header."""
        return {"alg": "EdDSA", "typ": "at+jwt", "kid": KEY_ID}

    @property
    def claims(self) -> dict[str, Any]:
        """Good claims."""
        names = {"iss": ISSUER, "sub": "account-1", "aud": AUDIENCE, "client_id": "web", "jti": "jti-1", "sid": "sid-1"}
        return {**names, "iat": NOW, "exp": NOW + 300}

    def sign(self, header: bytes, payload: bytes) -> str:
        """Sign any two texts with the trusted key."""
        signing_input = f"{encode(header)}.{encode(payload)}"
        return f"{signing_input}.{encode(self.key.sign(signing_input.encode()))}"

    def token(self, **claims: object) -> str:
        """Return a good token, but for these claims."""
        return self.sign(written(self.header), written(self.claims | claims))

    def run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Wait for an answer."""
        return self.runner.run(work)

    def present(self, token: str | bytes) -> Answer:
        """Ask who calls, with a token."""
        return self.run(present(self.app, token))
