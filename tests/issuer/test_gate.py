"""What is refused before any route: origin, site, media type, size, transport; and what every answer carries."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from tests.issuer.browser import ADA, ISSUER, Browser, verdict
from tests.issuer.conftest import Apps

STATE_CHANGES = [
    "/sign-up/email",
    "/sign-in/email",
    "/access-token",
    "/sign-out",
    "/revoke-sessions",
    "/change-password",
    "/delete-user",
]


@pytest.fixture
def app(apps: Apps) -> FastAPI:
    """One profile is enough: the gate stands before both."""
    return apps()


def plain(app: FastAPI, runner: asyncio.Runner, method: str, url: str, **request: object) -> httpx.Response:
    """Send exactly these headers."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app))
    return runner.run(client.request(method, url, **request))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", STATE_CHANGES)
@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://evil.example",
        "https://app.example.evil.example",
        "https://evilapp.example",
        "http://app.example",
        "https://app.example:444",
        "https://APP.example",
        "",
    ],
)
def test_a_foreign_origin_changes_nothing(ada: Browser, path: str, origin: str) -> None:
    refused = ada.post(path, {**ADA}, headers={"Origin": origin})
    assert (refused.status_code, verdict(refused)) == (403, "origin_untrusted")
    assert "set-cookie" not in refused.headers
    assert verdict(ada.renew()) == "granted"


def test_a_missing_or_repeated_origin_is_refused(app: FastAPI, runner: asyncio.Runner) -> None:
    for headers in ([], [("Origin", ISSUER), ("Origin", ISSUER)]):
        refused = plain(app, runner, "POST", f"{ISSUER}/api/auth/sign-in/email", json=ADA, headers=headers)
        assert verdict(refused) == "origin_untrusted"


@pytest.mark.parametrize(("site", "expected"), [("cross-site", "origin_untrusted"), ("same-origin", "granted")])
def test_a_cross_site_request_is_refused_whatever_its_origin(ada: Browser, site: str, expected: str) -> None:
    assert verdict(ada.post("/access-token", headers={"Sec-Fetch-Site": site})) == expected


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
@pytest.mark.parametrize("path", STATE_CHANGES)
def test_only_json_is_read(ada: Browser, path: str, media_type: str) -> None:
    refused = ada.send("POST", path, content=b'{"email":"ada@example.test"}', headers={"Content-Type": media_type})
    assert (refused.status_code, verdict(refused)) == (415, "request_invalid")


def test_json_with_a_charset_is_read(ada: Browser) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert verdict(ada.send("POST", "/sign-out", content=b"{}", headers=headers)) == "granted"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        (b"[" * 15_000, 400),
        (b"[]", 422),
        (b'{"email":"ada@example.test"}', 422),
        (b'{"email":1,"password":["x"]}', 422),
        (b'{"email":"ada@example.test","password":"\\ud800"}', 422),
        (b'{"email":"ada@example.test\\u0000","password":"x"}', 422),
        (b'{"email":"ada@example.test","password":"' + b"x" * 20_000 + b'"}', 413),
    ],
)
def test_a_body_that_is_no_sign_in_is_refused(ada: Browser, content: bytes, status: int) -> None:
    refused = ada.send("POST", "/sign-in/email", content=content, headers={"Content-Type": "application/json"})
    assert (refused.status_code, verdict(refused)) == (status, "request_invalid")
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_body_that_does_not_tell_its_size_is_cut(ada: Browser) -> None:
    async def endless() -> object:
        for _ in range(1000):
            yield b" " * 1024

    refused = ada.send("POST", "/sign-in/email", content=endless(), headers={"Content-Type": "application/json"})
    assert refused.status_code == 413


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
@pytest.mark.parametrize("path", STATE_CHANGES)
def test_no_other_method_changes_state(ada: Browser, method: str, path: str) -> None:
    headers = {"X-HTTP-Method-Override": "POST"}
    assert ada.send(method, path, headers=headers).status_code == 405
    assert verdict(ada.renew()) == "granted"


def test_plain_http_is_refused_in_production_and_sets_no_cookie(app: FastAPI, runner: asyncio.Runner) -> None:
    url = "http://app.example/api/auth/sign-up/email"
    refused = plain(app, runner, "POST", url, json=ADA, headers={"Origin": ISSUER, "X-Forwarded-Proto": "https"})
    assert verdict(refused) == "https_required"
    assert "set-cookie" not in refused.headers


def test_a_trusted_proxy_tells_the_scheme(apps: Apps, runner: asyncio.Runner) -> None:
    behind = apps(trusted_proxies=("127.0.0.1",))
    answer = plain(behind, runner, "GET", "http://app.example/api/auth/jwks", headers={"X-Forwarded-Proto": "https"})
    assert verdict(answer) == "granted"


def test_every_refusal_is_a_problem_nobody_keeps(ada: Browser, browsers: Callable[[], Browser]) -> None:
    nobody = browsers()
    for refused in (ada.sign_in("wrong"), nobody.renew(), ada.send("GET", "/unknown"), ada.send("GET", "/sign-out")):
        body = refused.json()
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["cache-control"] == "no-store"
        assert body["type"] == f"https://watchword.example/answers/{body['code']}/"
        assert body["status"] == refused.status_code
        assert ("www-authenticate" in refused.headers) == (refused.status_code == 401)


def test_the_cookie_is_the_hosts_own(ada: Browser) -> None:
    name_and_value, *attributes = ada.sign_in().headers["set-cookie"].split("; ")
    assert set(attributes) == {"Max-Age=604800", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"}
    assert name_and_value.startswith("__Host-session=")
    assert len(name_and_value) <= 4096


@pytest.mark.parametrize("name", ["session", "__Secure-session", "__host-session"])
def test_no_other_cookie_is_the_session(app: FastAPI, ada: Browser, runner: asyncio.Runner, name: str) -> None:
    headers = {"Origin": ISSUER, "Cookie": f"{name}={ada.cookie}"}
    refused = plain(app, runner, "POST", f"{ISSUER}/api/auth/access-token", headers=headers)
    assert verdict(refused) == "session_missing"


def test_two_cookies_of_the_name_are_none(app: FastAPI, ada: Browser, runner: asyncio.Runner) -> None:
    headers = {"Origin": ISSUER, "Cookie": f"__Host-session={ada.cookie}; __Host-session={ada.cookie}"}
    refused = plain(app, runner, "POST", f"{ISSUER}/api/auth/access-token", headers=headers)
    assert verdict(refused) == "session_missing"
