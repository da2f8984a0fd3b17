"""The values a scenario gives to a claim or a header parameter, and the forms it gives to a whole header or payload."""

import html
import json
import pickle
import re
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Final

NAMED: Final = {
    "a number of 5000 digits": "9" * 5000,
    "a string of 10000 characters": json.dumps("x" * 10_000),
    "a string of 255 characters": json.dumps("x" * 255),
    "a string of 256 characters": json.dumps("x" * 256),
    "a list nested 10 deep": "[" * 10 + "]" * 10,
    "a list nested 2000 deep": "[" * 2000 + "]" * 2000,
    "an object nested 1000 deep": '{"":' * 1000 + "0" + "}" * 1000,
}

NO_JSON: Final = frozenset({"0x6955b8ec", "01767225900", "+1767225900"})
"""Texts that a payload is made to hold although JSON has no such value."""


def json_text(value: str, now: int) -> str:
    """Return the JSON text of a value as a feature writes it.

    Args:
        value: JSON as it stands; `now`, `now + 30` or `now - 29.5`, in seconds; or a named value.
        now: NumericDate, seconds UTC.

    Raises:
        LookupError: the value is none of these, so that a typo is no fault of the token's.
    """
    relative = re.fullmatch(r"now(?: ([+-]) (\d+(?:\.\d+)?))?", value)
    if relative:
        seconds = json.loads(relative[2] or "0")
        return json.dumps(now - seconds if relative[1] == "-" else now + seconds)
    if value in NAMED:
        return NAMED[value]
    if value not in NO_JSON and not _is_json(value):
        raise LookupError(f"{value} is no JSON, no time and no named value")
    return value


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _reads(text: bytes) -> Callable[[bytes], bytes]:
    return lambda _: text


FORMS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "the same, with spaces": lambda octets: b" " + octets.replace(b":", b" : ", 1) + b"\r\n",
    "nothing": _reads(b""),
    "a space": _reads(b" "),
    "an empty object": _reads(b"{}"),
    "an empty list": _reads(b"[]"),
    "a list of the same": lambda octets: b"[" + octets + b"]",
    "a string of the same": lambda octets: json.dumps(octets.decode()).encode(),
    "a string": _reads(b'"at+jwt"'),
    "a number": _reads(b"7"),
    "true": _reads(b"true"),
    "null": _reads(b"null"),
    "plain words": _reads(b"let me in"),
    "the same, cut short": lambda octets: octets[:-1],
    "the same, twice": lambda octets: octets * 2,
    "the same, then more text": lambda octets: octets + b" and so on",
    "the same, then a NUL": lambda octets: octets + b"\0",
    "the same, with a comma too many": lambda octets: octets[:-1] + b",}",
    "the same, with a comment": lambda octets: octets[:-1] + b"/* and so on */}",
    "the same, in single quotes": lambda octets: octets.replace(b'"', b"'"),
    "the same, without quotes": lambda octets: octets.replace(b'"', b""),
    "the same, behind a byte order mark": lambda octets: b"\xef\xbb\xbf" + octets,
    "the same, in UTF-16": lambda octets: octets.decode().encode("utf-16-le"),
    "the same, in UTF-32": lambda octets: octets.decode().encode("utf-32-le"),
    "the same, with an octet that is not UTF-8": lambda octets: octets[:-1] + b',"x":"\xff"}',
    "the same, with a raw line break in a string": lambda octets: octets[:-1] + b',"x":"\n"}',
    "the same, in a URL's form": lambda octets: b"&".join(
        f"{name}={value}".encode() for name, value in json.loads(octets).items()
    ),
    "the same, compressed": lambda octets: zlib.compress(octets, wbits=-15),
    "the same and five megabytes of spaces, compressed": lambda octets: zlib.compress(
        octets + b" " * 5_000_000, wbits=-15
    ),
    "XML of the same": lambda octets: b"<claims>" + html.escape(octets.decode()).encode() + b"</claims>",
    "a pickle of the same": lambda octets: pickle.dumps(json.loads(octets)),
    "an unsigned token of these": lambda octets: (
        b"eyJhbGciOiJub25lIn0." + urlsafe_b64encode(octets).rstrip(b"=") + b"."
    ),
}
"""What the octets of a header or a payload become; `the same` is what its issuer wrote."""
