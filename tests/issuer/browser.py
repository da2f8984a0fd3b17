"""A browser as far as an issuer can tell: a cookie jar, an origin, JSON."""

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI

from reference_impl.issuer import Policy

ISSUER = "https://app.example"
ADA = {"name": "Ada", "email": "ada@example.test", "password": "correct horse battery"}
COOKIE = "__Host-session"


class MovableClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000

    def __call__(self) -> float:
        """Return the instant it stands at."""
        return float(self.now)


class Browser:
    """Send requests from a page of the trusted origin, and keep the cookie."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        self._runner = runner
        transport = httpx.ASGITransport(app)
        self._client = httpx.AsyncClient(transport=transport, base_url=ISSUER, headers={"Origin": ISSUER})

    def post(self, path: str, body: dict[str, str] | None = None, **request: Any) -> httpx.Response:
        """Post a JSON body."""
        return self.send("POST", path, json=body, **request)

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """Send any request to a path of the issuer."""
        return self._runner.run(self._client.request(method, f"/api/auth{path}", **request))

    def sign_up(self) -> httpx.Response:
        """Create an account for Ada."""
        return self.post("/sign-up/email", ADA)

    def sign_in(self, password: str = ADA["password"], email: str = ADA["email"]) -> httpx.Response:
        """Sign in, as Ada unless told otherwise."""
        return self.post("/sign-in/email", {"email": email, "password": password})

    def renew(self) -> httpx.Response:
        """Ask for a new access token."""
        return self.post("/access-token")

    @property
    def cookie(self) -> str | None:
        """Return the session cookie's value."""
        return self._client.cookies.get(COOKIE)

    @cookie.setter
    def cookie(self, value: str) -> None:
        self._client.cookies.clear()
        self._client.cookies.set(COOKIE, value, domain="app.example")


def cheap_policy(**changes: Any) -> Policy:
    """Return a policy whose Argon2 is real and quick."""
    cheap = {"argon2_time_cost": 1, "argon2_memory_kibibytes": 8, "argon2_parallelism": 1}
    return Policy(**{"issuer": ISSUER, "audience": "https://api.example", **cheap, **changes})


def verdict(response: httpx.Response) -> str:
    """Return `granted`, or the code of a refusal."""
    return "granted" if response.is_success else str(response.json()["code"])
