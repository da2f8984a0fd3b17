"""What mutation testing changed in the API without any test noticing, noticed here (docs/decisions/mutants.md)."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from reference_impl.api import Policy
from reference_impl.api.claims import read_claims
from reference_impl.api.credentials import read_credentials
from reference_impl.api.keys import Keys
from reference_impl.api.refusals import Reason, Refusal
from reference_impl.api.structure import MalformedJson, parse_object, read_header

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

POLICY = Policy(issuer="https://app.example", audience="https://api.example")
KEY_ID, NOW = "key-1", 1_800_000_000


def nested(depth: int, *, beside: str = "") -> bytes:
    """Return an object so many levels deep, itself the first, and what stands beside its depths."""
    lists = depth - 1
    return f'{{"deep":{"[" * lists}{"]" * lists}{beside}}}'.encode()


@pytest.mark.parametrize("beside", ["", ',"shallow":[]', ',"shallow":{}', ',"text":"[[[[{{{{"', ',"[[[[":"]]]]"'])
def test_sixteen_levels_are_parsed_whatever_stands_beside_them(beside: str) -> None:
    assert parse_object(nested(16, beside=beside))["deep"]


@pytest.mark.parametrize("beside", ["", ',"shallow":[]', ',"text":"]]]]}}}}"', ',"]]]]":"[[[["'])
def test_seventeen_levels_are_refused_whatever_stands_beside_them(beside: str) -> None:
    with pytest.raises(MalformedJson):
        parse_object(nested(17, beside=beside))


def test_what_is_closed_again_is_no_depth() -> None:
    wide = b'{"wide":[%b]}' % b",".join([b'{"a":[]}'] * 50)
    assert len(str(parse_object(wide)["wide"])) > 50


class Published(httpx.AsyncBaseTransport):
    """Serves a JWK Set in pieces, as a network does."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer with the pieces, one by one."""
        del request

        async def stream() -> AsyncIterator[bytes]:
            for piece in self.pieces:
                yield piece

        return httpx.Response(200, content=stream())


def refused(*pieces: bytes) -> Reason | None:
    """Return why no key is found in a JWK Set that arrives in these pieces, or None where one is."""
    keys = Keys(POLICY, transport=Published(*pieces))
    try:
        asyncio.run(keys.find(KEY_ID, now=NOW))
    except Refusal as refusal:
        return refusal.reason
    return None


def key_set(size: int = 0) -> bytes:
    """Return a JWK Set of one usable key, filled up to a size in bytes."""
    jwk = OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate().public_key(), as_dict=True)
    return json.dumps({"keys": [{**jwk, "kid": KEY_ID}]}).encode().ljust(size)


def test_a_key_set_may_arrive_in_pieces() -> None:
    whole = key_set()
    assert refused(whole) is None
    assert refused(whole[:20], whole[20:]) is None


def test_a_key_set_is_taken_up_to_its_largest_size() -> None:
    largest = POLICY.largest_jwk_set_bytes
    assert refused(key_set(largest)) is None
    assert refused(key_set(largest + 1)) is Reason.KEYS_UNREACHABLE
    assert refused(key_set(), b" " * largest) is Reason.KEYS_UNREACHABLE


def credentials(value: bytes, query: bytes = b"") -> str | None:
    """Return the token that the API reads from an Authorization header."""
    scope = {"type": "http", "headers": [(b"authorization", value)], "query_string": query}
    return read_credentials(scope, largest_token_bytes=POLICY.largest_token_bytes)


@pytest.mark.parametrize("token", ["X.a.X", "XX", "a.b.c"])
def test_no_letter_of_a_token_is_taken_for_the_space_around_it(token: str) -> None:
    assert credentials(f" Bearer  {token}\t".encode()) == token


@pytest.mark.parametrize("value", [b"Bearer a.b.c\x0b", b"Bearer a.b.c\n", b"Bearer \x0ca.b.c", b"Bearer \ta.b.c"])
def test_only_the_white_space_of_http_surrounds_a_token(value: bytes) -> None:
    with pytest.raises(Refusal, check=lambda refusal: refusal.reason is Reason.CREDENTIALS_MALFORMED):
        credentials(value)


def test_a_query_without_a_token_is_no_matter_of_authentication() -> None:
    assert credentials(b"Bearer a.b.c", b"page=2&access=token") == "a.b.c"


def test_a_key_id_may_have_255_characters() -> None:
    header: dict[str, object] = {"alg": "EdDSA", "typ": "at+jwt", "kid": "k" * 255}
    assert read_header(header, algorithms=frozenset({"EdDSA"})) == ("EdDSA", "k" * 255)


def test_a_token_may_be_good_since_the_first_second_of_all() -> None:
    texts = {name: name for name in ("iss", "sub", "aud", "client_id", "jti", "sid")}
    assert read_claims({**texts, "iat": NOW, "exp": NOW + 300, "nbf": 1}).not_before == 1
