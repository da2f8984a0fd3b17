"""The instances of a party: which of them a request reaches."""

from collections.abc import Callable

from starlette.types import ASGIApp


class Instances:
    """Keeps the second instance of each party, started when it is first asked for."""

    def __init__(self) -> None:
        self._seconds: dict[str, ASGIApp] = {}

    def choose(self, party: str, instance: str, *, first: ASGIApp, start: Callable[[], ASGIApp]) -> ASGIApp:
        """Return the `first` instance of a party, its `second`, or a `new` one."""
        if instance == "first":
            return first
        if instance == "new":
            return start()
        if party not in self._seconds:
            self._seconds[party] = start()
        return self._seconds[party]
