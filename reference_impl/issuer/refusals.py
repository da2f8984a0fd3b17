"""Name everything the issuer refuses, and how each refusal is answered.

    Refusal
    ├── CredentialsInvalid    the password is wrong, the account unknown or disabled
    ├── SessionRefused
    │   ├── SessionMissing    no credential, or none this issuer made
    │   ├── SessionExpired    genuine, past the idle or the absolute limit
    │   └── SessionRevoked    genuine, but its session was ended
    │       └── CredentialReused   replaced before: the session ends (`strict`)
    ├── OriginUntrusted       the request was made by a page this issuer does not trust
    ├── TooManyAttempts       too many failed sign-ins for this account
    ├── RequestInvalid        the request is not one this route understands
    ├── HttpsRequired         the request came over plain HTTP
    ├── RouteUnknown, MethodWrong, InternalError
    └── IssuerUnavailable     the database does not answer: refused, not guessed

Each has one code; `ANSWERS` is the one table from codes to answers.
"""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType
from typing import ClassVar, NamedTuple


class Code(StrEnum):
    """Name what a client can act on (CONTRACT §5)."""

    CREDENTIALS_INVALID = "credentials_invalid"
    SESSION_MISSING = "session_missing"
    SESSION_EXPIRED = "session_expired"
    SESSION_REVOKED = "session_revoked"
    ORIGIN_UNTRUSTED = "origin_untrusted"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    REQUEST_INVALID = "request_invalid"
    HTTPS_REQUIRED = "https_required"
    ISSUER_UNAVAILABLE = "issuer_unavailable"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    INTERNAL_ERROR = "internal_error"


class Answer(NamedTuple):
    """Hold the status and the title a code is answered with."""

    status: HTTPStatus
    title: str


ANSWERS: Mapping[Code, Answer] = MappingProxyType(
    {
        Code.CREDENTIALS_INVALID: Answer(
            HTTPStatus.UNAUTHORIZED, "The e-mail address and the password do not belong together."
        ),
        Code.SESSION_MISSING: Answer(HTTPStatus.UNAUTHORIZED, "There is no session: sign in."),
        Code.SESSION_EXPIRED: Answer(HTTPStatus.UNAUTHORIZED, "The session has lapsed: sign in again."),
        Code.SESSION_REVOKED: Answer(HTTPStatus.UNAUTHORIZED, "The session was ended: sign in again."),
        Code.ORIGIN_UNTRUSTED: Answer(HTTPStatus.FORBIDDEN, "The request does not come from a trusted origin."),
        Code.TOO_MANY_ATTEMPTS: Answer(HTTPStatus.TOO_MANY_REQUESTS, "Too many failed sign-ins: try again later."),
        Code.REQUEST_INVALID: Answer(HTTPStatus.BAD_REQUEST, "The request is not one this route understands."),
        Code.HTTPS_REQUIRED: Answer(HTTPStatus.FORBIDDEN, "This issuer is spoken to over https only."),
        Code.ISSUER_UNAVAILABLE: Answer(HTTPStatus.SERVICE_UNAVAILABLE, "The issuer cannot answer now: try again."),
        Code.NOT_FOUND: Answer(HTTPStatus.NOT_FOUND, "There is nothing at this path."),
        Code.METHOD_NOT_ALLOWED: Answer(HTTPStatus.METHOD_NOT_ALLOWED, "This path does not know the method."),
        Code.INTERNAL_ERROR: Answer(HTTPStatus.INTERNAL_SERVER_ERROR, "The issuer failed."),
    }
)
"""One answer per code."""


