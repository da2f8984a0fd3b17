"""The outer form of a token, read strictly, before any key is chosen.

PyJWT 2.15.1 lets padding, repeated names and UTF-16 through, so the form is checked here, and each segment is decoded
and parsed exactly once.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Final, NoReturn

from .refusals import Reason, Refusal

JsonObject = dict[str, object]

_SEGMENTS: Final = 3
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_DEEPEST: Final = 16
_MOST_DIGITS: Final = 17
_LONGEST_KEY_ID: Final = 255
_TYPES: Final = frozenset({"at+jwt", "application/at+jwt"})


class MalformedJson(ValueError):  # noqa: N818 -- reads as the fact it states
    """Text that is not one strict JSON object."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token taken apart; its payload is not parsed until the signature holds."""

    algorithm: str
    key_id: str
    payload: bytes
    signing_input: bytes
    signature: bytes


def parse_token(compact: str, *, algorithms: frozenset[str]) -> Token:
    """Take a compact JWS apart and check its header.

    Raises:
        Refusal: the form, the encoding or the header breaks a rule; no key has been looked at.

    Source: RFC 7515 §5.2 steps 1 to 7; RFC 7519 §7.2; RFC 9068 §4.
    """
    text = compact.encode()
    segments = text.split(b".", _SEGMENTS)
    if len(segments) != _SEGMENTS or not all(segments):
        raise Refusal(Reason.STRUCTURE_MALFORMED)
    header, payload, signature = map(decode_segment, segments)
    try:
        parameters = parse_object(header)
    except MalformedJson:
        raise Refusal(Reason.HEADER_MALFORMED) from None
    algorithm, key_id = read_header(parameters, algorithms=algorithms)
    return Token(algorithm, key_id, payload, text[: text.rindex(b".")], signature)


def decode_segment(segment: bytes) -> bytes:
    """Decode base64url, refusing every spelling but the canonical one: other letters, padding, unused bits set.

    Source: RFC 7515 §2; RFC 4648 §3.5.
    """
    try:
        decoded = urlsafe_b64decode(segment + b"=" * (-len(segment) % 4))
    except Base64Error:
        raise Refusal(Reason.ENCODING_MALFORMED) from None
    # The decoder skips what it does not know; only the canonical spelling encodes to itself.
    if urlsafe_b64encode(decoded).rstrip(b"=") != segment:
        raise Refusal(Reason.ENCODING_MALFORMED)
    return decoded


def read_header(parameters: JsonObject, *, algorithms: frozenset[str]) -> tuple[str, str]:
    """Return `alg` and `kid`, having checked the parameters; `jku`, `x5u`, `jwk` and `x5c` are never read.

    Source: RFC 7515 §4.1; RFC 8725 §3.1, §3.10, §3.11; RFC 9068 §4.
    """
    algorithm, key_id, kind = parameters.get("alg"), parameters.get("kid"), parameters.get("typ")
    if not isinstance(algorithm, str):
        raise Refusal(Reason.HEADER_MALFORMED)
    if algorithm not in algorithms:
        raise Refusal(Reason.ALGORITHM_NOT_ALLOWED)
    # RFC 7515 §4.1.11: no extension is understood here, so none may be critical; RFC 7797 §7: no unencoded payload.
    if "crit" in parameters or parameters.get("b64", True) is not True:
        raise Refusal(Reason.CRITICAL_UNSUPPORTED)
    if not isinstance(kind, str) or kind.lower() not in _TYPES:
        raise Refusal(Reason.TYPE_WRONG)
    if "kid" not in parameters:
        raise Refusal(Reason.KEY_ID_MISSING)
    if not isinstance(key_id, str) or not 0 < len(key_id) <= _LONGEST_KEY_ID:
        raise Refusal(Reason.HEADER_MALFORMED)
    # No check of `cty` and `zip`: the payload is only ever parsed as a JSON object and never inflated.
    return algorithm, key_id


def parse_object(text: bytes) -> JsonObject:
    """Parse one JSON object: UTF-8 only, no name twice, numbers finite, nesting bounded.

    Raises:
        MalformedJson: the text is anything else.

    Source: RFC 8259; RFC 7493 §2; RFC 7519 §4, §7.2.
    """
    try:
        document = text.decode("utf-8")
        if document.count("[") + document.count("{") > _DEEPEST:
            _check_depth(document)
        value = _DECODER.decode(document)
        if "\\u" in document:
            # A lone surrogate parses, but no UTF-8 answer or log line could repeat it.
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except ValueError as error:
        raise MalformedJson(str(error)) from None
    if not isinstance(value, dict):
        raise MalformedJson("not an object")
    return value


def _check_depth(document: str) -> None:
    depth = 0
    for character in _STRING.sub("", document):
        depth += (character in "[{") - (character in "]}")
        if depth > _DEEPEST:
            raise MalformedJson("nested too deep")


def _unrepeated(pairs: list[tuple[str, object]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedJson("a name is repeated")
    return members


def _bounded_integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise MalformedJson("an integer is too large")
    return int(digits)


def _finite_number(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        raise MalformedJson("a number is too large")
    return number


def _no_constant(name: str) -> NoReturn:
    raise MalformedJson(f"{name} is not JSON")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_unrepeated,
    parse_int=_bounded_integer,
    parse_float=_finite_number,
    parse_constant=_no_constant,
)
