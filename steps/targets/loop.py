"""An event loop whose clock can be put forward: what waits for ever is waited for in no time."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol, Self, TypeVar

import anyio.to_thread

T = TypeVar("T")


class SkippingEventLoop(asyncio.SelectorEventLoop):
    """The standard event loop, on which seconds can pass that nobody has to live through."""

    def __init__(self) -> None:
        super().__init__()
        self._skipped_seconds = 0.0

    def time(self) -> float:
        """Return the loop's time: every timeout is reckoned in it."""
        return super().time() + self._skipped_seconds

    def skip(self, seconds: float) -> None:
        """Let so many seconds have passed."""
        self._skipped_seconds += seconds


class PatientEventLoop(asyncio.SelectorEventLoop):
    """The standard event loop, for a party that is not alone in the world: its seconds have to be lived through."""


TURNS_PER_SECOND = 200
"""How often everybody else gets a turn in a second of waiting: more than any request in this process needs."""


async def wait_a_second() -> None:
    """Wait for a second of the loop's time, while all other work goes on.

    Raises:
        AssertionError: the loop is one whose seconds have to be lived through.
    """
    loop = asyncio.get_running_loop()
    if isinstance(loop, PatientEventLoop):
        await asyncio.sleep(1)
        return
    assert isinstance(loop, SkippingEventLoop), "this wait would be a real one"
    for _ in range(TURNS_PER_SECOND):
        await asyncio.sleep(0)
    loop.skip(1)
    # Whose time is over by now is told before this second's work goes on.
    await asyncio.sleep(0)
    await asyncio.sleep(0)


class Runner(Protocol):
    """What waits for a coroutine: the standard library's runner, or the one below."""

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop it waits in."""

    def run(self, coro: Coroutine[Any, Any, T]) -> T:
        """Wait for a coroutine."""


class StandingRunner:
    """A runner for thousands of short coroutines: what the first of them needed still stands for the next.

    The standard runner takes Ctrl-C over for each of them anew. And AnyIO ends its worker threads with the task that
    they were started for: here that is a task which lasts as long as the runner.
    """

    def __init__(self) -> None:
        self._runner = asyncio.Runner(loop_factory=SkippingEventLoop)

    def __enter__(self) -> Self:
        """Start a worker thread, and the task it belongs to."""
        loop = self.get_loop()
        self._host = loop.create_task(_keep_thread(loop))
        loop.run_forever()
        return self

    def __exit__(self, *_: object) -> None:
        """End what still runs."""
        self._runner.close()

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop it waits in."""
        return self._runner.get_loop()

    def run(self, coro: Coroutine[Any, Any, T]) -> T:
        """Wait for a coroutine."""
        return self.get_loop().run_until_complete(coro)


async def _keep_thread(loop: asyncio.AbstractEventLoop) -> None:
    await anyio.to_thread.run_sync(int)
    loop.stop()
    await loop.create_future()