class Reason(StrEnum):
    """Name why, for the log alone."""

    ACCOUNT_UNKNOWN = "account_unknown"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_DELETED = "account_deleted"
    ACCOUNT_CHANGED_MEANWHILE = "account_changed_meanwhile"
    PASSWORD_WRONG = "password_wrong"  # noqa: S105 -- a reason's name
    ATTEMPTS_EXHAUSTED = "attempts_exhausted"
    COOKIE_MISSING = "cookie_missing"
    COOKIE_REPEATED = "cookie_repeated"
    CREDENTIAL_MALFORMED = "credential_malformed"
    CREDENTIAL_FORGED = "credential_forged"
    CREDENTIAL_REUSED = "credential_reused"
    IDLE_LIMIT_PASSED = "idle_limit_passed"
    ABSOLUTE_LIMIT_PASSED = "absolute_limit_passed"
    SESSION_ENDED = "session_ended"
    EPOCH_RAISED = "epoch_raised"
    ORIGIN_MISSING = "origin_missing"
    ORIGIN_FOREIGN = "origin_foreign"
    SITE_FOREIGN = "site_foreign"
    MEDIA_TYPE_WRONG = "media_type_wrong"
    BODY_TOO_LARGE = "body_too_large"
    BODY_MALFORMED = "body_malformed"
    BODY_UNSUITABLE = "body_unsuitable"
    ROUTE_UNKNOWN = "route_unknown"
    METHOD_WRONG = "method_wrong"
    SCHEME_INSECURE = "scheme_insecure"
    DATABASE_FAILED = "database_failed"
    DEFECT = "defect"


class Refusal(Exception):  # noqa: N818 -- a refusal is an answer, not an error
    """Refuse a request: the code goes out, the reason stays in the log.

    Args:
        status: instead of the code's own, where HTTP knows a nearer one.
    """

    code: ClassVar[Code]
    retry_after_seconds: int | None = None

    def __init__(self, reason: Reason, *, account: str = "", sid: str = "", status: int | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.account = account
        self.sid = sid
        self.status = status or ANSWERS[self.code].status


class CredentialsInvalid(Refusal):
    """Refuse a sign-in, without telling which half was wrong."""

    code = Code.CREDENTIALS_INVALID


class RouteUnknown(Refusal):
    """Refuse a path that leads nowhere."""

    code = Code.NOT_FOUND


class MethodWrong(Refusal):
    """Refuse a method the path does not know."""

    code = Code.METHOD_NOT_ALLOWED


class InternalError(Refusal):
    """Answer for a defect of the issuer itself."""

    code = Code.INTERNAL_ERROR


class SessionRefused(Refusal):
    """Refuse a session credential; the cookie is cleared with the answer."""


class SessionMissing(SessionRefused):
    """Refuse a request that carries no credential of this issuer."""

    code = Code.SESSION_MISSING


class SessionExpired(SessionRefused):
    """Refuse a genuine credential past the idle or the absolute limit."""

    code = Code.SESSION_EXPIRED


class SessionRevoked(SessionRefused):
    """Refuse a genuine credential whose session was ended."""

    code = Code.SESSION_REVOKED


class CredentialReused(SessionRevoked):
    """Refuse a credential that was replaced before: somebody holds a copy, so the whole session ends.

    Source: RFC 9700 §4.14.2; ASVS 10.4.5.
    """


class OriginUntrusted(Refusal):
    """Refuse a change of state asked for by a page that is not trusted."""

    code = Code.ORIGIN_UNTRUSTED


class TooManyAttempts(Refusal):
    """Refuse to look at another password for a while."""

    code = Code.TOO_MANY_ATTEMPTS

    def __init__(self, *, retry_after_seconds: int) -> None:
        super().__init__(Reason.ATTEMPTS_EXHAUSTED)
        self.retry_after_seconds = retry_after_seconds


class RequestInvalid(Refusal):
    """Refuse a request this issuer does not understand."""

    code = Code.REQUEST_INVALID


class HttpsRequired(Refusal):
    """Refuse plain HTTP; it is not redirected, so that the mistake is noticed."""

    code = Code.HTTPS_REQUIRED


class IssuerUnavailable(Refusal):
    """Refuse to answer while the account records cannot be read."""

    code = Code.ISSUER_UNAVAILABLE

    def __init__(self, *, retry_after_seconds: int) -> None:
        super().__init__(Reason.DATABASE_FAILED)
        self.retry_after_seconds = retry_after_seconds
