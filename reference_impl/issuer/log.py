"""Write the structured log: closed events and reasons; never a password, a cookie or a token.

What came from outside is percent-encoded and cut, so that it can forge no line.

Source: ASVS 16.2.5, 16.3.1, 16.3.3, 16.4.1.
"""

import logging
from enum import StrEnum
from urllib.parse import quote

from .refusals import Code, Reason, Refusal

LOGGER = logging.getLogger(__package__)
_LONGEST_VALUE = 128


class Event(StrEnum):
    """Name what happened."""

    ACCOUNT_CREATED = "account_created"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_DELETED = "account_deleted"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- an event's name
    SESSION_OPENED = "session_opened"
    SESSION_RENEWED = "session_renewed"
    SESSION_ENDED = "session_ended"
    SESSIONS_ENDED = "sessions_ended"
    REUSE_DETECTED = "reuse_detected"
    KEY_ROTATED = "key_rotated"
    KEY_WITHDRAWN = "key_withdrawn"
    SIGN_IN_REFUSED = "sign_in_refused"
    SESSION_REFUSED = "session_refused"
    REQUEST_REFUSED = "request_refused"
    REQUEST_FAILED = "request_failed"


_EVENTS = {
    Code.CREDENTIALS_INVALID: Event.SIGN_IN_REFUSED,
    Code.TOO_MANY_ATTEMPTS: Event.SIGN_IN_REFUSED,
    Code.SESSION_MISSING: Event.SESSION_REFUSED,
    Code.SESSION_EXPIRED: Event.SESSION_REFUSED,
    Code.SESSION_REVOKED: Event.SESSION_REFUSED,
    Code.ISSUER_UNAVAILABLE: Event.REQUEST_FAILED,
    Code.INTERNAL_ERROR: Event.REQUEST_FAILED,
}


def record(event: Event, *, account: str = "", sid: str = "", kid: str = "") -> None:
    """Record something that came to pass."""
    _write(logging.INFO, event, account=account, sid=sid, kid=kid)


def record_refusal(refusal: Refusal, *, path: str, trace_id: str) -> None:
    """Record why a request was refused; a reused credential is an event of its own."""
    is_reuse = refusal.reason is Reason.CREDENTIAL_REUSED
    event = Event.REUSE_DETECTED if is_reuse else _EVENTS.get(refusal.code, Event.REQUEST_REFUSED)
    level = logging.ERROR if is_reuse or event is Event.REQUEST_FAILED else logging.WARNING
    _write(
        level,
        event,
        code=refusal.code.value,
        reason=refusal.reason.value,
        account=refusal.account,
        sid=refusal.sid,
        path=quote(path[:_LONGEST_VALUE], safe="/", errors="replace"),
        trace_id=trace_id,
    )


def _write(level: int, event: Event, **facts: str) -> None:
    if LOGGER.isEnabledFor(level):
        known = {name: value for name, value in facts.items() if value}
        text = " ".join([event, *(f"{name}={value}" for name, value in known.items())])
        LOGGER.log(level, "%s", text, extra={"event": event.value, **known})
