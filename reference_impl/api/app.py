"""The API as an application: a few routes behind the gate.

Run it: `ISSUER=… AUDIENCE=… uvicorn --factory reference_impl.api:create_app --port 8001`
"""

import logging
from collections.abc import Mapping
from typing import Final

import httpx
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.responses import Response

from .authentication import Authentication
from .clock import Clock, system_clock
from .hygiene import Hygiene
from .keys import Keys
from .log import QUERY_CUT, log_refusal
from .policy import Policy, PolicyError
from .problems import answer_refusal, new_trace_id
from .refusals import Reason, Refusal
from .routes import router
from .verification import Verifier

PUBLIC_PATHS: Final = frozenset({"/", "/openapi.json"})
_REASONS: Final = {404: Reason.NO_SUCH_ROUTE, 405: Reason.METHOD_UNKNOWN}
_UNPROCESSABLE: Final = 422


def create_app(
    policy: Policy | None = None,
    *,
    clock: Clock = system_clock,
    transport: httpx.AsyncBaseTransport | None = None,
) -> FastAPI:
    """Build the API.

    Args:
        policy: None reads the environment, and stops the start with one sentence where it is unsafe.
        clock: seconds since the epoch; read once per request.
        transport: what the issuer's keys are fetched through; None means the network.
    """
    policy = policy or _policy_or_exit()
    verifier = Verifier(policy, Keys(policy, transport=transport))
    app = FastAPI(
        title="The reference API",
        middleware=_middleware(policy, verifier, clock),
        # Neither page is needed, and both load scripts from third parties.
        docs_url=None,
        redoc_url=None,
        # A redirect would be built from the client's own Host header.
        redirect_slashes=False,
        exception_handlers={
            Refusal: _answer_refusal,
            HTTPException: _answer_http_exception,
            RequestValidationError: _answer_invalid_body,
        },
    )
    app.state.policy, app.state.clock = policy, clock
    # Not included, which FastAPI answers by matching each request twice: a router without a prefix is only its routes.
    app.router.routes.extend(router.routes)
    # uvicorn names the paths of requests in one, those of WebSockets in the other.
    for server_log in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(server_log).addFilter(QUERY_CUT)
    return app


def _policy_or_exit() -> Policy:
    try:
        return Policy.from_environment()
    except PolicyError as error:
        raise SystemExit(str(error)) from None


def _middleware(policy: Policy, verifier: Verifier, clock: Clock) -> list[Middleware]:
    """Outermost first."""
    return [
        *_proxy(policy),
        Middleware(Hygiene),
        Middleware(
            CORSMiddleware,
            allow_origins=policy.allowed_origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            # Without it no script could read why it was refused.
            expose_headers=["WWW-Authenticate", "Retry-After"],
        ),
        # Inside CORS, so that a browser can read a 500 too.
        Middleware(ServerErrorMiddleware, handler=_answer_defect),
        Middleware(Authentication, verifier=verifier, policy=policy, clock=clock, public_paths=PUBLIC_PATHS),
    ]


def _proxy(policy: Policy) -> list[Middleware]:
    if not policy.trusted_proxies:
        return []
    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware  # noqa: PLC0415 -- only where uvicorn serves

    return [Middleware(ProxyHeadersMiddleware, trusted_hosts=list(policy.trusted_proxies))]


async def _answer_refusal(request: Request, refusal: Refusal) -> Response:
    return _answer(request, refusal)


async def _answer_http_exception(request: Request, error: HTTPException) -> Response:
    refusal = Refusal(_REASONS.get(error.status_code, Reason.BODY_INVALID))
    return _answer(request, refusal, status=error.status_code, headers=error.headers)


async def _answer_invalid_body(request: Request, _: RequestValidationError) -> Response:
    return _answer(request, Refusal(Reason.BODY_INVALID), status=_UNPROCESSABLE)


async def _answer_defect(request: Request, _: Exception) -> Response:
    return _answer(request, Refusal(Reason.DEFECT))


def _answer(
    request: Request, refusal: Refusal, *, status: int | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    trace_id = new_trace_id()
    log_refusal(refusal, path=request.url.path, trace_id=trace_id)
    policy: Policy = request.app.state.policy
    return answer_refusal(refusal, policy=policy, trace_id=trace_id, status=status, headers=headers)
