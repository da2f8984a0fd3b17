"""What passes between a sender and an application: sent in the sender's own way, kept, and told to the recorder."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Final

import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# For each request httpx asks whether trio runs, by an import that fails: let Python know beforehand that it will.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]

Hooks = Mapping[str, list[Callable[..., Any]]]

Habit = Callable[[httpx.Request], httpx.Request]
"""What a sender does to each of her requests before it leaves."""

Exchange = tuple[httpx.Request, httpx.Response]

Sent = tuple[httpx.Request, httpx.Response | None]
"""A request that really left, and its answer unless there was none."""

ASKED_SCHEME: Final = "asked scheme"
"""The request extension that names the scheme which a scenario is about."""


def again(request: httpx.Request, **changes: Any) -> httpx.Request:
    """Return a request with its method, url, headers or content replaced."""
    said = {"method": request.method, "url": request.url, "headers": request.headers.raw, "content": request.content}
    return httpx.Request(**{**said, **changes}, extensions=request.extensions)


def with_header(request: httpx.Request, name: bytes, value: bytes) -> httpx.Request:
    """Return a request with one header line more, after those it has."""
    return again(request, headers=[*request.headers.raw, (name, value)])


def without_header(request: httpx.Request, name: str) -> httpx.Request:
    """Return a request without any line of a header."""
    kept = [line for line in request.headers.raw if line[0].lower() != name.encode()]
    return again(request, headers=kept)


class Wire(httpx.AsyncBaseTransport, ABC):
    """The transport of one sender's client.

    Args:
        habits: what the sender does to each request, in order.
        hooks: the recorder's event hooks, which see what is really sent.
        archive: keeps every exchange.
    """

    def __init__(self, *, habits: Sequence[Habit], hooks: Hooks, archive: list[Exchange]) -> None:
        self._habits = habits
        self._hooks = hooks
        self._archive = archive

    @abstractmethod
    async def carry(self, request: httpx.Request) -> httpx.Response:
        """Bring a request to its receiver as it stands, and return the whole answer."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request as its sender does."""
        await request.aread()
        for habit in self._habits:
            request = habit(request)
        for hook in self._hooks["request"]:
            await hook(request)
        response = await self.carry(request)
        for hook in self._hooks["response"]:
            await hook(response)
        self._archive.append((request, response))
        return response


class ApplicationWire(Wire):
    """A wire to an application of this process.

    Args:
        application: returns the receiver as it runs now; a party may be started anew between two requests.
    """

    def __init__(
        self,
        application: Callable[[], ASGIApp],
        *,
        habits: Sequence[Habit],
        hooks: Hooks,
        archive: list[Exchange],
    ) -> None:
        super().__init__(habits=habits, hooks=hooks, archive=archive)
        self._application = application

    async def carry(self, request: httpx.Request) -> httpx.Response:
        """Have the application answer; what it raises after it has answered is its own log's matter."""
        sent: list[bytes] = []
        application = _overheard(self._application(), sent)
        transport = httpx.ASGITransport(app=application, raise_app_exceptions=False)
        response = await transport.handle_async_request(request)
        if request.method == "HEAD":
            # httpx drops what an application sends as the body of such an answer; here it must be seen.
            response = httpx.Response(response.status_code, headers=response.headers, content=b"".join(sent))
        response.request = request
        await response.aread()
        return response


def _overheard(application: ASGIApp, sent: list[bytes]) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def overheard(message: Message) -> None:
            sent.append(message.get("body", b""))
            await send(message)

        await application(scope, receive, overheard if scope["method"] == "HEAD" else send)

    return app
