"""A small web server on a port of this machine, in a thread of its own, that keeps a list of who asked for what."""

import asyncio
import ssl
import threading
from collections.abc import Callable
from typing import Final

import httpx

from steps.targets.loop import PatientEventLoop

PATIENCE_SECONDS: Final = 10.0
LARGEST_REQUEST_OCTETS: Final = 16_384

Answers = Callable[[str], httpx.Response]
"""Make the answer to a GET request for a path; an `httpx.ConnectError` breaks the line instead."""


class Listener:
    """Listens from when it is made until it is closed.

    Args:
        host: an address of this machine.
        port: 0 takes a free one.
        context: has it listen over TLS.

    Raises:
        OSError: somebody else listens there.

    Attributes:
        port: where it listens.
        requests: the path of every request, in order.
        heads: the head of every request, octet for octet, in the same order.
    """

    def __init__(self, answers: Answers, *, host: str, port: int = 0, context: ssl.SSLContext | None = None) -> None:
        self._context = context
        self.answers = answers
        self.host = host
        self.port = port
        self.requests: list[str] = []
        self.heads: list[bytes] = []
        self._is_up = threading.Event()
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._run, name=f"listener at {host}:{port}", daemon=True)
        self._thread.start()
        self._is_up.wait()
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Stop listening."""
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(PATIENCE_SECONDS)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=PatientEventLoop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        try:
            server = await asyncio.start_server(
                self._converse, self.host, self.port, limit=LARGEST_REQUEST_OCTETS, ssl=self._context
            )
        except OSError as error:
            self._error = error
            self._is_up.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._is_up.set()
        await self._end.wait()
        server.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                await self._answer(head, writer)
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError, httpx.ConnectError):
            writer.transport.abort()
        except asyncio.CancelledError:
            # The run is over; on Python 3.11 asyncio would print a traceback about it.
            return
        finally:
            writer.close()

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        method, target, *_ = (*head.split(b"\r\n", 1)[0].decode("latin-1").split(" "), "", "")
        self.requests.append(target)
        self.heads.append(head)
        response = self.answers(target.partition("?")[0])
        lines = [f"HTTP/1.1 {response.status_code} {response.reason_phrase}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in response.headers.items() if name != "transfer-encoding"]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        assert isinstance(response.stream, httpx.AsyncByteStream)
        # Without a length, or with one that is told: the line's end is the answer's.
        if method == "HEAD":
            return
        async for piece in response.stream:
            writer.write(piece)
            await writer.drain()
