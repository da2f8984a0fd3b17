"""What lasts longer than a moment: a WebSocket to the API, and a request whose body arrives late."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from steps.targets.loop import Runner
from steps.vocabulary import GRANTED, Verdict

PATIENCE_SECONDS = 2
"""How long a listener waits for what never comes."""

Header = tuple[bytes, bytes]


class Channel:
    """A WebSocket client over ASGI; what the API sends is read as a verdict.

    Args:
        app: the API.
        runner: the event loop that the whole run uses; between two acts the API's side waits in it.
        headers: the handshake's.
        query: the handshake's.
    """

    def __init__(self, app: ASGIApp, *, runner: Runner, headers: Sequence[Header], query: bytes) -> None:
        self._runner = runner
        self._sent: asyncio.Queue[Message] = asyncio.Queue()
        self._received: asyncio.Queue[Message] = asyncio.Queue()
        scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "scheme": "wss",
            "path": "/live",
            "raw_path": b"/live",
            "query_string": query,
            "headers": list(headers),
            "subprotocols": [],
            # As uvicorn serves it: a handshake may be refused with an HTTP answer.
            "extensions": {"websocket.http.response": {}},
        }
        self._api = runner.get_loop().create_task(self._serve(app, scope))

    async def _serve(self, app: ASGIApp, scope: Scope) -> None:
        await app(scope, self._sent.get, self._received.put)

    def open(self) -> Verdict:
        """Send the handshake and return the API's answer."""
        return self._ask({"type": "websocket.connect"})

    def speak(self) -> Verdict:
        """Send a text and return what came of it: granted if it came back."""
        return self._ask({"type": "websocket.receive", "text": "Are you there?"})

    def listen(self) -> Verdict:
        """Wait for what the API does unasked.

        Raises:
            TimeoutError: it does nothing.
        """
        return self._runner.run(self._next())

    def close(self) -> None:
        """Leave."""
        self._runner.run(self._leave())

    def _ask(self, message: Message) -> Verdict:
        self._sent.put_nowait(message)
        return self.listen()

    async def _next(self) -> Verdict:
        message = await self._message()
        if message["type"] == "websocket.close":
            return Verdict(message["reason"])
        if message["type"] == "websocket.http.response.start":
            body = json.loads((await self._message())["body"])
            return Verdict(body["code"])
        return GRANTED

    async def _message(self) -> Message:
        return await asyncio.wait_for(self._received.get(), PATIENCE_SECONDS)

    async def _leave(self) -> None:
        self._sent.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait({self._api}, timeout=PATIENCE_SECONDS)
        self._api.cancel()


def with_late_body(app: ASGIApp, delay: Callable[[], Any]) -> ASGIApp:
    """Return the application as a slow client meets it: the head of a request comes at once, its body after a delay."""

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_late() -> Message:
            delay()
            return await receive()

        await app(scope, receive_late, send)

    return slow
