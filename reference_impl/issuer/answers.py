"""Answer a refusal: problem details, a challenge, and the cookie taken back where the session is over."""

from collections.abc import Mapping

from starlette.responses import Response

from reference_impl.api.problems import new_trace_id, problem

from .cookies import CLEARED, COOKIE_NAME
from .log import record_refusal
from .policy import Policy
from .refusals import ANSWERS, Refusal, SessionRefused

_UNAUTHORIZED = 401


def answer(policy: Policy, refusal: Refusal, path: str, *, headers: Mapping[str, str] | None = None) -> Response:
    """Log why a request is refused, and render what the client can act on.

    Source: RFC 9457 §3.1; RFC 9110 §10.2.3, §11.6.1.
    """
    trace_id = new_trace_id()
    record_refusal(refusal, path=path, trace_id=trace_id)
    return problem(
        code=refusal.code,
        status=refusal.status,
        title=ANSWERS[refusal.code].title,
        docs_url=policy.docs_url,
        trace_id=trace_id,
        headers={**(headers or {}), **_headers(policy, refusal)},
    )


def _headers(policy: Policy, refusal: Refusal) -> dict[str, str]:
    headers: dict[str, str] = {}
    if refusal.status == _UNAUTHORIZED:
        # RFC 9110 §15.5.2 wants a challenge with every 401; no registered scheme means "sign in, get a cookie".
        headers["WWW-Authenticate"] = f'Cookie realm="{policy.issuer}", cookie-name="{COOKIE_NAME}"'
    if refusal.retry_after_seconds is not None:
        headers["Retry-After"] = str(refusal.retry_after_seconds)
    if isinstance(refusal, SessionRefused):
        headers["Set-Cookie"] = CLEARED
    return headers
