"""What a server sends after HEAD is seen, though HTTP gives that answer no body."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from steps.targets.remote_wire import send

HEADER = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n"


@pytest.mark.parametrize("hangs_up", [True, False])
@pytest.mark.parametrize(("method", "body"), [("HEAD", b""), ("HEAD", b"{}"), ("GET", b"{}")])
def test_what_is_sent_after_a_header_is_seen(method: str, body: bytes, *, hangs_up: bool) -> None:
    answer = asyncio.run(ask(method, HEADER + body, hangs_up=hangs_up))
    assert (answer.status_code, answer.content) == (401, body)


async def ask(method: str, octets: bytes, *, hangs_up: bool) -> httpx.Response:
    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(octets)
        if not hangs_up:
            await reader.read()  # until the client does
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(converse, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        answer = await send(httpx.Request(method, f"http://{host}:{port}/"))
        await asyncio.sleep(0.01)  # both ends close in their own time
        return answer
