"""A load generator: some connections kept open, on each one request after the other.

It runs in a process of its own and parses no more of an answer than its length, so that it is never what is measured.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import cast

import uvloop

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length: "
_ENDLESS = 2**62
_PATIENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and the status that must come back."""

    port: int
    path: str
    tokens: tuple[str, ...] = ()
    status: int = 200

    def heads(self) -> list[bytes]:
        """Return the requests as bytes, one for each token."""
        first = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        credentials = [f"Authorization: Bearer {token}\r\n" for token in self.tokens] or [""]
        return [f"{first}{line}\r\n".encode() for line in credentials]


class UnexpectedAnswer(Exception):  # noqa: N818 -- reads as the fact it states
    """A server answered something else than was expected; a refusal must not pass for a fast answer."""


class _Asking(asyncio.Protocol):
    def __init__(self, heads: list[bytes], status: int, first: int, until: float, count: int) -> None:
        self._heads = heads
        self._expected = b"HTTP/1.1 %d " % status
        self._until = until
        self._left = count
        self._turn = first
        self._received = b""
        self.answered = 0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have asyncio's methods, not its classes.
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(_END_OF_HEAD)
        if not found or len(body) < _length(head):
            return
        if not head.startswith(self._expected):
            self._end(UnexpectedAnswer(self._received[:300].decode("latin-1")))
            return
        self._received = b""
        self.answered += 1
        if self.answered < self._left and time.perf_counter() < self._until:
            self._ask()
        else:
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(exc or UnexpectedAnswer("the server closed the connection"))

    def _ask(self) -> None:
        self._transport.write(self._heads[self._turn % len(self._heads)])
        self._turn += 1

    def _end(self, problem: UnexpectedAnswer | None = None) -> None:
        if problem is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(problem)
        self._transport.close()


def drive(request: Request, *, connections: int, seconds: float) -> tuple[int, float]:
    """Ask as fast as answers come; return how many came, and in how many seconds.

    Raises:
        UnexpectedAnswer: a status other than the request's.
    """
    return uvloop.run(_drive(request, connections, seconds, count=_ENDLESS))


def send_each(request: Request, *, connections: int) -> int:
    """Send every token of the request once; return how many answers came.

    Raises:
        UnexpectedAnswer: a status other than the request's.
    """
    return uvloop.run(_send_each(request, connections))


async def _drive(request: Request, connections: int, seconds: float, count: int) -> tuple[int, float]:
    heads = request.heads()
    started = time.perf_counter()
    asking = [
        await _connect(_Asking(heads, request.status, number * 17, started + seconds, count), request.port)
        for number in range(connections)
    ]
    async with asyncio.timeout(seconds + _PATIENCE_SECONDS):
        await asyncio.gather(*(one.ended for one in asking))
    return sum(one.answered for one in asking), time.perf_counter() - started


async def _send_each(request: Request, connections: int) -> int:
    heads = request.heads()
    shares = [heads[number::connections] for number in range(connections)]
    asking = [
        await _connect(_Asking(share, request.status, 0, float("inf"), len(share)), request.port)
        for share in shares
        if share
    ]
    await asyncio.gather(*(one.ended for one in asking))
    return sum(one.answered for one in asking)


async def _connect(asking: _Asking, port: int) -> _Asking:
    await asyncio.get_running_loop().create_connection(lambda: asking, "127.0.0.1", port)
    return asking


def _length(head: bytes) -> int:
    start = head.lower().find(_LENGTH) + len(_LENGTH)
    return int(head[start : start + 12].partition(b"\r")[0])
