"""The structured log: closed events and reasons, never a token.

Every record carries its facts in `extra`, for a JSON formatter, and repeats them in its text. What came from outside is
percent-encoded and cut, so that it can forge no line.

Source: ASVS 16.2.5, 16.3.1, 16.3.3, 16.4.1.
"""

import hashlib
import logging
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from .claims import Claims
from .refusals import Code, Reason, Refusal
from .structure import MalformedJson, decode_segment, parse_object

LOGGER: Final = logging.getLogger(__package__)
_LONGEST_VALUE: Final = 128
_LONGEST_LOGGED_TOKEN: Final = 8192


class Event(StrEnum):
    """What happened."""

    TOKEN_ACCEPTED = "token_accepted"  # noqa: S105 -- an event, not a secret
    TOKEN_REFUSED = "token_refused"  # noqa: S105 -- an event, not a secret
    ATTACK_SUSPECTED = "attack_suspected"
    ACCESS_DENIED = "access_denied"
    REQUEST_REFUSED = "request_refused"
    REQUEST_FAILED = "request_failed"
    KEYS_REFRESHED = "keys_refreshed"
    KEYS_REFRESH_FAILED = "keys_refresh_failed"


_EVENTS: Final = {
    Reason.NOT_THE_OWNER: Event.ACCESS_DENIED,
    Reason.NO_SUCH_ROUTE: Event.REQUEST_REFUSED,
    Reason.METHOD_UNKNOWN: Event.REQUEST_REFUSED,
    Reason.BODY_INVALID: Event.REQUEST_REFUSED,
    Reason.DEFECT: Event.REQUEST_FAILED,
}


def log_acceptance(claims: Claims, *, path: str, token: str) -> None:
    """Record that a token was accepted."""
    if LOGGER.isEnabledFor(logging.INFO):
        facts = _encoded({"sid": claims.session_id, "path": path})
        _record(logging.INFO, Event.TOKEN_ACCEPTED, **facts, **_read_unverified(token))


def log_refusal(refusal: Refusal, *, path: str, trace_id: str, token: str = "") -> None:
    """Record why a request was refused, with what its token says of itself, true or not."""
    level = logging.INFO if refusal.code is Code.TOKEN_MISSING else logging.WARNING
    if not LOGGER.isEnabledFor(level):
        return
    said = _read_unverified(token)
    facts = {"code": refusal.code, "reason": refusal.reason, "trace_id": trace_id, **_encoded({"path": path}), **said}
    _record(level, _event(refusal), **facts)
    if refusal.reason is Reason.ALGORITHM_NOT_ALLOWED:
        # No honest issuer changes its algorithm: somebody is trying keys.
        _record(logging.ERROR, Event.ATTACK_SUSPECTED, **facts)


def log_unknown_keys(key_id: str) -> None:
    """Record an unknown key id met while the set was fetched a moment ago: more of these are a flood."""
    _record(logging.ERROR, Event.ATTACK_SUSPECTED, reason=Reason.KEY_UNKNOWN, **_encoded({"kid": key_id}))


def log_keys_refreshed(key_ids: Iterable[str]) -> None:
    """Record which keys are trusted from now on."""
    _record(logging.INFO, Event.KEYS_REFRESHED, **_encoded({"kids": " ".join(key_ids)}))


def log_keys_refresh_failed(error: Exception) -> None:
    """Record that the issuer's keys could not be fetched; the last good set is kept."""
    _record(logging.ERROR, Event.KEYS_REFRESH_FAILED, **_encoded({"cause": f"{type(error).__name__} {error}"}))


def _record(level: int, event: Event, **facts: str) -> None:
    text = " ".join([event, *(f"{name}={value}" for name, value in facts.items())])
    LOGGER.log(level, "%s", text, extra={"event": event, **facts})


def _event(refusal: Refusal) -> Event:
    return _EVENTS.get(refusal.reason, Event.TOKEN_REFUSED)


def _encoded(facts: dict[str, str]) -> dict[str, str]:
    return {name: quote(value[:_LONGEST_VALUE], safe="/: ", errors="replace") for name, value in facts.items()}


def _digest(token_id: str) -> str:
    return hashlib.sha256(token_id.encode()).hexdigest()[:16]


def _read_unverified(token: str) -> dict[str, str]:
    if not token or len(token) > _LONGEST_LOGGED_TOKEN:
        return {}
    header, _, rest = token.encode().partition(b".")
    said = _members(header, "kid") | _members(rest.partition(b".")[0], "iss", "jti")
    token_id = said.pop("jti", None)
    digest = {} if token_id is None else {"jti_digest": _digest(token_id)}
    return _encoded(said) | digest


def _members(segment: bytes, *names: str) -> dict[str, str]:
    with suppress(Refusal, MalformedJson):
        members = parse_object(decode_segment(segment))
        return {name: value for name in names if isinstance(value := members.get(name), str)}
    return {}


class QueryCut(logging.Filter):
    """Cut the query from the server's own log lines: a token put there against the rules must not be kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without what follows `?` in a path."""
        if isinstance(record.args, tuple):
            record.args = tuple(map(_without_query, record.args))
        return True


def _without_query(argument: object) -> object:
    return argument.partition("?")[0] if isinstance(argument, str) and argument.startswith("/") else argument


QUERY_CUT: Final = QueryCut()
