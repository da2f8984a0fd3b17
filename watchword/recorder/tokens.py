"""Name the compact tokens of a scenario and decode what they say; signatures are cut."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING

from watchword.recorder.masking import masked_members

if TYPE_CHECKING:
    from watchword.evidence import Json

# A JOSE header is a JSON object, in base64url: `ey…` is `{"` or `{ `, `ew…` is `{` and a line end, `e30` is `{}`.
COMPACT = re.compile(r"(?<![\w.-])(?:e30|e[yw][\w-]{8,})=*(?:\.[\w-]*=*){2,4}", re.ASCII)
PARTS_OF_A_JWS = 3
LONGEST_DECODED = 16_384
LONGEST_SHOWN = 2_048
LENGTH_OF_A_MALFORMED = 24


class TokenNames:
    """The tokens one scenario met: `token1`, `token2`, the same token always under the same name."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self.lines: list[Json] = []

    def replace(self, text: str, found: list[str] | None = None) -> str:
        """Put a name in the place of every compact token in a text, and add the names to `found`."""
        if "." not in text:
            return text
        return COMPACT.sub(lambda match: self.name(match[0], found), text)

    def name(self, token: str, found: list[str] | None = None) -> str:
        """Name one token, whatever its form."""
        name = self._names.get(token) or self._add(token)
        if found is not None and name not in found:
            found.append(name)
        return name

    def _add(self, token: str) -> str:
        name = self._names[token] = f"token{len(self._names) + 1}"
        self.lines.append({"name": name, "length": len(token), **describe(token)})
        return name


def describe(token: str) -> Json:
    """Decode a token's header and claims as far as they can be, and shorten what cannot."""
    try:
        header, payload = _parts(token)
        described = {"header": _decode(header, "header"), "claims": _decode(payload, "payload")}
    except ValueError as error:
        return {"text": shorten(token), "problem": str(error)}
    return {"text": f"{header}.{payload}.…" if len(token) <= LONGEST_SHOWN else shorten(token), **described}


def _parts(token: str) -> tuple[str, str]:
    parts = token.split(".")
    if len(parts) != PARTS_OF_A_JWS:
        raise ValueError(f"it is not {PARTS_OF_A_JWS} parts joined by dots")
    return parts[0], parts[1]


def shorten(token: str) -> str:
    """Show the beginning of a malformed token, never the whole of a long one."""
    return token if len(token) <= LENGTH_OF_A_MALFORMED else f"{token[:LENGTH_OF_A_MALFORMED]}…"


def _decode(part: str, name: str) -> Json:
    if len(part) > LONGEST_DECODED:
        raise ValueError(f"the {name} is too long to show")
    try:
        content = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        decoded = json.loads(content.decode("utf-8"), parse_constant=str)
        masked = masked_members(decoded)
    except (binascii.Error, ValueError, RecursionError):
        raise ValueError(f"the {name} does not decode") from None
    if not isinstance(masked, dict):
        raise ValueError(f"the {name} is not an object")  # noqa: TRY004  (the token's fault, not the caller's)
    return masked
