"""What every answer looks like, and what it never says."""

import asyncio
import re
from typing import Any, get_args

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import HTTPConnection

from reference_impl.api.authentication import CurrentCaller
from reference_impl.api.refusals import ANSWERS, CODES, Code, Reason, Refusal
from tests.api.world import NOW, World

CHALLENGE = re.compile(
    r'Bearer realm="[^"\\]*"(, error="[a-z_]+", error_description="[\x20-\x21\x23-\x5b\x5d-\x7e]+")?'
)


def test_every_reason_has_a_code_and_every_code_an_answer() -> None:
    assert set(CODES) == set(Reason)
    assert set(ANSWERS) == set(CODES.values()) == set(Code)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize(
    "path", ["/me", "/echo", "/accounts/account-1", "/nothing", "//me", "/me/", "/ME", "/%6de", "/me;x"]
)
def test_without_a_token_nothing_but_the_public_paths_answers(world: World, method: str, path: str) -> None:
    answer = world.ask(method, f"https://api.example{path}")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="api"')


@pytest.mark.parametrize("path", ["/", "/openapi.json"])
def test_a_public_path_answers_without_a_token_and_refuses_a_bad_one(world: World, path: str) -> None:
    assert world.ask(url=path).status_code == httpx.codes.OK
    assert world.present(world.token(), url=path).status_code == httpx.codes.OK
    assert world.present("x", url=path).json()["code"] == "token_invalid"


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("GET", "/me", None, (200, None)),
        ("GET", "/nothing", None, (404, "not_found")),
        ("GET", "/me/", None, (404, "not_found")),
        ("POST", "/me", None, (405, "method_not_allowed")),
        ("TRACE", "/me", None, (405, "method_not_allowed")),
        ("POST", "/echo", b'{"text":"x"}', (200, None)),
        ("POST", "/echo", b'{"text":1}', (422, "request_invalid")),
        ("POST", "/echo", b"{", (422, "request_invalid")),
        ("POST", "/echo", b"\xff", (400, "request_invalid")),
        ("GET", "/accounts/account-1", None, (200, None)),
        ("GET", "/accounts/account-2", None, (403, "permission_denied")),
    ],
)
def test_a_caller_is_answered_as_the_route_says(
    world: World, method: str, path: str, body: bytes | None, expected: tuple[int, str | None]
) -> None:
    headers = {"Authorization": f"Bearer {world.token()}", "Content-Type": "application/json"}
    answer = world.ask(method, path, headers=headers, content=body)
    assert (answer.status_code, answer.json().get("code")) == expected
    assert "WWW-Authenticate" not in answer.headers


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"text":1}'])
def test_a_stranger_hears_of_the_token_before_the_body(world: World, body: bytes) -> None:
    assert world.ask("POST", "/echo", content=body).json()["code"] == "token_missing"


def test_a_method_override_is_ignored(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.token()}", "X-HTTP-Method-Override": "POST"}
    assert world.ask(headers=headers).json()["sub"] == "account-1"


def refusals(world: World) -> dict[str, httpx.Response]:
    return {
        "token_missing": world.ask(),
        "request_invalid": world.present("a b"),
        "token_invalid": world.present("x"),
        "token_expired": world.present(world.token(iat=NOW - 900, exp=NOW - 600)),
        "permission_denied": world.present(world.token(), url="/accounts/x"),
        "https_required": world.ask(base_url="http://api.example"),
        "not_found": world.present(world.token(), url="/nothing"),
    }


def test_every_refusal_is_problem_details_and_is_not_stored(world: World) -> None:
    for code, answer in refusals(world).items():
        problem = answer.json()
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Cache-Control"] == "no-store"
        assert (problem["code"], problem["status"]) == (code, answer.status_code)
        assert problem["type"] == f"https://watchword.example/answers/{code}/"
        challenge = answer.headers.get("WWW-Authenticate")
        assert (challenge is not None) == (answer.status_code in {400, 401})
        assert challenge is None or CHALLENGE.fullmatch(challenge)


