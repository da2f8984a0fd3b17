"""Hide what no evidence may hold: passwords, cookie values, private keys."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MASK = "•••"
SECRET_NAME = re.compile(r"password|passphrase|secret|token$", re.IGNORECASE)
PRIVATE_KEY_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
SECRET_MEMBER = re.compile(r'("[^"]*(?:password|passphrase|secret|token)"\s*:\s*)"((?:[^"\\]|\\.)*)"?', re.IGNORECASE)
SECRET_FIELD = re.compile(r"((?:^|[?&])[^=&\s]*(?:password|passphrase|secret|token)=)([^&\s]*)", re.IGNORECASE)
TOKEN_NAME = re.compile(r"token\d+")


def mask_value(value: str) -> str:
    """Hide a value, unless it is empty or already the name of a token."""
    return value if not value or TOKEN_NAME.fullmatch(value) else MASK


def mask_body(text: str, name_tokens: Callable[[str], str]) -> str:
    """Hide the secrets of a JSON or form body; a body that is neither is searched for both."""
    named = name_tokens(text)
    try:
        value = json.loads(named)
        masked = masked_members(value)
    except (ValueError, RecursionError):
        return mask_fields(SECRET_MEMBER.sub(lambda match: f'{match[1]}"{mask_value(match[2])}"', named))
    return named if masked == value else json.dumps(masked, ensure_ascii=False, separators=(",", ":"))


def mask_fields(text: str) -> str:
    """Hide the secrets of a form or of a URL's query."""
    return SECRET_FIELD.sub(lambda match: match[1] + mask_value(match[2]), text)


def masked_members(value: object) -> object:
    """Hide the secret members of a JSON value, at any depth."""
    if isinstance(value, list):
        return [masked_members(each) for each in value]
    if not isinstance(value, dict):
        return value
    is_key = "kty" in value
    return {
        name: _hidden(each) if _is_secret(name, is_key=is_key) else masked_members(each) for name, each in value.items()
    }


def _is_secret(name: str, *, is_key: bool) -> bool:
    return bool(SECRET_NAME.search(name)) or (is_key and name in PRIVATE_KEY_MEMBERS)


def _hidden(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    return mask_value(value) if isinstance(value, str) else MASK


def mask_cookies(header: str) -> str:
    """Hide the values of a Cookie header, keeping the names of cookies and tokens."""
    return "; ".join(_cookie(pair) for pair in header.split("; "))


def mask_set_cookie(header: str) -> str:
    """Hide the value of a Set-Cookie header, keeping its name and attributes."""
    pair, separator, attributes = header.partition(";")
    return _cookie(pair) + separator + attributes


def _cookie(pair: str) -> str:
    name, separator, value = pair.partition("=")
    return name + separator + mask_value(value)
