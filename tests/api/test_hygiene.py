"""The headers that every answer gets, whatever application answers."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from reference_impl.api.hygiene import Hygiene

BODY = {"type": "http.response.body", "body": b"text"}


def answers(scope: Scope, *messages: Message) -> list[Message]:
    """Have an application answer with these messages, and return what leaves the middleware."""
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    async def receive() -> Message:
        raise AssertionError("nobody reads")

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Hygiene(app)(scope, receive, send))
    return sent


def headers_of(*headers: tuple[bytes, bytes], **changes: Any) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer that its application gave these."""
    scope = {"type": "http", "method": "GET", "scheme": "https", "headers": [], **changes.pop("scope", {})}
    start, _ = answers(scope, {"type": "http.response.start", "status": 200, "headers": headers, **changes}, BODY)
    return list(start["headers"])


def test_what_is_no_request_passes_as_it_is() -> None:
    seen: list[Any] = []

    async def app(*arguments: Any) -> None:
        seen.extend(arguments)

    async def receive() -> Message:
        return {}

    async def send(_: Message) -> None:
        return None

    asyncio.run(Hygiene(app)({"type": "lifespan"}, receive, send))
    assert seen == [{"type": "lifespan"}, receive, send]


def test_an_answer_without_headers_gets_them_too() -> None:
    scope = {"type": "http", "method": "GET", "scheme": "http", "headers": []}
    start, _ = answers(scope, {"type": "http.response.start", "status": 200}, BODY)
    assert start["headers"] == [(b"x-content-type-options", b"nosniff"), (b"vary", b"Origin")]


@pytest.mark.parametrize(("status", "is_stored"), [(200, True), (399, True), (400, False), (401, False), (503, False)])
def test_a_refusal_is_not_stored(status: int, is_stored: bool) -> None:  # noqa: FBT001 -- a case
    assert ((b"cache-control", b"no-store") not in headers_of(status=status)) == is_stored


def test_what_a_credential_opened_is_not_stored_whatever_its_route_says() -> None:
    scope = {"headers": [(b"authorization", b"Bearer x")]}
    headers = headers_of((b"cache-control", b"public"), (b"x-mark", b"cache-control"), scope=scope)
    assert [value for name, value in headers if name == b"cache-control"] == [b"no-store"]
    assert (b"x-mark", b"cache-control") in headers


@pytest.mark.parametrize(
    ("stated", "varies"),
    [
        (b"Origin", [b"Origin"]),
        (b"Accept, ORIGIN", [b"Accept, ORIGIN"]),
        (b"Accept", [b"Accept", b"Origin"]),
    ],
)
def test_what_an_answer_varies_by_is_said_once(stated: bytes, varies: list[bytes]) -> None:
    headers = headers_of((b"vary", stated), (b"x-mark", b"origin"))
    assert [value for name, value in headers if name == b"vary"] == varies


def test_head_has_the_headers_of_get_and_no_body() -> None:
    scope = {"type": "http", "method": "HEAD", "scheme": "https", "headers": []}
    start, body = answers(scope, {"type": "http.response.start", "status": 200, "headers": []}, dict(BODY))
    assert (b"x-content-type-options", b"nosniff") in start["headers"]
    assert body == {"type": "http.response.body", "body": b""}
