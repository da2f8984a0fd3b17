"""What may stand where a compact token belongs: pieces of it, more than it, its other serializations, an encrypted one.

Source: RFC 7515 §7.1, §7.2; RFC 7516 §7.1.
"""

from collections.abc import Callable
from typing import Final

from steps.encryption import derived_key, direct, encrypted_to, guessed_password
from steps.scene import Scene
from steps.vocabulary import as_json

Serialization = Callable[[Scene, str], str]


def _plain(change: Callable[[str, str, str], str]) -> Serialization:
    return lambda _scene, token: change(*token.split("."))


def _flattened(header: str, payload: str, signature: str) -> str:
    return as_json({"payload": payload, "protected": header, "signature": signature})


def _with_unprotected(header: str, payload: str, signature: str) -> str:
    members = {"payload": payload, "protected": header, "signature": signature}
    return as_json({**members, "header": {"kid": "another"}})


def _general(header: str, payload: str, signature: str) -> str:
    return as_json({"payload": payload, "signatures": [{"protected": header, "signature": signature}]})


def _smuggled(header: str, payload: str, signature: str) -> str:
    # CVE-2022-39227: one reader sees a JSON serialization, another three segments.
    return '{"' + header + "." + payload + '.":"","payload":"' + payload + '","signature":"' + signature + '"}'


WORDS: Final = "null", "undefined", "test", "dev-token"
"""What a page sends that has no token, and what a developer lets in."""

SERIALIZATIONS: Final[dict[str, Serialization]] = {
    "it is": _plain(lambda *segments: ".".join(segments)),
    "nothing": _plain(lambda *_: ""),
    **{f"the word {word}": _plain(lambda *_, word=word: word) for word in WORDS},
    "its header alone": _plain(lambda header, _payload, _signature: header),
    "its header and payload alone": _plain(lambda header, payload, _: f"{header}.{payload}"),
    "one dot": _plain(lambda *_: "."),
    "two dots": _plain(lambda *_: ".."),
    "eight thousand dots": _plain(lambda *_: "." * 8_000),
    "ten thousand dots": _plain(lambda *_: "." * 10_000),
    "three dots": _plain(lambda *_: "..."),
    "itself and a dot": _plain(lambda *segments: ".".join(segments) + "."),
    "itself behind a dot": _plain(lambda *segments: "." + ".".join(segments)),
    "itself and a fourth segment": _plain(lambda *segments: ".".join(segments) + ".e30"),
    "itself and a second signature": _plain(lambda *segments: ".".join(segments) + "." + segments[2]),
    "itself and itself again": _plain(lambda *segments: ".".join(segments * 2)),
    "itself in quotes": _plain(lambda *segments: as_json(".".join(segments))),
    "itself in a list": _plain(lambda *segments: as_json([".".join(segments)])),
    "the flattened JSON serialization": _plain(_flattened),
    "the flattened JSON serialization with an unprotected header": _plain(_with_unprotected),
    "the general JSON serialization": _plain(_general),
    "the general JSON serialization without signatures": _plain(
        lambda _header, payload, _signature: as_json({"payload": payload, "signatures": []})
    ),
    "a JSON object that hides it": _plain(_smuggled),
    "encrypted under a key of her choice": direct,
    "encrypted under a password, with two thousand million iterations": guessed_password,
    "encrypted to that key": encrypted_to,
    "encrypted to a key derived with that key": derived_key,
}
"""What is sent in a token's place."""
