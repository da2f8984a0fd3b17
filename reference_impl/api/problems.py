"""Refusals on the wire: problem details with a challenge.

Source: RFC 9457 §3; RFC 6750 §3; RFC 9110 §11.6.1, §10.2.3.
"""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import JSONResponse

from .policy import Policy
from .refusals import ANSWERS, Answer, Code, Refusal

_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["type", "title", "status", "code", "trace_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": list(Code)},
        "trace_id": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    },
}
REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    # For the OpenAPI document: every route may be refused in each of these ways.
    status: {"description": title, "content": {"application/problem+json": {"schema": _PROBLEM}}}
    for status, title in [
        *((answer.status, answer.title) for answer in ANSWERS.values()),
        (401, "The access token is missing or refused"),
        (403, "HTTPS is missing, or the caller may not do this"),
        (422, "The body or a parameter is malformed"),
    ]
}


class ProblemResponse(JSONResponse):
    """An answer of the media type `application/problem+json`."""

    media_type = "application/problem+json"


def new_trace_id() -> str:
    """Return 128 random bits in hexadecimal, which join an answer to its log record."""
    return secrets.token_hex(16)


def problem(  # noqa: PLR0913 -- the members of a problem, each named by its caller
    *,
    code: str,
    status: int,
    title: str,
    docs_url: str,
    trace_id: str,
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """Render problem details; nothing of the request is repeated in them.

    Args:
        docs_url: the site whose page `answers/<code>/` explains the code, without a final slash.

    Source: RFC 9457 §3.1.
    """
    members = {
        "type": f"{docs_url}/answers/{code}/",
        "title": title,
        "status": status,
        "code": code,
        "trace_id": trace_id,
    }
    return ProblemResponse(members, status_code=status, headers=dict(headers or {}))


def answer_refusal(
    refusal: Refusal,
    *,
    policy: Policy,
    trace_id: str,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """Render a refusal with its status, its challenge and the instant to try again.

    Args:
        status: instead of the code's own, where HTTP knows a nearer one (422 for a body).
        headers: further ones, as `Allow` with 405.
    """
    answer = ANSWERS[refusal.code]
    extra = dict(headers or {})
    # A body is no matter of authentication: 422 carries no challenge.
    if answer.has_challenge and status is None:
        extra["WWW-Authenticate"] = challenge(answer, realm=policy.realm)
    if refusal.retry_after_seconds is not None:
        extra["Retry-After"] = str(refusal.retry_after_seconds)
    return problem(
        code=refusal.code,
        status=status or answer.status,
        title=answer.title,
        docs_url=policy.docs_url,
        trace_id=trace_id,
        headers=extra,
    )


def challenge(answer: Answer, *, realm: str) -> str:
    """Return the `WWW-Authenticate` value: constants only, each parameter once.

    Source: RFC 6750 §3; RFC 9110 §11.6.1.
    """
    value = f'Bearer realm="{realm}"'
    if answer.error is not None:
        value += f', error="{answer.error}", error_description="{answer.title}"'
    return value
