"""The issuer as an application.

Run it: `ISSUER=… AUDIENCE=… uvicorn --factory reference_impl.issuer:create_app --port 8000`
"""

import logging
from functools import partial
from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import Request
from starlette.responses import Response

from reference_impl.api.clock import Clock, system_clock
from reference_impl.api.log import QUERY_CUT

from .administration import Operator
from .answers import answer
from .database import Database
from .gate import Gate, Hygiene
from .policy import ConfigurationError, Policy
from .refusals import (
    InternalError,
    IssuerUnavailable,
    MethodWrong,
    Reason,
    Refusal,
    RequestInvalid,
    RouteUnknown,
)
from .routes import router
from .service import Issuer

_NOT_FOUND: Final = 404
_BAD_REQUEST: Final = 400
_UNPROCESSABLE: Final = 422


def create_app(policy: Policy | None = None, *, clock: Clock = system_clock) -> FastAPI:
    """Build the issuer; what an operator does is at `app.state.operator`.

    Args:
        policy: None reads the environment, and stops the start with one sentence where it is wrong.
        clock: seconds since the epoch; read once per request.
    """
    issuer = _issuer_or_exit(clock) if policy is None else Issuer(policy, Database(policy.database_url), clock)
    app = FastAPI(
        title="The reference issuer",
        # Routes hold nothing of an application: all share them, where `include_router` would build them anew.
        routes=router.routes,
        middleware=_middleware(issuer.policy),
        # Neither page is needed, and both load scripts from third parties.
        docs_url=None,
        redoc_url=None,
        # A redirect would be built from the client's own Host header.
        redirect_slashes=False,
    )
    app.state.issuer = issuer
    app.state.operator = Operator(issuer)
    for kind in (Refusal, HTTPException, RequestValidationError, DBAPIError, PoolTimeout):
        app.add_exception_handler(kind, _answer_exception)
    logging.getLogger("uvicorn.access").addFilter(QUERY_CUT)
    return app


def _issuer_or_exit(clock: Clock) -> Issuer:
    try:
        policy = Policy.from_environment()
        return Issuer(policy, Database(policy.database_url), clock)
    except ConfigurationError as error:
        raise SystemExit(str(error)) from None
    except DBAPIError as error:
        why = " ".join(str(error.orig).split())
        raise SystemExit(f"DATABASE_URL names a database that cannot be opened: {why}.") from None


def _middleware(policy: Policy) -> list[Middleware]:
    """Outermost first."""
    return [
        *_proxy(policy),
        Middleware(Hygiene),
        Middleware(ServerErrorMiddleware, handler=partial(_answer_defect, policy)),
        Middleware(Gate, policy=policy, refuse=partial(answer, policy)),
    ]


def _proxy(policy: Policy) -> list[Middleware]:
    if not policy.trusted_proxies:
        return []
    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware  # noqa: PLC0415 -- only where uvicorn serves

    return [Middleware(ProxyHeadersMiddleware, trusted_hosts=list(policy.trusted_proxies))]


async def _answer_exception(request: Request, error: Exception) -> Response:
    allow = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    policy: Policy = request.app.state.issuer.policy
    return answer(policy, _refusal_of(error, policy), request.url.path, headers=allow)


async def _answer_defect(policy: Policy, request: Request, _: Exception) -> Response:
    return answer(policy, InternalError(Reason.DEFECT), request.url.path)


def _refusal_of(error: Exception, policy: Policy) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, RequestValidationError):
        is_json = all(problem["type"] != "json_invalid" for problem in error.errors())
        if not is_json:
            return RequestInvalid(Reason.BODY_MALFORMED)
        return RequestInvalid(Reason.BODY_UNSUITABLE, status=_UNPROCESSABLE)
    if isinstance(error, HTTPException):
        if error.status_code == _BAD_REQUEST:
            return RequestInvalid(Reason.BODY_MALFORMED)
        is_unknown = error.status_code == _NOT_FOUND
        return RouteUnknown(Reason.ROUTE_UNKNOWN) if is_unknown else MethodWrong(Reason.METHOD_WRONG)
    return IssuerUnavailable(retry_after_seconds=policy.unavailable_retry_seconds)
