"""Headers every answer carries, whoever made it.

Source: ASVS 3.4.1, 3.4.4, 14.3.2; RFC 9111 §5.2.2.5; RFC 6797 §7.2; RFC 9110 §9.3.2.
"""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS: Final = [(b"x-content-type-options", b"nosniff")]
_ONE_YEAR: Final = [(b"strict-transport-security", b"max-age=31536000; includeSubDomains")]
_NEVER_STORED: Final = (b"cache-control", b"no-store")
_BY_ORIGIN: Final = (b"vary", b"Origin")
_REFUSED: Final = 400

RawHeaders = list[tuple[bytes, bytes]]


class Hygiene:
    """ASGI middleware that adds the caching and transport headers, and answers HEAD as GET without its body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete its answer."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        is_head = scope.get("method") == "HEAD"
        is_authenticated = any(name == b"authorization" for name, _ in scope["headers"])
        # RFC 6797 §7.2: over plain HTTP the header means nothing and is not sent.
        constant = _ALWAYS + (_ONE_YEAR if scope["scheme"] in {"https", "wss"} else [])

        async def complete(message: Message) -> None:
            # A refused WebSocket handshake is an HTTP answer too.
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                is_secret = is_authenticated or message["status"] >= _REFUSED
                headers = [*message.get("headers", []), *constant]
                message["headers"] = _vary(_unstored(headers) if is_secret else headers)
            elif is_head:
                message["body"] = b""
            await send(message)

        await self._app({**scope, "method": "GET"} if is_head else scope, receive, complete)


def _unstored(headers: RawHeaders) -> RawHeaders:
    return [header for header in headers if header[0] != b"cache-control"] + [_NEVER_STORED]


def _vary(headers: RawHeaders) -> RawHeaders:
    # Fetch, "CORS protocol and HTTP caches": also an answer without CORS headers depends on the origin asked from.
    is_stated = any(name == b"vary" and b"origin" in value.lower() for name, value in headers)
    return headers if is_stated else [*headers, _BY_ORIGIN]
