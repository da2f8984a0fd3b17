"""Headers every answer carries, whoever made it.

Source: ASVS 3.4.1, 14.3.2; RFC 9111 §5.2.2.5; RFC 6797 §7.2; RFC 9110 §9.3.2.
"""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ONE_YEAR: Final = "max-age=31536000; includeSubDomains"
_REFUSED: Final = 400


class Hygiene:
    """ASGI middleware that adds the caching and transport headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_authenticated = any(name == b"authorization" for name, _ in scope["headers"])

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if is_authenticated or message["status"] >= _REFUSED:
                    headers["Cache-Control"] = "no-store"
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = _ONE_YEAR
                if "origin" not in headers.get("Vary", "").lower():
                    headers.add_vary_header("Origin")
            elif scope["method"] == "HEAD":
                message["body"] = b""
            await send(message)

        await self._app(scope, receive, complete)
