"""The application's issuer keeps its records in PostgreSQL as it does in a SQLite file."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.frontend.parties import APPLICATION, free_port
from tests.frontend.person import PASSWORD
from tests.issuer.postgres import fresh_database, has_postgres, postgres_server

if TYPE_CHECKING:
    from collections.abc import Iterator

ADA = {"name": "Ada", "email": "ada@example.test", "password": PASSWORD}
WINDOW_SECONDS = 900
START_SECONDS = 60

pytestmark = pytest.mark.skipif(not has_postgres(), reason="PostgreSQL is not installed")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """An empty database, as `DATABASE_URL` names it."""
    with postgres_server() as server, fresh_database(server, "application") as url:
        yield url.replace("postgresql+psycopg://", "postgres://")


@contextmanager
def issuer(database: str) -> Iterator[httpx.Client]:
    """Start the issuer without Next.js, and yield who asks it as a page does."""
    origin = f"http://127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "ISSUER": origin,
        "API_URL": "https://api.example.test",
        "BETTER_AUTH_SECRET": "a secret of the tests, which nothing else uses",
        "DATABASE_URL": database,
    }
    process = subprocess.Popen(["node", "--import", "tsx", "observation/issuer.ts"], cwd=APPLICATION, env=environment)
    try:
        with httpx.Client(base_url=f"{origin}/api/auth/", headers={"Origin": origin}, timeout=30) as page:
            wait_for(page, process)
            yield page
    finally:
        process.terminate()
        process.wait(20)


def wait_for(page: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            page.get("jwks").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the issuer does not start on PostgreSQL: {process.poll()}")


def cookie_of(answer: httpx.Response) -> dict[str, str]:
    """Return the header by which a browser brings the session back; httpx keeps a Secure cookie to https."""
    return {"Cookie": answer.raise_for_status().headers["set-cookie"].partition(";")[0]}


def test_accounts_sessions_keys_and_counts_outlive_a_process(database: str) -> None:
    with issuer(database) as page:
        session = cookie_of(page.post("sign-up/email", json=ADA))
        keys = page.get("jwks").json()
        for _ in range(5):
            assert page.post("sign-in/email", json={**ADA, "password": "wrong horse battery"}).status_code == 401
    with issuer(database) as page:
        assert page.get("jwks").json() == keys
        assert page.post("access-token", headers=session).status_code == 200
        refused = page.post("sign-in/email", json=ADA)
        assert refused.status_code == 429
        assert WINDOW_SECONDS - 60 < int(refused.headers["Retry-After"]) <= WINDOW_SECONDS
        page.post("sign-out", headers=session).raise_for_status()
        assert page.post("access-token", headers=session).json()["code"] == "session_revoked"