def test_a_refusal_has_the_title_of_its_code_and_a_trace_of_its_own(world: World) -> None:
    answers = refusals(world)
    for code, answer in answers.items():
        assert answer.json()["title"] == ANSWERS[Code(code)].title
        assert re.fullmatch(r"[0-9a-f]{32}", answer.json()["trace_id"])
    assert len({answer.json()["trace_id"] for answer in answers.values()}) == len(answers)


def test_every_reason_for_an_invalid_token_is_answered_alike(world: World) -> None:
    tokens = [
        "x",
        "a" * 9000,
        world.token({"alg": "none"}),
        world.token({"kid": "unknown"}),
        world.token()[:-4] + "AAAA",
        world.token(aud="x"),
        world.token(sub=...),
        world.token(exp=NOW + 4000),
    ]
    answers = {
        re.sub(r"[0-9a-f]{32}", "", repr((r.status_code, r.headers.raw, r.text))) for r in map(world.present, tokens)
    }
    assert len(set(world.reasons())) == len(tokens)
    assert len(answers) == 1


def test_nothing_of_the_request_is_repeated(world: World) -> None:
    canary = "<script>${jndi:x}"
    for answer in [
        world.present(world.token({"kid": canary}, sub=canary)),
        world.present(canary),
        world.ask(url=f"/{canary}"),
    ]:
        assert "jndi" not in answer.text + str(answer.headers)


def test_head_is_get_without_its_body(world: World) -> None:
    for headers in [{}, {"Authorization": f"Bearer {world.token()}"}]:
        head, get = world.ask("HEAD", headers=headers), world.ask("GET", headers=headers)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers.keys() == get.headers.keys()


def test_a_defect_is_answered_without_a_trace_and_readable_to_a_browser(world: World) -> None:
    world.policy["allowed_origins"] = ("https://app.example",)

    def fail() -> None:
        raise RuntimeError("a secret")

    world.app.add_api_route("/fail", fail)
    headers = {"Authorization": f"Bearer {world.token()}", "Origin": "https://app.example"}
    answer = world.runner.run(ask_failing(world.app, headers))
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.headers["Access-Control-Allow-Origin"] == "https://app.example"
    assert "secret" not in answer.text


async def ask_failing(app: FastAPI, headers: dict[str, Any]) -> httpx.Response:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://api.example") as client:
        return await client.get("/fail", headers=headers)


def test_the_openapi_document_says_which_routes_ask_for_a_token(world: World) -> None:
    document = world.ask(url="/openapi.json").json()
    open_paths = {path for path, methods in document["paths"].items() for m in methods.values() if "security" not in m}
    assert open_paths == {"/"}
    assert document["info"]["title"] == "The reference API"
    assert document["components"]["securitySchemes"] == {
        "access_token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "An access token of the issuer (RFC 9068).",
        }
    }


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/docs/oauth2-redirect"])
def test_no_page_of_the_framework_is_served(world: World, path: str) -> None:
    assert world.present(world.token(), url=path).status_code == httpx.codes.NOT_FOUND


def test_a_method_that_a_path_does_not_know_is_answered_with_those_it_knows(world: World) -> None:
    assert world.present(world.token(), url="/echo").headers["Allow"] == "POST"


def test_the_answer_of_a_route_names_its_record(world: World) -> None:
    for url, event in (("/nothing", "request_refused"), ("/accounts/x", "access_denied")):
        answer = world.present(world.token(), url=url)
        (record,) = world.records(event)
        assert record.__dict__["trace_id"] == answer.json()["trace_id"]


def test_a_route_that_asks_for_a_caller_refuses_where_the_gate_let_nobody_in() -> None:
    bearer = get_args(CurrentCaller)[1].dependency
    nobody = HTTPConnection({"type": "http", "state": {"caller": None}})
    with pytest.raises(Refusal) as refused, asyncio.Runner() as runner:
        runner.run(bearer(nobody))
    assert refused.value.reason == Reason.CREDENTIALS_MISSING
    assert str(refused.value) == "credentials_missing"
