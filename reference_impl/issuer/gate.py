"""Let in only what may change state: the page's origin, the transport, the media type and the size, before any route.

Source: ASVS 3.5.1, 3.5.2, 3.5.3, 4.1.2, 4.2.5; OAuth 2.0 for Browser-Based Applications §6.1.3.3.
"""

from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .policy import Policy
from .refusals import HttpsRequired, OriginUntrusted, Reason, Refusal, RequestInvalid

BODY_LIMIT_BYTES = 16 * 1024
_READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ONE_YEAR = "max-age=31536000; includeSubDomains"


class Gate:
    """ASGI middleware that refuses a request before it can change anything."""

    def __init__(self, app: ASGIApp, policy: Policy, refuse: Callable[[Refusal, str], Response]) -> None:
        self._app = app
        self._policy = policy
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer its refusal."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._check(scope)
            if scope["method"] not in _READING_METHODS:
                receive = _replayed(await _read_body(Headers(scope=scope), receive))
        except Refusal as refusal:
            await self._refuse(refusal, scope["path"])(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        if self._policy.is_production and scope["scheme"] != "https":
            raise HttpsRequired(Reason.SCHEME_INSECURE)
        if scope["method"] in _READING_METHODS:
            return
        headers = Headers(scope=scope)
        self._check_origin(headers)
        _check_media_type(headers)

    def _check_origin(self, headers: Headers) -> None:
        # Every browser sends Origin with a POST, so that its absence is not given the benefit of the doubt.
        origins = headers.getlist("origin")
        if not origins:
            raise OriginUntrusted(Reason.ORIGIN_MISSING)
        if len(origins) > 1 or origins[0] not in self._policy.trusted_origins:
            raise OriginUntrusted(Reason.ORIGIN_FOREIGN)
        if "cross-site" in headers.getlist("sec-fetch-site"):
            raise OriginUntrusted(Reason.SITE_FOREIGN)


class Hygiene:
    """ASGI middleware that completes every answer's headers: nothing is kept, unless its route says otherwise.

    Source: ASVS 3.4.1, 3.4.4, 3.4.5, 14.3.2; RFC 9111 §5.2.2.5.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete its answer."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = _ONE_YEAR
            await send(message)

        await self._app(scope, receive, complete if scope["type"] == "http" else send)


def _check_media_type(headers: Headers) -> None:
    # A form or a text needs no preflight, so that any page could send one.
    media_types = headers.getlist("content-type")
    has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    is_json = len(media_types) == 1 and media_types[0].partition(";")[0].strip().lower() == "application/json"
    if not is_json and (media_types or has_body):
        raise RequestInvalid(Reason.MEDIA_TYPE_WRONG, status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


async def _read_body(headers: Headers, receive: Receive) -> list[Message]:
    announced = headers.get("content-length", "0")
    size = int(announced) if announced.isascii() and announced.isdigit() else 0
    messages: list[Message] = []
    while size <= BODY_LIMIT_BYTES:
        messages.append(await receive())
        size = sum(len(message.get("body", b"")) for message in messages)
        if not messages[-1].get("more_body", False):
            return messages
    raise RequestInvalid(Reason.BODY_TOO_LARGE, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _replayed(messages: list[Message]) -> Receive:
    remaining = iter(messages)

    async def receive() -> Message:
        return next(remaining, {"type": "http.disconnect"})

    return receive
