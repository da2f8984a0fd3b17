"""A small world: an issuer that serves its keys, a clock that stands still, and the API under test."""

import asyncio
import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from jwt.algorithms import OKPAlgorithm
from starlette.types import Receive, Scope, Send

from reference_impl.api import Policy, create_app

ISSUER, AUDIENCE = "https://app.example", "https://api.example"
NOW = 1_800_000_000


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def public_jwk(key: Ed25519PrivateKey, key_id: str) -> dict[str, Any]:
    return {**OKPAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": key_id, "alg": "EdDSA", "use": "sig"}


@dataclass
class Issuer:
    """What publishes the keys: a tiny ASGI application behind a line that can be cut."""

    keys: list[Any]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    delay_seconds: float = 0
    is_cut: bool = False
    fetches: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the keys, or whatever was set instead."""
        self.fetches += 1
        del scope, receive
        await asyncio.sleep(self.delay_seconds)
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = json.dumps({"keys": self.keys}).encode() if self.body is None else self.body
        await send({"type": "http.response.body", "body": body})


class Line(httpx.AsyncBaseTransport):
    """The way from the API to the issuer."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer
        self.asgi = httpx.ASGITransport(issuer)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request, unless the line is cut."""
        if self.issuer.is_cut:
            self.issuer.fetches += 1
            raise httpx.ConnectError("the line is cut")
        return await self.asgi.handle_async_request(request)


@dataclass
class World:
    """Everything a test holds."""

    runner: asyncio.Runner
    key: Ed25519PrivateKey
    issuer: Issuer
    log: pytest.LogCaptureFixture
    now: int = NOW
    policy: dict[str, Any] = field(default_factory=dict)
    started: FastAPI | None = None

    @property
    def app(self) -> FastAPI:
        """The API, started when first asked for."""
        if self.started is None:
            policy = Policy(issuer=ISSUER, audience=AUDIENCE, **self.policy)
            self.started = create_app(policy, clock=lambda: self.now, transport=Line(self.issuer))
        return self.started

    def claims(self, **changes: object) -> dict[str, object]:
        """Return valid claims with changes; `...` takes one away."""
        valid = {"iss": ISSUER, "sub": "account-1", "aud": AUDIENCE, "client_id": "web", "jti": "jti-1", "sid": "sid-1"}
        claims = {**valid, "iat": self.now, "exp": self.now + 300, **changes}
        return {name: value for name, value in claims.items() if value is not ...}

    def header(self, **changes: object) -> dict[str, object]:
        """Return a valid header with changes; `...` takes a parameter away."""
        header = {"alg": "EdDSA", "typ": "at+jwt", "kid": "key-1", **changes}
        return {name: value for name, value in header.items() if value is not ...}

    def sign(self, header: bytes, payload: bytes, key: Ed25519PrivateKey | None = None) -> str:
        """Sign any two texts."""
        signing_input = f"{b64(header)}.{b64(payload)}"
        return f"{signing_input}.{b64((key or self.key).sign(signing_input.encode()))}"

    def token(
        self, header: Mapping[str, object] | None = None, key: Ed25519PrivateKey | None = None, **claims: object
    ) -> str:
        """Sign a token, valid but for the changes."""
        parameters = json.dumps(self.header(**(header or {})))
        return self.sign(parameters.encode(), json.dumps(self.claims(**claims)).encode(), key)

    def ask(self, method: str = "GET", url: str = "/me", **request: Any) -> httpx.Response:
        """Send a request and wait for its answer."""
        return self.runner.run(self.ask_async(method, url, **request))

    async def ask_async(self, method: str = "GET", url: str = "/me", **request: Any) -> httpx.Response:
        """Send a request."""
        base_url = request.pop("base_url", "https://api.example")
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url=base_url) as client:
            return await client.request(method, url, **request)

    def present(self, token: str, **request: Any) -> httpx.Response:
        """Send a request with a token."""
        return self.ask(headers={"Authorization": f"Bearer {token}"}, **request)

    def verdict(self, token: str) -> str:
        """Present a token; answer "granted", or the code and the logged reason."""
        self.log.clear()
        answer = self.present(token)
        if answer.status_code == httpx.codes.OK:
            return "granted"
        return f"{answer.json()['code']}: {self.reasons()[-1]}"

    def records(self, event: str) -> list[logging.LogRecord]:
        """Return the log records of an event."""
        return [record for record in self.log.records if getattr(record, "event", None) == event]

    def reasons(self) -> list[str]:
        """Return the reasons of all refusals logged."""
        return [record.__dict__["reason"] for record in self.records("token_refused")]
