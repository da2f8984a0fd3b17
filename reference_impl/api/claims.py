"""The claims of a genuine token, checked one by one; expiry last.

The signature holds before this module runs, so `token_expired` is said of genuine tokens only, and only when all else
is right.

Source: RFC 7519 §4.1; RFC 9068 §2.2, §4.
"""

from dataclasses import dataclass
from typing import Final

from .policy import Policy
from .refusals import Reason, Refusal
from .structure import JsonObject

_LONGEST_SUBJECT: Final = 255


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified access token says; times are NumericDates, seconds UTC."""

    issuer: str
    subject: str
    audience: tuple[str, ...]
    client_id: str
    issued_at: float
    expires_at: float
    not_before: float | None
    token_id: str
    session_id: str


def verify_claims(payload: JsonObject, *, policy: Policy, now: int) -> Claims:
    """Read the claims and hold them against the policy.

    Args:
        now: NumericDate, seconds UTC, read once per request.

    Raises:
        Refusal: a claim is missing, malformed or wrong, or, all else being right, the token has expired.

    Source: RFC 9068 §4; RFC 8725 §3.8, §3.9.
    """
    claims = read_claims(payload)
    if claims.issuer != policy.issuer:
        raise Refusal(Reason.ISSUER_WRONG)
    if policy.audience not in claims.audience:
        raise Refusal(Reason.AUDIENCE_WRONG)
    if policy.client_ids and claims.client_id not in policy.client_ids:
        raise Refusal(Reason.CLIENT_WRONG)
    # RFC 9068 §5, RFC 9700 §4.15: a client acting for itself is no user.
    if claims.subject == claims.client_id:
        raise Refusal(Reason.SUBJECT_IS_CLIENT)
    # RFC 9449 §7.2 asks this of APIs that know DPoP; to ignore `cnf` would undo the binding its issuer chose.
    if "cnf" in payload:
        raise Refusal(Reason.SENDER_CONSTRAINED)
    verify_times(claims, policy=policy, now=now)
    return claims


def verify_times(claims: Claims, *, policy: Policy, now: int) -> None:
    """Refuse a token presented outside the interval its issuer stated.

    Args:
        now: NumericDate, seconds UTC, read once per request.

    Raises:
        Refusal: the interval is empty or too long, or `now` lies outside it by more than the leeway.

    Source: RFC 7519 §4.1.4, §4.1.5, §4.1.6; RFC 6750 §5.3 ("one hour or less").
    """
    lifetime_seconds = claims.expires_at - claims.issued_at
    if lifetime_seconds <= 0:
        raise Refusal(Reason.LIFETIME_NOT_POSITIVE)
    if lifetime_seconds > policy.longest_lifetime_seconds:
        raise Refusal(Reason.LIFETIME_TOO_LONG)
    if claims.issued_at > now + policy.leeway_seconds:
        raise Refusal(Reason.ISSUED_IN_FUTURE)
    if claims.not_before is not None and claims.not_before > now + policy.leeway_seconds:
        raise Refusal(Reason.NOT_YET_VALID)
    # RFC 7519 §4.1.4: "on or after": the boundary instant is already too late.
    if now >= claims.expires_at + policy.leeway_seconds:
        raise Refusal(Reason.EXPIRED)


def read_claims(payload: JsonObject) -> Claims:
    """Read every claim the contract names, each of its type; further claims are ignored.

    Source: RFC 9068 §2.2; RFC 7519 §4.
    """
    subject = _text(payload, "sub")
    if len(subject) > _LONGEST_SUBJECT:
        raise Refusal(Reason.CLAIM_MALFORMED)
    return Claims(
        issuer=_text(payload, "iss"),
        subject=subject,
        audience=_audience(payload),
        client_id=_text(payload, "client_id"),
        issued_at=_date(payload, "iat"),
        expires_at=_date(payload, "exp"),
        not_before=_date(payload, "nbf") if "nbf" in payload else None,
        token_id=_text(payload, "jti"),
        session_id=_text(payload, "sid"),
    )


def _present(payload: JsonObject, name: str) -> object:
    if name not in payload:
        raise Refusal(Reason.CLAIM_MISSING)
    return payload[name]


def _text(payload: JsonObject, name: str) -> str:
    value = _present(payload, name)
    if not isinstance(value, str) or not value.strip():
        raise Refusal(Reason.CLAIM_MALFORMED)
    return value


def _date(payload: JsonObject, name: str) -> float:
    value = _present(payload, name)
    # To Python a bool is an int; to JSON it is no number (RFC 7519 §2, NumericDate).
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise Refusal(Reason.CLAIM_MALFORMED)
    return value


def _audience(payload: JsonObject) -> tuple[str, ...]:
    value = _present(payload, "aud")
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) for name in names):
        raise Refusal(Reason.CLAIM_MALFORMED)
    return tuple(names)
