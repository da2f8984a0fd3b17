"""An event loop whose clock can be put forward: what waits for ever is waited for in no time."""

import asyncio


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


TURNS_PER_SECOND = 200
"""How often everybody else gets a turn in a second of waiting: more than any request in this process needs."""


async def wait_a_second() -> None:
    """Wait for a second of the loop's time, while all other work goes on.

    Raises:
        AssertionError: the loop is one whose seconds have to be lived through.
    """
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SkippingEventLoop), "this wait would be a real one"
    for _ in range(TURNS_PER_SECOND):
        await asyncio.sleep(0)
    loop.skip(1)
    # Whose time is over by now is told before this second's work goes on.
    await asyncio.sleep(0)
    await asyncio.sleep(0)
