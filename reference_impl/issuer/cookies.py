"""Read, set and clear the one cookie that carries the session credential.

Source: draft-ietf-httpbis-rfc6265bis §4.1.3.2; ASVS 3.3.1 to 3.3.5.
"""

from starlette.requests import Request

from .refusals import Reason, SessionMissing

COOKIE_NAME = "__Host-session"
_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax"

CLEARED = f"{COOKIE_NAME}=; Max-Age=0; {_ATTRIBUTES}"
"""The `Set-Cookie` value that takes the cookie back, by the attributes it was set with."""


def set_cookie(value: str, *, lifetime_seconds: int) -> str:
    """Return the `Set-Cookie` value; without `Domain`, so that no other host is sent the cookie."""
    return f"{COOKIE_NAME}={value}; Max-Age={lifetime_seconds}; {_ATTRIBUTES}"


def read_cookie(request: Request) -> str:
    """Return the value of the session cookie.

    Raises:
        SessionMissing: there is none, or more than one: nobody can tell which the browser was given by this issuer.
    """
    pairs = (pair.partition("=") for header in request.headers.getlist("cookie") for pair in header.split(";"))
    # White space is these two (RFC 9110 §5.6.3). Python's bare strip() takes a no-break space as well, and another host
    # may set a cookie whose name begins with one: the browser sees no prefix there.
    values = [value.strip(" \t") for name, _, value in pairs if name.strip(" \t") == COOKIE_NAME]
    if not values:
        raise SessionMissing(Reason.COOKIE_MISSING)
    if len(values) > 1:
        raise SessionMissing(Reason.COOKIE_REPEATED)
    return values[0]
