"""How the API fetches its keys: what it asks for, whom it trusts, what it takes, and what it says of a failure."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID
from jwt.algorithms import OKPAlgorithm

from reference_impl.api import Policy
from reference_impl.api.keys import Keys
from reference_impl.api.refusals import Reason, Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

POLICY = Policy(issuer="https://app.example", audience="https://api.example")
NOW = 1_800_000_000


def key_set(*key_ids: str) -> bytes:
    keys = [OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate().public_key(), as_dict=True) for _ in key_ids]
    return json.dumps({"keys": [{**key, "kid": kid} for key, kid in zip(keys, key_ids, strict=True)]}).encode()


async def refused(keys: Keys, key_id: str = "key-1", *, now: int = NOW) -> Reason | None:
    """Return why a key is not found, or None where it is."""
    try:
        await keys.find(key_id, now=now)
    except Refusal as refusal:
        return refusal.reason
    return None


class Publisher(httpx.AsyncBaseTransport):
    """Serves one response after another, the last again and again, and keeps the requests."""

    def __init__(self, *responses: httpx.Response | Exception) -> None:
        self.responses = list(responses)
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer after a moment."""
        self.requests.append(request)
        response = self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]
        await asyncio.sleep(0.01)
        if isinstance(response, Exception):
            raise response
        return httpx.Response(response.status_code, headers=response.headers, content=response.content)


def ok(*key_ids: str) -> httpx.Response:
    return httpx.Response(200, content=key_set(*key_ids))


def test_the_key_set_is_asked_for_as_it_is_and_uncompressed() -> None:
    publisher = Publisher(ok("key-1"))
    assert asyncio.run(refused(Keys(POLICY, transport=publisher))) is None
    (request,) = publisher.requests
    assert (request.method, str(request.url)) == ("GET", POLICY.jwks_url)
    assert request.headers["accept-encoding"] == "identity"
    assert request.headers["accept"].startswith("application/jwk-set+json")


def arriving(*pieces: bytes) -> Publisher:
    """Return a publisher whose answer arrives in these pieces, as over a network."""

    class InPieces(Publisher):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            del request

            async def stream() -> AsyncIterator[bytes]:
                for piece in pieces:
                    yield piece

            return httpx.Response(200, content=stream())

    return InPieces()


def test_a_key_set_may_arrive_in_pieces() -> None:
    whole = key_set("key-1")
    assert asyncio.run(refused(Keys(POLICY, transport=arriving(whole)))) is None
    assert asyncio.run(refused(Keys(POLICY, transport=arriving(whole[:20], whole[20:])))) is None


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([key_set("key-1").ljust(65_536)], None),
        ([key_set("key-1").ljust(65_537)], Reason.KEYS_UNREACHABLE),
        ([key_set("key-1"), b" " * 65_536], Reason.KEYS_UNREACHABLE),
    ],
    ids=["at the limit", "an octet over it", "over it in two pieces"],
)
def test_a_key_set_is_at_most_64_kib_large(pieces: list[bytes], expected: Reason | None) -> None:
    assert asyncio.run(refused(Keys(POLICY, transport=arriving(*pieces)))) is expected


def causes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [vars(record)["cause"] for record in caplog.records if vars(record).get("event") == "keys_refresh_failed"]


@pytest.mark.parametrize(
    ("response", "cause"),
    [
        (httpx.Response(503, content=key_set("key-1")), "KeySetMalformed status 503"),
        (httpx.Response(302, headers={"Location": "/keys"}), "KeySetMalformed status 302"),
        (httpx.Response(200, content=key_set("key-1").ljust(70_000)), "KeySetMalformed too large"),
        (httpx.ConnectError("the line is cut"), "ConnectError the line is cut"),
    ],
)
def test_a_fetch_that_fails_is_logged_with_its_cause(
    response: httpx.Response | Exception, cause: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "reference_impl.api")
    keys = Keys(POLICY, transport=Publisher(response, ok("key-1")))
    assert asyncio.run(refused(keys)) is Reason.KEYS_UNREACHABLE
    assert causes(caplog) == [cause]


def test_a_compressed_key_set_is_not_inflated(caplog: pytest.LogCaptureFixture) -> None:
    class Compressed(Publisher):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            del request
            return httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=gzip.compress(key_set("key-1")))

    assert asyncio.run(refused(Keys(POLICY, transport=Compressed(ok())))) is Reason.KEYS_UNREACHABLE
    assert causes(caplog) == ["KeySetMalformed compressed"]


def test_who_comes_while_an_old_set_is_fetched_anew_gets_the_new_one() -> None:
    async def come_twice() -> list[Reason | None]:
        keys = Keys(POLICY, transport=Publisher(ok("key-1"), ok("key-2")))
        assert await refused(keys) is None
        later = NOW + POLICY.jwk_set_lifetime_seconds
        return list(await asyncio.gather(refused(keys, now=later), refused(keys, now=later)))

    assert asyncio.run(come_twice()) == [Reason.KEY_UNKNOWN] * 2


def test_who_comes_while_a_first_fetch_is_tried_again_waits_for_it() -> None:
    async def come_before_any_key() -> list[Reason | None]:
        keys = Keys(POLICY, transport=Publisher(httpx.ConnectError("down"), ok("key-1")))
        assert await refused(keys) is Reason.KEYS_UNREACHABLE
        later = NOW + POLICY.unavailable_retry_seconds
        return list(await asyncio.gather(refused(keys, now=later), refused(keys, now=later)))

    assert asyncio.run(come_before_any_key()) == [None, None]


def test_an_outage_is_not_taken_for_an_attack(caplog: pytest.LogCaptureFixture) -> None:
    async def call_during_the_outage() -> list[Reason | None]:
        keys = Keys(POLICY, transport=Publisher(ok("key-1"), httpx.ConnectError("down")))
        later = NOW + POLICY.jwk_set_lifetime_seconds
        return [await refused(keys, now=now) for now in (NOW, later, later + 1, later + 2)]

    assert asyncio.run(call_during_the_outage()) == [None] * 4
    assert [record for record in caplog.records if vars(record).get("event") == "attack_suspected"] == []


@asynccontextmanager
async def served(body: bytes, certificate: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve a body at /keys over a real socket, and a redirect to it everywhere else; give the port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        head = b"200 OK" if request.startswith(b"GET /keys ") else b"302 Found\r\nLocation: /keys"
        writer.write(b"HTTP/1.1 %b\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (head, len(body), body))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=certificate)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


async def fetched_from(path: str, certificate: ssl.SSLContext | None = None) -> Reason | None:
    """Return whether a key is found in the set that a real server of the loopback interface publishes."""
    async with served(key_set("key-1"), certificate) as port:
        scheme = "http" if certificate is None else "https"
        policy = Policy(
            issuer="http://127.0.0.1",
            audience="a",
            jwks_url=f"{scheme}://127.0.0.1:{port}{path}",
            environment="development",
        )
        return await refused(Keys(policy))


def test_a_redirect_of_the_key_set_is_not_followed() -> None:
    assert asyncio.run(fetched_from("/keys")) is None
    assert asyncio.run(fetched_from("/moved")) is Reason.KEYS_UNREACHABLE


def test_a_server_that_proves_nothing_is_given_no_trust(tmp_path: Path) -> None:
    assert asyncio.run(fetched_from("/keys", unknown_certificate(tmp_path))) is Reason.KEYS_UNREACHABLE


def unknown_certificate(folder: Path) -> ssl.SSLContext:
    """Return a certificate for the loopback interface that nobody vouches for but itself."""
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, None)
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(private + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context
