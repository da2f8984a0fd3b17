"""A WebSocket to a foreign API: one token at the handshake, and what the API does with it afterwards."""

import asyncio
from typing import Final

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from steps.targets.remote_wire import PATIENCE_SECONDS, NoAnswer
from steps.targets.unseen import NotObserved
from steps.vocabulary import GRANTED, Verdict

TEXT: Final = "Are you there?"
SILENCE_SECONDS: Final = 8
"""How long a channel may stay open on which it is only waited for its end, a few seconds after its beginning."""

NO_CHANNEL: Final = frozenset({200, 204, 404, 405, 426, 501})
"""What is answered to a handshake where no WebSocket is."""

CLOSED: Final = Verdict("closed")
"""What became of a channel that the API has closed; by which words, is its own matter."""


class RemoteChannel:
    """A channel, from its handshake to its end.

    Args:
        runner: the event loop that the whole run uses.
    """

    def __init__(self, runner: asyncio.Runner) -> None:
        self._runner = runner
        self._socket: ClientConnection | None = None
        self.was_used = False

    def open(self, request: httpx.Request) -> httpx.Response:
        """Send the handshake and return the API's answer.

        Raises:
            NoAnswer: there is none.
        """
        return self._runner.run(self._open(request))

    async def _open(self, request: httpx.Request) -> httpx.Response:
        address = str(request.url.copy_with(scheme="ws"))
        headers = [
            (name.decode(), value.decode("latin-1")) for name, value in request.headers.raw if name.lower() != b"host"
        ]
        try:
            self._socket = await connect(
                address, additional_headers=headers, open_timeout=PATIENCE_SECONDS, user_agent_header=None, proxy=None
            )
        except InvalidStatus as refusal:
            answer = refusal.response
            if answer.status_code in NO_CHANNEL:
                raise NotObserved(f"no WebSocket is at {request.url.path} (it answers {answer.status_code})") from None
            headers = [*answer.headers.raw_items()]
            return httpx.Response(
                answer.status_code, headers=headers, content=bytes(answer.body or b""), request=request
            )
        except (InvalidHandshake, OSError, TimeoutError) as error:
            raise NoAnswer(f"the handshake with {request.url.netloc.decode()} came to nothing ({error})") from None
        return httpx.Response(httpx.codes.SWITCHING_PROTOCOLS, request=request)

    def speak(self) -> Verdict:
        """Send a text and return what came of it: granted if anything came back."""
        return self._runner.run(self._converse(TEXT, PATIENCE_SECONDS))

    def listen(self) -> Verdict:
        """Wait for the API to close the channel.

        Raises:
            AssertionError: it stays open.
        """
        return self._runner.run(self._converse(None, SILENCE_SECONDS))

    async def _converse(self, text: str | None, patience_seconds: float) -> Verdict:
        assert self._socket is not None, "the channel was not opened"
        self.was_used = True
        try:
            async with asyncio.timeout(patience_seconds):
                if text is not None:
                    await self._socket.send(text)
                await self._socket.recv()
        except ConnectionClosed:
            return CLOSED
        except TimeoutError:
            raise AssertionError(f"the channel stays open, and nothing comes in {patience_seconds:g} seconds") from None
        return GRANTED

    def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            self._runner.run(self._socket.close())
