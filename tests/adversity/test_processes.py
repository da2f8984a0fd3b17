"""Real processes over real HTTP, started as the README says: they share nothing, and forget nothing they must keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.adversity.servers import Server, free_port, is_free, running
from tests.adversity.test_concurrency import forged

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

Seen = tuple[int, dict[str, Any]]


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[list[Server]]:
    """An issuer, its API, and a second instance of the API, none of them running."""
    ports = {"issuer": free_port(), "api": free_port()}
    servers = [
        Server("issuer", ports, ports["issuer"], tmp_path),
        Server("api", ports, ports["api"], tmp_path),
        Server("api", ports, free_port(), tmp_path),
    ]
    yield servers
    for server in servers:
        server.stop()
        assert is_free(server.port)


def sign_up(issuer: Server) -> str:
    """Return the session cookie of a new account; no client sends it over plain HTTP, so the test does it itself."""
    body = {"name": "Ada", "email": "ada@example.test", "password": "Ada's long password"}
    answer = httpx.post(f"{issuer.url}/api/auth/sign-up/email", json=body, headers={"Origin": issuer.url})
    return cookie_of(answer.raise_for_status())


def renew(issuer: Server, cookie: str) -> tuple[str, str]:
    """Return a new access token and the session cookie that replaces the old one."""
    headers = {"Origin": issuer.url, "Cookie": cookie}
    answer = httpx.post(f"{issuer.url}/api/auth/access-token", headers=headers).raise_for_status()
    return answer.json()["access_token"], cookie_of(answer)


def cookie_of(answer: httpx.Response) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


def ask(api: Server, authorization: str | None) -> Seen:
    """Return what an instance answers, but for the id of the answer itself."""
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = httpx.get(f"{api.url}/me", headers=headers)
    return answer.status_code, {name: value for name, value in answer.json().items() if name != "trace_id"}


def test_instances_that_share_nothing_answer_alike(servers: list[Server], tried: Counter[str]) -> None:
    issuer, first, second = servers
    with running(issuer, first):
        token, _ = renew(issuer, sign_up(issuer))
        accepted = ask(first, f"Bearer {token}")
        with running(second):
            for authorization in (f"Bearer {token}", f"Bearer {forged(token)}", f"Bearer {token}.", "Basic x", None):
                assert ask(first, authorization) == ask(second, authorization)
                tried["requests answered alike by two processes"] += 1
            assert ask(second, f"Bearer {token}") == accepted
    assert accepted[0] == 200


def test_a_restart_keeps_tokens_and_sessions(servers: list[Server], tried: Counter[str]) -> None:
    issuer, api, _ = servers
    with running(issuer, api):
        token, cookie = renew(issuer, sign_up(issuer))
        before = ask(api, f"Bearer {token}")
    with running(issuer, api):
        assert ask(api, f"Bearer {token}") == before
        renewed, _ = renew(issuer, cookie)
        assert ask(api, f"Bearer {renewed}") == before
    assert before[0] == 200
    tried["tokens accepted after a restart"] += 2


def test_an_issuer_that_is_down_costs_the_running_api_nothing(servers: list[Server], tried: Counter[str]) -> None:
    issuer, first, second = servers
    with running(first):
        with running(issuer):
            token, _ = renew(issuer, sign_up(issuer))
            before = ask(first, f"Bearer {token}")
        assert ask(first, f"Bearer {token}") == before
        with running(second):
            status, problem = ask(second, f"Bearer {token}")
    assert (before[0], status, problem["code"]) == (200, 503, "keys_unavailable")
    tried["requests answered while the issuer was down"] += 2
