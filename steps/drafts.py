"""Access tokens as drafts: header and claims as written JSON, a key, and what is done to the finished text.

A draft starts as a token that its issuer made. Each change is one fault; what was not changed stays as the issuer wrote
it. Names and values are kept as JSON text, so that a draft can say what no JSON library would write (a name twice,
`1e400`).
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from steps.vocabulary import as_json

Member = tuple[str, str]
"""A member of a JSON object: its name's JSON text and its value's JSON text."""

Signer = Callable[[bytes], bytes]
"""Make the signature over a signing input."""

SEGMENTS = ("header", "payload", "signature")


def encode_segment(octets: bytes) -> str:
    """Return unpadded base64url. Source: RFC 7515 §2."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def decode_segment(text: str) -> bytes:
    """Return the octets of unpadded base64url. Source: RFC 7515 §2."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _members(segment: str) -> list[Member]:
    return [(as_json(name), as_json(value)) for name, value in json.loads(decode_segment(segment)).items()]


def _object(members: list[Member]) -> bytes:
    return ("{" + ",".join(f"{name}:{value}" for name, value in members) + "}").encode("utf-8", "surrogatepass")


@dataclass
class Draft:
    """A token in the making.

    Args:
        compact: the token its issuer made, kept to the letter while nothing is changed.
        trusted_signer: makes the signer of a key id; it signs a changed draft unless a step says otherwise.
    """

    compact: str
    trusted_signer: Callable[[str], Signer]
    sign: Signer = field(init=False)
    header: list[Member] = field(init=False)
    claims: list[Member] = field(init=False)
    is_changed: bool = field(default=False, init=False)
    header_octets: Callable[[bytes], bytes] | None = field(default=None, init=False)
    claims_octets: Callable[[bytes], bytes] | None = field(default=None, init=False)
    spellings: dict[str, Callable[[str], str]] = field(default_factory=dict, init=False)
    afterwards: list[Callable[[str], str]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Take the issuer's token apart."""
        header, claims, _ = self.compact.split(".")
        self.header, self.claims = _members(header), _members(claims)
        self.sign = self.trusted_signer(self.key_id)

    @property
    def named_key_id(self) -> Any:
        """The `kid` that the header names by now, or None."""
        return json.loads(dict(self.header).get(as_json("kid"), "null"))

    @property
    def key_id(self) -> str:
        """The `kid` that the issuer wrote."""
        return str(json.loads(decode_segment(self.compact.split(".")[0]))["kid"])

    def value_of(self, claim: str) -> Any:
        """Return a claim's value as the issuer wrote it."""
        return json.loads(dict(self.claims)[as_json(claim)])

    def set_claim(self, name: str, value: str) -> None:
        """Give a claim this JSON text."""
        self.claims = self._with(self.claims, name, value)

    def set_header(self, name: str, value: str) -> None:
        """Give a header parameter this JSON text."""
        self.header = self._with(self.header, name, value)

    def repeat_claim(self, name: str, value: str) -> None:
        """Write a claim a second time, its name as JSON spells it between the quotes."""
        self.claims, self.is_changed = [*self.claims, (f'"{name}"', value)], True

    def repeat_header(self, name: str, value: str) -> None:
        """Write a header parameter a second time."""
        self.header, self.is_changed = [*self.header, (as_json(name), value)], True

    def remove_claim(self, name: str) -> None:
        """Leave a claim out."""
        self.claims = self._without(self.claims, name)

    def remove_header(self, name: str) -> None:
        """Leave a header parameter out."""
        self.header = self._without(self.header, name)

    def sign_with(self, signer: Signer) -> None:
        """Have another key sign."""
        self.sign, self.is_changed = signer, True

    def rewrite(self, segment: str, change: Callable[[bytes], bytes]) -> None:
        """Change the octets of the header or the payload before they are encoded and signed."""
        self.is_changed = True
        if segment == "header":
            self.header_octets = change
        else:
            self.claims_octets = change

    def spell(self, segment: str, change: Callable[[str], str]) -> None:
        """Change the base64url text of a segment; what the signature covers is signed as it is spelled."""
        self.spellings[segment], self.is_changed = change, True

    def alter(self, change: Callable[[str], str]) -> None:
        """Change the finished text, after its signature was made."""
        self.afterwards.append(change)

    def alter_segment(self, segment: str, change: Callable[[str], str]) -> None:
        """Change one segment of the finished text, after the signature was made."""
        index = SEGMENTS.index(segment)

        def changed(token: str) -> str:
            parts = token.split(".")
            parts[index] = change(parts[index])
            return ".".join(parts)

        self.alter(changed)

    def finish(self) -> str:
        """Return the token's text."""
        token = self._signed() if self.is_changed else self.compact
        for change in self.afterwards:
            token = change(token)
        return token

    def _signed(self) -> str:
        keep: Callable[[bytes], bytes] = bytes
        header = self._spelled("header", (self.header_octets or keep)(_object(self.header)))
        payload = self._spelled("payload", (self.claims_octets or keep)(_object(self.claims)))
        signature = self.sign(f"{header}.{payload}".encode("ascii"))
        return f"{header}.{payload}.{self._spelled('signature', signature)}"

    def _spelled(self, segment: str, octets: bytes) -> str:
        keep: Callable[[str], str] = str
        return self.spellings.get(segment, keep)(encode_segment(octets))

    def _with(self, members: list[Member], name: str, value: str) -> list[Member]:
        written, self.is_changed = as_json(name), True
        if any(member == written for member, _ in members):
            return [(member, value if member == written else old) for member, old in members]
        return [*members, (written, value)]

    def _without(self, members: list[Member], name: str) -> list[Member]:
        written, self.is_changed = as_json(name), True
        if all(member != written for member, _ in members):
            raise LookupError(f'the token has no member "{name}" to leave out: {[member for member, _ in members]}')
        return [(member, value) for member, value in members if member != written]
