"""The one place a token may stand in: the `Authorization` header, read as raw bytes.

Source: RFC 9110 §5.5, §11.4; RFC 6750 §2, §3.1.
"""

from typing import Final
from urllib.parse import parse_qsl

from starlette.types import Scope

from .refusals import Reason, Refusal

_SCHEME: Final = b"bearer"


def read_credentials(scope: Scope, *, largest_token_bytes: int) -> str | None:
    """Return the bearer token of a request, or nothing where no header asks for authentication.

    Raises:
        Refusal: another scheme, two headers, not exactly one token, one too large, or a second one in the query.

    Source: RFC 9110 §11.4 (`credentials = auth-scheme [ 1*SP ( token68 / ... ) ]`); RFC 6750 §2.1.
    """
    values = [value for name, value in scope["headers"] if name == b"authorization"]
    if not values:
        return None
    if len(values) > 1:
        raise Refusal(Reason.CREDENTIALS_REPEATED)
    scheme, _, rest = values[0].strip(b" \t").partition(b" ")
    if scheme.lower() != _SCHEME:
        raise Refusal(Reason.SCHEME_UNSUPPORTED)
    if len(rest) > largest_token_bytes:
        raise Refusal(Reason.TOKEN_TOO_LARGE)
    token: str = rest.lstrip(b" ").decode("latin-1")
    if not _is_one_word(token):
        raise Refusal(Reason.CREDENTIALS_MALFORMED)
    # A token in the query alone is not seen at all (OAuth 2.1 §5.1); beside the header's it is one too many.
    if scope["query_string"] and _has_query_token(scope["query_string"]):
        raise Refusal(Reason.TOKEN_IN_QUERY_TOO)
    return token


def _is_one_word(token: str) -> bool:
    # Visible ASCII and no space: whether that is a well-formed token is the next module's question.
    return bool(token) and token.isascii() and token.isprintable() and " " not in token


def _has_query_token(query: bytes) -> bool:
    return any(name == "access_token" for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True))
