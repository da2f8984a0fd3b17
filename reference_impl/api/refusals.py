"""What the API refuses, and why.

One reason is logged, one code is answered. The code tells the client what to do; the reason stays in the log.

    Reason (a closed list) ──CODES──▶ Code ──ANSWERS──▶ status, title, challenge

Source: RFC 6750 §3, §3.1; ASVS 16.5.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Code(StrEnum):
    """What an answer says outwardly: all that the client can act on."""

    TOKEN_MISSING = "token_missing"  # noqa: S105 -- a code, not a secret
    REQUEST_INVALID = "request_invalid"
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 -- a code, not a secret
    TOKEN_INVALID = "token_invalid"  # noqa: S105 -- a code, not a secret
    PERMISSION_DENIED = "permission_denied"
    HTTPS_REQUIRED = "https_required"
    KEYS_UNAVAILABLE = "keys_unavailable"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    INTERNAL_ERROR = "internal_error"


class Reason(StrEnum):
    """Why exactly, for the log alone."""

    HTTPS_MISSING = "https_missing"
    CREDENTIALS_MISSING = "credentials_missing"
    SCHEME_UNSUPPORTED = "scheme_unsupported"
    CREDENTIALS_REPEATED = "credentials_repeated"
    CREDENTIALS_MALFORMED = "credentials_malformed"
    TOKEN_IN_QUERY_TOO = "token_in_query_too"  # noqa: S105 -- a reason, not a secret
    TOKEN_TOO_LARGE = "token_too_large"  # noqa: S105 -- a reason, not a secret
    STRUCTURE_MALFORMED = "structure_malformed"
    ENCODING_MALFORMED = "encoding_malformed"
    HEADER_MALFORMED = "header_malformed"
    PAYLOAD_MALFORMED = "payload_malformed"
    CRITICAL_UNSUPPORTED = "critical_unsupported"
    TYPE_WRONG = "type_wrong"
    ALGORITHM_NOT_ALLOWED = "algorithm_not_allowed"
    KEY_ID_MISSING = "key_id_missing"
    KEY_DENIED = "key_denied"
    KEY_UNKNOWN = "key_unknown"
    KEY_UNSUITABLE = "key_unsuitable"
    KEYS_UNREACHABLE = "keys_unreachable"
    SIGNATURE_WRONG = "signature_wrong"
    CLAIM_MISSING = "claim_missing"
    CLAIM_MALFORMED = "claim_malformed"
    ISSUER_WRONG = "issuer_wrong"
    AUDIENCE_WRONG = "audience_wrong"
    CLIENT_WRONG = "client_wrong"
    SUBJECT_IS_CLIENT = "subject_is_client"
    SENDER_CONSTRAINED = "sender_constrained"
    LIFETIME_NOT_POSITIVE = "lifetime_not_positive"
    LIFETIME_TOO_LONG = "lifetime_too_long"
    ISSUED_IN_FUTURE = "issued_in_future"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    NOT_THE_OWNER = "not_the_owner"
    NO_SUCH_ROUTE = "no_such_route"
    METHOD_UNKNOWN = "method_unknown"
    BODY_INVALID = "body_invalid"
    DEFECT = "defect"


_CODES = {
    Reason.HTTPS_MISSING: Code.HTTPS_REQUIRED,
    Reason.CREDENTIALS_MISSING: Code.TOKEN_MISSING,
    Reason.SCHEME_UNSUPPORTED: Code.TOKEN_MISSING,
    Reason.CREDENTIALS_REPEATED: Code.REQUEST_INVALID,
    Reason.CREDENTIALS_MALFORMED: Code.REQUEST_INVALID,
    Reason.TOKEN_IN_QUERY_TOO: Code.REQUEST_INVALID,
    Reason.KEYS_UNREACHABLE: Code.KEYS_UNAVAILABLE,
    Reason.EXPIRED: Code.TOKEN_EXPIRED,
    Reason.NOT_THE_OWNER: Code.PERMISSION_DENIED,
    Reason.NO_SUCH_ROUTE: Code.NOT_FOUND,
    Reason.METHOD_UNKNOWN: Code.METHOD_NOT_ALLOWED,
    Reason.BODY_INVALID: Code.REQUEST_INVALID,
    Reason.DEFECT: Code.INTERNAL_ERROR,
}

CODES: Mapping[Reason, Code] = MappingProxyType(
    # Every check of a token that has no line above answers alike, so that an answer tells no forger how far they came.
    {reason: _CODES.get(reason, Code.TOKEN_INVALID) for reason in Reason},
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a code looks like on the wire."""

    status: int
    title: str
    has_challenge: bool = False
    error: str | None = None


ANSWERS: Mapping[Code, Answer] = MappingProxyType(
    {
        # RFC 6750 §3.1: a request without credentials is told no error code.
        Code.TOKEN_MISSING: Answer(401, "An access token is required", has_challenge=True),
        Code.REQUEST_INVALID: Answer(400, "The request is malformed", has_challenge=True, error="invalid_request"),
        Code.TOKEN_EXPIRED: Answer(401, "The access token has expired", has_challenge=True, error="invalid_token"),
        Code.TOKEN_INVALID: Answer(401, "The access token is not valid", has_challenge=True, error="invalid_token"),
        Code.PERMISSION_DENIED: Answer(403, "The caller may not do this"),
        Code.HTTPS_REQUIRED: Answer(403, "HTTPS is required"),
        Code.KEYS_UNAVAILABLE: Answer(503, "Tokens cannot be verified at the moment"),
        Code.NOT_FOUND: Answer(404, "There is nothing here"),
        Code.METHOD_NOT_ALLOWED: Answer(405, "The method is not allowed here"),
        Code.INTERNAL_ERROR: Answer(500, "The API failed"),
    },
)


class Refusal(Exception):  # noqa: N818 -- a refusal is an answer of the contract, not an error of the program
    """Refuse a request for one reason of the closed list.

    Args:
        reason: goes to the log; the client learns only its code.
        retry_after_seconds: when asking again is worthwhile.
    """

    def __init__(self, reason: Reason, *, retry_after_seconds: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds

    @property
    def code(self) -> Code:
        """The outward code of the reason."""
        return CODES[self.reason]
