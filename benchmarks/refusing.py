"""What a bad token costs beside a good one, through the whole application but without a network."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import httpx

from benchmarks.measurement import Aim, Row, Samples, cpu_microseconds, ratio, rounds, spread
from benchmarks.tokens import AUDIENCE, Issuer
from reference_impl.api import Policy, create_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI
    from starlette.types import Message, Scope

REPETITIONS = 100
_GOOD = "a good token"
_NESTED = "eyJhIjp7"


def measure(round_count: int) -> list[Row]:
    """Let a good token and bad ones take turns at `/me`."""
    # The log is off for both: what a line costs depends on where it is written.
    logging.disable()
    issuer = Issuer("https://issuer.example")
    app = _warm_app(issuer)
    acts = {name: _asking(app, token, status) for name, (token, status) in _tokens(issuer).items()}
    samples: Samples = {name: [] for name in acts}
    for name, act in rounds(acts, round_count):
        samples[name].append(cpu_microseconds(act, REPETITIONS))
    logging.disable(logging.NOTSET)
    return [
        Row(name, spread(samples[name]), "µs")
        if name == _GOOD
        else Row(name, spread(samples[name]), "µs", _GOOD, ratio(samples, name, _GOOD), Aim("at most", 0.99))
        for name in samples
    ]


def _tokens(issuer: Issuer) -> dict[str, tuple[str, int]]:
    good = issuer.token()
    header, payload, _ = good.split(".")
    most = Policy(issuer=issuer.url, audience=AUDIENCE).largest_token_bytes
    return {
        _GOOD: (good, 200),
        "a token of 1 MB": (f"{header}.{payload}.{'A' * 1_000_000}", 401),
        "letters of 1 MB without a dot": ("A" * 1_000_000, 401),
        "a header as large as is read at all": ((_NESTED * most)[: most - 4] + ".A.A", 401),
        "a token of no known key": (issuer.token(key_id="unknown"), 401),
    }


def _warm_app(issuer: Issuer) -> FastAPI:
    policy = Policy(issuer=issuer.url, audience=AUDIENCE, environment="development")
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=issuer.jwk_set))
    app = create_app(policy, transport=transport)
    asyncio.run(_ask(app, f"Bearer {issuer.token()}".encode(), 200))
    return app


def _asking(app: FastAPI, token: str, status: int) -> Callable[[], None]:
    credentials = f"Bearer {token}".encode()

    def ask() -> None:
        try:
            _ask(app, credentials, status).send(None)
        except StopIteration:
            return
        raise AssertionError("the application waited for something")

    return ask


async def _ask(app: FastAPI, credentials: bytes, expected: int) -> None:
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/me",
        "raw_path": b"/me",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"api.example"), (b"authorization", credentials)],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8001),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] != expected:
            raise AssertionError(f"{message['status']} instead of {expected}")

    await app(scope, receive, send)
