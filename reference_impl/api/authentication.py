"""The gate: every request is authenticated before anything of it is routed, parsed or answered.

Closed by default: a path that is not listed as public asks for a token, also one that does not exist.

Source: ASVS 8.3.1; RFC 6750 §3; CONTRACT §5.
"""

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends
from fastapi.openapi.models import HTTPBearer as BearerScheme
from fastapi.security.base import SecurityBase
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from .claims import Claims
from .clock import Clock
from .credentials import read_credentials
from .log import log_acceptance, log_refusal
from .policy import Policy
from .problems import answer_refusal, new_trace_id
from .refusals import Reason, Refusal
from .verification import Verifier


class Authentication:
    """ASGI middleware that lets a request through with its caller, or answers the refusal.

    Args:
        public_paths: exact paths that also answer without a token.
    """

    def __init__(
        self, app: ASGIApp, *, verifier: Verifier, policy: Policy, clock: Clock, public_paths: Collection[str]
    ) -> None:
        self._app = app
        self._verifier = verifier
        self._policy = policy
        self._clock = clock
        self._public_paths = frozenset(public_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Authenticate an HTTP request or a WebSocket handshake."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        try:
            caller = await self._admit(scope)
        except Refusal as refusal:
            await refuse(refusal, self._policy, scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = caller
        await self._app(scope, receive, send)

    async def _admit(self, scope: Scope) -> Claims | None:
        if self._policy.requires_https and scope["scheme"] not in {"https", "wss"}:
            raise Refusal(Reason.HTTPS_MISSING)
        token = read_credentials(scope, largest_token_bytes=self._policy.largest_token_bytes)
        if token is None:
            if scope["path"] in self._public_paths:
                return None
            raise Refusal(Reason.CREDENTIALS_MISSING)
        # A token is checked on public paths too: a client must learn that its token is bad (RFC 6750 §3.1).
        scope["token"] = token
        caller = await self._verifier.verify(token, now=int(self._clock()))
        log_acceptance(caller, path=scope["path"], token=token)
        return caller


async def refuse(refusal: Refusal, policy: Policy, scope: Scope, receive: Receive, send: Send) -> None:
    """Log a refusal and answer it, also to a WebSocket handshake."""
    trace_id = new_trace_id()
    log_refusal(refusal, path=scope["path"], trace_id=trace_id, token=scope.get("token", ""))
    if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
        # A server without denial responses turns this into a bare 403.
        await send({"type": "websocket.close", "code": 1008, "reason": refusal.code})
        return
    response = answer_refusal(refusal, policy=policy, trace_id=trace_id)
    await response(scope, receive, send)


class _BearerToken(SecurityBase):
    """The caller the gate let in, and the security scheme of the OpenAPI document."""

    def __init__(self) -> None:
        self.model = BearerScheme(bearerFormat="JWT", description="An access token of the issuer (RFC 9068).")
        self.scheme_name = "access_token"

    async def __call__(self, connection: HTTPConnection) -> Claims:
        caller = connection.state.caller
        if not isinstance(caller, Claims):
            raise Refusal(Reason.CREDENTIALS_MISSING)
        return caller


CurrentCaller = Annotated[Claims, Depends(_BearerToken())]
