"""Many requests to an application, at once or one after another, for what a scenario says of all of them together.

They go straight to the application, and are not recorded one by one: a thousand exchanges say no more than their sum.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

from starlette.types import ASGIApp, Message

from steps.targets.messages import Answer
from steps.vocabulary import GRANTED, Verdict

REFUSED = 400


async def ask_at_once(app: ASGIApp, credentials: Sequence[bytes]) -> list[Answer]:
    """Send a request with each of these Authorization headers before any of them is answered."""
    return await asyncio.gather(*(ask(app, each) for each in credentials))


async def ask_in_turn(app: ASGIApp, credentials: Sequence[bytes]) -> list[Answer]:
    """Send a request with each of these Authorization headers once the one before is answered."""
    return [await ask(app, each) for each in credentials]


async def overtake(app: ASGIApp, waiting: bytes, hurrying: bytes, *, until: Callable[[], bool]) -> Answer:
    """Return the answer to a second request, sent once the first has come so far, and before that is answered.

    Raises:
        AssertionError: the first never came so far, or the second had to wait for it.
    """
    first = asyncio.create_task(ask(app, waiting))
    while not until():
        assert not first.done(), "the first request was answered at once"
        await asyncio.sleep(0)
    answer = await ask(app, hurrying)
    has_waited = first.done()
    await first
    assert not has_waited, "the second request waited for the first"
    return answer


async def ask(app: ASGIApp, credentials: bytes) -> Answer:
    """Call the API's protected route."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(credentials), receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return _answer(sent[0], body)


def _scope(credentials: bytes) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": "/me",
        "raw_path": b"/me",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"api.example.test"), (b"authorization", credentials)],
        "client": ("127.0.0.1", 123),
        "server": ("api.example.test", 443),
    }


def _answer(start: Message, body: bytes) -> Answer:
    read = json.loads(body)
    verdict = Verdict(read["code"]) if start["status"] >= REFUSED else GRANTED
    headers = [(name.decode(), value.decode()) for name, value in start["headers"]]
    return Answer(verdict, start["status"], headers, read, body.decode())
