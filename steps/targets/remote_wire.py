"""A request to a foreign server, octet for octet, and its answer within limits.

HTTP clients correct what they send. A scenario means what it says, so the octets are written as they are; only the
answer is read by a library.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import h11
import httpx

from steps.targets.unseen import Inapplicable, NotObserved
from steps.targets.wire import ASKED_SCHEME, Exchange, Habit, Hooks, Sent, Wire

PATIENCE_SECONDS: Final = 10.0
"""How long a server may take for one answer, from the first octet sent to the last one received."""

LARGEST_ANSWER_OCTETS: Final = 1_000_000
LARGEST_HEADER_OCTETS: Final = 16_384
"""What a server reads of a header at least, by common default; some hang up beyond it."""

HUNG_UP: Final = "(the server hung up on so large a header)"
PIECE_OCTETS: Final = 65_536
PAUSE_SECONDS: Final = 0.005
LINGER_SECONDS: Final = 0.5
"""For how long a server that does not hang up, as it was asked to, may still send what belongs to no answer."""

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class NoAnswer(AssertionError):  # noqa: N818 -- named as what happened
    """A server gave no answer, or none that ends; the message is one sentence."""


class Line:
    """A connection that is kept from one request to the next, where the server keeps it too."""

    def __init__(self) -> None:
        self._streams: Streams | None = None

    async def converse(self, request: httpx.Request) -> httpx.Response:
        """Send a request on it and return the answer."""
        if self._streams is not None and not self._streams[0].at_eof():
            # The server may have closed it meanwhile.
            with suppress(NoAnswer, OSError, h11.RemoteProtocolError):
                return await self._ask(self._streams, request)
        self.close()
        return await self._ask(await _open(request.url), request)

    async def _ask(self, streams: Streams, request: httpx.Request) -> httpx.Response:
        self._streams = streams
        response = await _converse(*streams, request, is_last=False)
        if response.headers.get("connection", "").lower() == "close" or response.http_version == "HTTP/1.0":
            self.close()
        return response

    def close(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


async def _open(url: httpx.URL) -> Streams:
    return await asyncio.open_connection(url.host, url.port or 80, limit=PIECE_OCTETS)


async def send(
    request: httpx.Request, *, patience_seconds: float = PATIENCE_SECONDS, line: Line | None = None
) -> httpx.Response:
    """Send a request as it stands and return the answer; redirects are not followed.

    Args:
        line: the connection to send it on; without one it has its own.

    Raises:
        NoAnswer: nobody listens, the line breaks, the answer is not HTTP, too late or too large.
    """
    try:
        async with asyncio.timeout(patience_seconds):
            if line is not None:
                return await line.converse(request)
            reader, writer = await _open(request.url)
            try:
                return await _converse(reader, writer, request)
            finally:
                writer.close()
    except TimeoutError:
        raise NoAnswer(f"{request.url.netloc.decode()} gave no whole answer in {patience_seconds:g} seconds") from None
    except ConnectionRefusedError:
        raise NoAnswer(f"nobody listens at {request.url.netloc.decode()}") from None
    except OSError as error:
        raise NoAnswer(f"the line to {request.url.netloc.decode()} broke ({type(error).__name__})") from None
    except h11.RemoteProtocolError as error:
        raise NoAnswer(f"{request.url.netloc.decode()} did not answer in HTTP: {error}") from None


async def send_many(requests: Sequence[httpx.Request], *, at_a_time: int) -> list[httpx.Response]:
    """Send many requests, so many of them at a time, and return their answers in the same order.

    Raises:
        NoAnswer: one was not answered.
    """
    places = asyncio.Semaphore(at_a_time)

    async def one(request: httpx.Request) -> httpx.Response:
        async with places:
            return await send(request)

    return await asyncio.gather(*(one(request) for request in requests))


async def overtake(
    first: httpx.Request, second: httpx.Request, *, until: Callable[[], bool]
) -> tuple[httpx.Response, bool]:
    """Send a second request once a first has come so far, before that is answered.

    Returns:
        The answer to the second, and whether the first had its answer by then.

    Raises:
        NoAnswer: one of them was not answered.
        NotObserved: the first was answered before it came so far.
    """
    waiting = asyncio.create_task(send(first))
    while not until():
        if waiting.done():
            raise NotObserved("the API answered the first request without looking for its key")
        await asyncio.sleep(PAUSE_SECONDS)
    answer = await send(second)
    has_waited = waiting.done()
    await waiting
    return answer, has_waited


async def _converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: httpx.Request, *, is_last: bool = True
) -> httpx.Response:
    octets = _octets(request, is_last=is_last)
    try:
        writer.write(octets)
        await writer.drain()
        return await _read(reader, request, is_last=is_last)
    except (ConnectionError, h11.RemoteProtocolError, NoAnswer):
        # A server may hang up on a header that it will not read, before all of it was sent.
        if len(octets) < LARGEST_HEADER_OCTETS:
            raise
        return httpx.Response(httpx.codes.REQUEST_HEADER_FIELDS_TOO_LARGE, text=HUNG_UP, request=request)


def _octets(request: httpx.Request, *, is_last: bool) -> bytes:
    head = request.method.encode() + b" " + request.url.raw_path + b" HTTP/1.1\r\n"
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in request.headers.raw)
    return head + lines + (b"Connection: close\r\n" if is_last else b"") + b"\r\n" + request.content


async def _read(reader: asyncio.StreamReader, request: httpx.Request, *, is_last: bool) -> httpx.Response:
    # The library is told that a request of this method was sent, so that it knows which answers have no body.
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method=request.method, target="/", headers=[("Host", "any")]))
    connection.send(h11.EndOfMessage())
    start: h11.Response | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            piece = await reader.read(PIECE_OCTETS)
            if not piece and not connection.trailing_data[0] and start is None:
                raise NoAnswer("the connection was closed without an answer")
            connection.receive_data(piece)
        elif isinstance(event, h11.Response):
            start = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > LARGEST_ANSWER_OCTETS:
                raise NoAnswer(f"the answer does not end within {LARGEST_ANSWER_OCTETS} octets")
        elif isinstance(event, h11.EndOfMessage):
            break
        elif isinstance(event, h11.ConnectionClosed):
            raise NoAnswer("the connection was closed without an answer")
    assert start is not None, "an answer ends after it began"
    if request.method == "HEAD" and is_last:
        # HTTP ends this answer with its header (RFC 9110 §9.3.2). What is sent all the same is shown as its body.
        body += connection.trailing_data[0] + await _rest(reader)
    return httpx.Response(
        start.status_code,
        headers=_without_coding(start),
        content=bytes(body),
        request=request,
        extensions={"http_version": b"HTTP/" + start.http_version},
    )


async def _rest(reader: asyncio.StreamReader) -> bytes:
    rest = bytearray()
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(LINGER_SECONDS):
            while len(rest) < LARGEST_ANSWER_OCTETS and (piece := await reader.read(PIECE_OCTETS)):
                rest += piece
    return bytes(rest)


def _without_coding(start: h11.Response) -> list[tuple[bytes, bytes]]:
    # The body is whole by now; compressed ones were not asked for and are shown as they are.
    gone = {b"transfer-encoding", b"content-encoding", b"content-length"}
    return [(name, value) for name, value in start.headers.raw_items() if name.lower() not in gone]


class RemoteWire(Wire):
    """A wire to a foreign server.

    Args:
        sent: keeps every request, and its answer where there was one.
        line: the connection that all requests are sent on; without one each has its own.
    """

    def __init__(
        self,
        *,
        habits: Sequence[Habit],
        hooks: Hooks,
        archive: list[Exchange],
        sent: list[Sent],
        line: Line | None = None,
    ) -> None:
        super().__init__(habits=habits, hooks=hooks, archive=archive)
        self._line = line
        self._sent = sent

    async def carry(self, request: httpx.Request) -> httpx.Response:
        """Write the request's octets as they are, and read the answer within limits."""
        if request.extensions.get(ASKED_SCHEME) == "https" and "x-forwarded-proto" not in request.headers:
            raise Inapplicable("on loopback every call is over plain HTTP")
        self._sent.append((request, None))
        response = await send(request, line=self._line)
        self._sent[-1] = (request, response)
        return response
