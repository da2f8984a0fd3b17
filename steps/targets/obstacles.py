"""What an API may meet on its way to the key set, by the name a scenario gives it.

An obstacle is handed the octets of the key set as the issuer published it, and makes the answer that the API gets.
"""

import gzip
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Final

import httpx

from steps.targets.loop import wait_a_second

Obstacle = Callable[[bytes], httpx.Response]

JWK_SET: Final = "application/jwk-set+json"
OTHER_HOST: Final = "https://keys.mallory.test/jwks"
PLAIN_HTTP: Final = "http://app.example.test/api/auth/jwks"
PIECE_OCTETS: Final = 65_536
MEGABYTES: Final = 50
MEGABYTE: Final = 1_000_000
MANY: Final = 10_000
TOLD: Final = "told"
"""The response extension that holds what the recorder is shown of a body that must not be read whole."""

UNUSABLE: Final = {"keys": [{"kty": "AKP", "alg": "ML-DSA-44", "kid": "another", "pub": "AA"}]}


def _says(body: bytes, media_type: str = JWK_SET, *, status: int = 200) -> Obstacle:
    return lambda _: httpx.Response(status, headers={"content-type": media_type}, content=body)


def _under(status: int) -> Obstacle:
    # The body is the key set all the same: it is the status that says not to believe it.
    return lambda published: httpx.Response(status, headers={"content-type": JWK_SET}, content=published)


def _breaks(_: bytes) -> httpx.Response:
    raise httpx.ConnectError("the line is broken")


def _redirects(status: int, location: str) -> Obstacle:
    return lambda _: httpx.Response(status, headers={"location": location})


def _says_so(change: Callable[[bytes], bytes], **headers: str) -> Obstacle:
    def answer(published: bytes) -> httpx.Response:
        said = {"content-type": JWK_SET, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return httpx.Response(200, headers=said, content=change(published))

    return answer


def _filled_up_to(octets: int) -> Callable[[bytes], bytes]:
    # White space around a JSON text means nothing (RFC 8259 §2).
    return lambda published: published + b" " * (octets - len(published))


def _with_many_keys(published: bytes) -> bytes:
    key = json.loads(published)["keys"][0]
    return json.dumps({"keys": [key, *({**key, "kid": f"key-{number}"} for number in range(MANY))]}).encode()


def _compressed(change: Callable[[bytes], bytes] = bytes) -> Obstacle:
    def answer(published: bytes) -> httpx.Response:
        headers = {"content-type": JWK_SET, "content-encoding": "gzip"}
        return _streamed(iter([gzip.compress(change(published))]), "compressed octets", headers=headers)

    return answer


def _without_end(published: bytes) -> httpx.Response:
    pieces = (b" " * PIECE_OCTETS for _ in range(MEGABYTES * MEGABYTE // PIECE_OCTETS))
    return _streamed(_chain(published, pieces), f"the key set and {MEGABYTES} megabytes of white space")


def _chain(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


class Pieces(httpx.AsyncByteStream):
    """A body that is sent piece by piece, and counts what was taken of it."""

    def __init__(self, pieces: Iterator[bytes], *, seconds_each: int = 0) -> None:
        self._pieces = pieces
        self._seconds_each = seconds_each
        self.taken_octets = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Send the pieces, each after its time."""
        for piece in self._pieces:
            for _ in range(self._seconds_each):
                await wait_a_second()
            self.taken_octets += len(piece)
            yield piece


def _streamed(
    pieces: Iterator[bytes], told: str, *, seconds_each: int = 0, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    shown = httpx.Response(200, headers={"content-type": "text/plain"}, text=f"({told})")
    stream = Pieces(pieces, seconds_each=seconds_each)
    return httpx.Response(200, headers=headers, stream=stream, extensions={TOLD: shown})


def _in_parts(count: int, *, seconds_each: int) -> Obstacle:
    def answer(published: bytes) -> httpx.Response:
        size = -(-len(published) // count)
        parts = (published[start : start + size] for start in range(0, len(published), size))
        return _streamed(parts, f"the key set in {count} parts", seconds_each=seconds_each)

    return answer


OBSTACLES: Final[dict[str, Obstacle | None]] = {
    "no obstacle": None,
    "a broken line": _breaks,
    "an error of the issuer": _under(500),
    "a status that says it is a part": _under(206),
    "a page of HTML": _says(b"<!doctype html><title>Sign in</title>", "text/html"),
    "text that is cut short": _says_so(lambda published: published[:-1]),
    "a list in place of a key set": _says(b"[]"),
    "an empty set of keys": _says(b'{"keys":[]}'),
    "a set of keys that nobody can use": _says(json.dumps(UNUSABLE).encode()),
    "an answer without content": _says(b"", status=204),
    "a key set in UTF-16": _says_so(lambda published: published.decode().encode("utf-16")),
    "a key set under a wrong charset": _says_so(bytes, content_type=f"{JWK_SET}; charset=utf-16"),
    "a redirect to another host": _redirects(302, OTHER_HOST),
    "a lasting redirect to another host": _redirects(308, OTHER_HOST),
    "a redirect to plain HTTP": _redirects(307, PLAIN_HTTP),
    "65536 octets": _says_so(_filled_up_to(65_536)),
    "65537 octets": _says_so(_filled_up_to(65_537)),
    "fifty megabytes": _without_end,
    "ten thousand keys": _says_so(_with_many_keys),
    "a compressed key set": _compressed(),
    "ten megabytes, compressed": _compressed(_filled_up_to(10 * MEGABYTE)),
    "an answer in 2 parts, a second each": _in_parts(2, seconds_each=1),
    "an answer in 3 parts, a second each": _in_parts(3, seconds_each=1),
    "an answer in 60 parts, a second each": _in_parts(60, seconds_each=1),
    "a minute of silence": _in_parts(1, seconds_each=60),
}
"""What comes back for the key set. `a key set` is the issuer's own in each of these."""
