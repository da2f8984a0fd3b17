"""Octets that no client library would send, over a real socket: what the server lets through, the API refuses."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import uvicorn

from reference_impl.api import Policy, create_app
from tests.adversity.trusted import AUDIENCE, ISSUER, NOW, Trusted, publisher

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_SECONDS = 5

CREDENTIALS = {
    "NUL in the token": b"Bearer %b\0",
    "NUL before the scheme": b"\0Bearer %b",
    "bare CR": b"Bearer %b\rX: y",
    "bare LF": b"Bearer %b\nX y",
    "DEL": b"Bearer %b\x7f",
    "Latin-1": b"Bearer %b\xe9",
    "UTF-8": "Bearer é".encode() + b"%b",
    "tab as separator": b"Bearer\t%b",
    "a second header": b"Bearer %b\r\nauthorization: Bearer %b",
    "a second header after a folded line": b"Bearer x\r\n y\r\nAuthorization: Bearer %b",
    "white space before the colon": b"x\r\nAuthorization : Bearer %b",
    "a fold into two tokens": b"Bearer x\r\n %b",
}
"""What stands in the header; `%b` is a live token."""

TARGETS = [b"//me", b"/./me", b"/x/../me", b"/%2e/me", b"/me/", b"/me;x", b"/me%00", b"/ME", b"/openapi.json/../me"]


class Socket:
    """The API behind a real server, and who holds the key it trusts."""

    def __init__(self, trusted: Trusted, port: int) -> None:
        self.trusted, self.port = trusted, port

    def send(self, target: bytes, *lines: bytes) -> bytes:
        """Send a request as it is written, and return the status of its answer."""
        request = b"GET %b HTTP/1.1\r\nHost: api\r\nConnection: close\r\n" % target
        return self.trusted.runner.run(self._send(request + b"".join(line + b"\r\n" for line in lines) + b"\r\n"))

    async def _send(self, request: bytes) -> bytes:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(request)
            answer = await reader.read()
            writer.close()
        return answer.split(b" ", 2)[1]


@pytest.fixture(scope="module", params=["httptools", "h11"])
def served(request: pytest.FixtureRequest) -> Iterator[Socket]:
    """Serve the API by uvicorn, with each of its two parsers."""
    with Trusted() as trusted:
        policy = Policy(issuer=ISSUER, audience=AUDIENCE, environment="development")
        app = create_app(policy, clock=lambda: NOW, transport=publisher(trusted.keys))
        config = uvicorn.Config(app, port=0, http=request.param, ws="none", lifespan="off", log_level="critical")
        server = uvicorn.Server(config)
        task = trusted.runner.get_loop().create_task(server.serve())
        while not server.started:
            trusted.runner.run(asyncio.sleep(0.01))
        yield Socket(trusted, server.servers[0].sockets[0].getsockname()[1])
        server.should_exit = True
        trusted.runner.run(asyncio.wait_for(task, PATIENCE_SECONDS))


def test_a_live_token_is_granted(served: Socket) -> None:
    assert served.send(b"/me", b"Authorization: Bearer " + served.trusted.token().encode()) == b"200"


@pytest.mark.parametrize("written", CREDENTIALS.values(), ids=CREDENTIALS)
def test_misshapen_credentials_are_refused_and_fail_nothing(served: Socket, written: bytes) -> None:
    line = b"Authorization: " + written.replace(b"%b", served.trusted.token().encode())
    assert served.send(b"/me", line) in {b"400", b"401"}


@pytest.mark.parametrize("target", TARGETS)
def test_no_spelling_of_a_path_opens_it(served: Socket, target: bytes) -> None:
    assert served.send(target) in {b"400", b"401"}
