"""HTTPS, CORS, caching, and the one conversation that outlives a request."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.types import Message, Scope

from reference_impl.api.authentication import Authentication
from reference_impl.api.keys import Keys
from reference_impl.api.verification import Verifier
from tests.api.world import World

ORIGIN = "https://app.example"


@pytest.mark.parametrize("header", ["X-Forwarded-Proto", "Forwarded", "X-Forwarded-Ssl"])
def test_plain_http_is_refused_whatever_a_client_claims(world: World, header: str) -> None:
    headers = {"Authorization": f"Bearer {world.token()}", header: "https"}
    answer = world.ask(base_url="http://api.example", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "https_required")
    assert "Strict-Transport-Security" not in answer.headers
    assert "Location" not in answer.headers


@pytest.mark.parametrize(("proxy", "status"), [("127.0.0.1", 200), ("10.0.0.1", 403)])
def test_a_trusted_proxy_alone_is_believed(world: World, proxy: str, status: int) -> None:
    world.policy["trusted_proxies"] = (proxy,)
    headers = {"Authorization": f"Bearer {world.token()}", "X-Forwarded-Proto": "https"}
    assert world.ask(base_url="http://api.example", headers=headers).status_code == status


def test_development_may_use_plain_http(world: World) -> None:
    world.policy["environment"] = "development"
    headers = {"Authorization": f"Bearer {world.token()}"}
    assert world.ask(base_url="http://127.0.0.1", headers=headers).status_code == httpx.codes.OK


def test_every_https_answer_asks_for_https_for_a_year(world: World) -> None:
    for answer in [world.ask(), world.ask(url="/"), world.present(world.token())]:
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_what_a_token_opened_is_not_stored(world: World) -> None:
    assert world.present(world.token()).headers["Cache-Control"] == "no-store"
    assert world.present(world.token(), url="/").headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in world.ask(url="/").headers


def preflight(world: World, origin: str) -> httpx.Response:
    world.policy["allowed_origins"] = (ORIGIN,)
    wish = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    return world.ask("OPTIONS", headers={"Origin": origin, **wish})


def test_an_allowed_origin_may_send_a_token(world: World) -> None:
    answer = preflight(world, ORIGIN)
    assert answer.status_code == httpx.codes.OK
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    allowed = {name.strip() for name in answer.headers["Access-Control-Allow-Headers"].lower().split(",")}
    assert {"authorization", "content-type"} <= allowed
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["null", "https://app.example.evil.example", "https://evilapp.example", "http://app.example"]
)
def test_another_origin_is_allowed_nothing(world: World, origin: str) -> None:
    answers = [preflight(world, origin), world.ask(headers={"Origin": origin})]
    assert not any("Access-Control-Allow-Origin" in answer.headers for answer in answers)


def test_a_refusal_can_be_read_by_an_allowed_origin(world: World) -> None:
    world.policy["allowed_origins"] = (ORIGIN,)
    answer = world.ask(headers={"Origin": ORIGIN})
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Access-Control-Expose-Headers"].lower() == "www-authenticate, retry-after"


@pytest.mark.parametrize("headers", [{}, {"Origin": ORIGIN}, {"Origin": "null"}])
def test_every_answer_varies_by_origin_once(world: World, headers: dict[str, str]) -> None:
    world.policy["allowed_origins"] = (ORIGIN,)
    assert world.ask(headers=headers).headers.get_list("Vary") == ["Origin"]


class Socket:
    """A WebSocket client, as an ASGI server presents one."""

    def __init__(self, world: World, *, token: str | None, extensions: dict[str, Any] | None = None) -> None:
        headers = [] if token is None else [(b"authorization", f"Bearer {token}".encode())]
        self.scope: Scope = {
            "type": "websocket",
            "scheme": "wss",
            "path": "/live",
            "headers": headers,
            "query_string": b"",
        }
        self.scope |= {"extensions": extensions or {}, "subprotocols": []}
        self.world, self.answers, self.inbox = world, list[Message](), asyncio.Queue[Message]()

    async def send(self, message: Message) -> None:
        """Keep what the API sends."""
        self.answers.append(message)
        if message["type"] == "websocket.send":
            # The next text comes when the token has died.
            self.world.now += 330
            await self.inbox.put({"type": "websocket.receive", "text": "second"})

    def converse(self) -> list[Message]:
        """Connect, speak, and return all that the API sent."""
        self.inbox.put_nowait({"type": "websocket.connect"})
        self.inbox.put_nowait({"type": "websocket.receive", "text": "first"})
        self.world.runner.run(self.run())
        return self.answers

    async def run(self) -> None:
        """Serve the conversation to its end."""
        await self.world.app(self.scope, self.inbox.get, self.send)


def test_a_conversation_ends_when_its_token_does(world: World) -> None:
    accept, echo, close = Socket(world, token=world.token()).converse()
    assert accept["type"] == "websocket.accept"
    assert echo["text"] == "first"
    assert (close["type"], close["code"], close["reason"]) == ("websocket.close", 1008, "token_expired")


def test_a_conversation_goes_on_through_the_leeway(world: World) -> None:
    socket = Socket(world, token=world.token(iat=world.now - 320, exp=world.now - 20))
    assert [message["type"] for message in socket.converse()] == [
        "websocket.accept",
        "websocket.send",
        "websocket.close",
    ]


def test_a_silent_conversation_ends_too(world: World) -> None:
    socket = Socket(world, token=world.token(iat=world.now - 100, exp=world.now - 29.95))
    socket.inbox.put_nowait({"type": "websocket.connect"})
    world.runner.run(asyncio.wait_for(socket.run(), timeout=2))
    assert socket.answers[-1]["code"] == 1008


@pytest.mark.parametrize("token", [None, "x"])
def test_a_handshake_is_refused_as_a_request_is(world: World, token: str | None) -> None:
    start, _ = Socket(world, token=token, extensions={"websocket.http.response": {}}).converse()
    assert (start["type"], start["status"]) == ("websocket.http.response.start", 401)
    assert {b"www-authenticate", b"cache-control", b"strict-transport-security"} <= dict(start["headers"]).keys()


def test_a_server_without_denial_responses_closes_the_handshake(world: World) -> None:
    (close,) = Socket(world, token=None).converse()
    assert close == {"type": "websocket.close", "code": 1008, "reason": "token_missing"}


def test_a_server_that_names_no_extensions_closes_the_handshake_too(world: World) -> None:
    socket = Socket(world, token=None)
    del socket.scope["extensions"]
    assert [message["type"] for message in socket.converse()] == ["websocket.close"]


def test_the_start_and_the_end_of_a_server_pass_the_gate(world: World) -> None:
    seen: list[Any] = []

    async def app(*arguments: Any) -> None:
        seen.extend(arguments)

    async def receive() -> Message:
        return {}

    async def send(_: Message) -> None:
        return None

    policy = world.app.state.policy
    gate = Authentication(app, verifier=Verifier(policy, Keys(policy)), policy=policy, clock=float, public_paths=())
    world.runner.run(gate({"type": "lifespan"}, receive, send))
    assert seen == [{"type": "lifespan"}, receive, send]
