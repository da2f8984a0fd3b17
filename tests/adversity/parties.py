"""The reference issuer and API in this process, with a clock for both."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import jwt

from reference_impl import api, issuer
from tests.adversity.trusted import AUDIENCE, ISSUER, NOW

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI


class SlowLine(httpx.ASGITransport):
    """An ASGI transport on which an answer needs a moment, so that requests overtake it."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request."""
        await asyncio.sleep(0.02)
        return await super().handle_async_request(request)


@dataclass
class Parties:
    """The issuer and the API.

    Args:
        folder: where the accounts lie.
        now: what both read: seconds since the epoch.
    """

    folder: Path
    now: float = NOW

    def __post_init__(self) -> None:
        policy = issuer.Policy(
            issuer=ISSUER,
            audience=AUDIENCE,
            database_url=f"sqlite:///{self.folder}/accounts.sqlite",
            argon2_time_cost=1,
            argon2_memory_kibibytes=8,
            argon2_parallelism=1,
        )
        self.issuer: FastAPI = issuer.create_app(policy, clock=lambda: self.now)
        self.operator: issuer.Operator = self.issuer.state.operator
        # A machine that is busy with these very tests must not look like an issuer that is down.
        trusting = api.Policy(issuer=ISSUER, audience=AUDIENCE, fetch_timeout_seconds=60)
        self.api = api.create_app(trusting, clock=lambda: self.now, transport=SlowLine(self.issuer))

    async def sign_up(self, name: str) -> httpx.AsyncClient:
        """Return the browser of a new account."""
        transport = httpx.ASGITransport(self.issuer)
        browser = httpx.AsyncClient(transport=transport, base_url=ISSUER, headers={"Origin": ISSUER})
        body = {"name": name, "email": f"{name}@example.test", "password": f"{name}'s long password"}
        (await browser.post("/api/auth/sign-up/email", json=body)).raise_for_status()
        return browser


async def renew(browser: httpx.AsyncClient) -> str:
    """Return a new access token."""
    answer = await browser.post("/api/auth/access-token")
    return str(answer.raise_for_status().json()["access_token"])


def subject_of(token: str) -> str:
    """Return the account a token names."""
    return str(jwt.decode(token, options={"verify_signature": False})["sub"])
