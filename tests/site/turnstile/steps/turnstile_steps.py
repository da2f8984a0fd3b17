"""The steps of the sample project, and the turnstile they drive over HTTP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from pytest_bdd import given, parsers, then, when

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping
    from typing import Any

    from watchword.recorder.exchanges import Exchanges


class Turnstile:
    """A gate that opens for a coin and closes behind a person; it never learns to refuse a button."""

    def __init__(self) -> None:
        self.state = "locked"

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        """Answer one request."""
        await receive()
        allowed = self._meet(str(scope["path"]).removeprefix("/"))
        headers = [(b"content-type", b"application/json"), (b"x-says", b'"<b>#1; {go} |~ `now`"')]
        await send({"type": "http.response.start", "status": 200 if allowed else 409, "headers": headers})
        body = b'{"said": "<script>alert(1)</script>"}' if allowed else b'{"code": "gate_locked"}'
        await send({"type": "http.response.body", "body": body})

    def _meet(self, event: str) -> bool:
        if event == "push" and self.state == "locked":
            return False
        self.state = "locked" if event == "push" else "unlocked"
        return True


class Visitor:
    """Someone at the turnstile."""

    def __init__(self, exchanges: Exchanges) -> None:
        self.gate = Turnstile()
        self._exchanges = exchanges
        self.answer = ""

    def act(self, event: str) -> None:
        """Do something to the gate, and remember what it said."""
        self.answer = asyncio.run(self._send(event))

    async def _send(self, event: str) -> str:
        transport = httpx.ASGITransport(app=self.gate)
        hooks = self._exchanges.hooks("Visitor #1; <b>", "Gate {end}")
        async with httpx.AsyncClient(transport=transport, base_url="http://gate.test", event_hooks=hooks) as client:
            response = await client.post(f"/{event}")
        self._exchanges.note("log", reason=f"{event}; #done <i>")
        return "opens" if response.is_success else "stays shut"


@pytest.fixture
def visitor(exchanges: Exchanges) -> Visitor:
    return Visitor(exchanges)


@given(parsers.parse("the gate is {state}"))
def _given_state(visitor: Visitor, state: str) -> None:
    visitor.gate.state = state


@given(parsers.parse("the sign reads {sign}"))
def _given_sign(sign: str) -> None:
    assert sign


@given("these tariffs:")
def _given_tariffs(datatable: list[list[str]]) -> None:
    assert len(datatable) > 1


@given("the notice:")
def _given_notice(docstring: str) -> None:
    assert docstring


@given("nobody is on duty")
def _given_out_of_order() -> None:
    pytest.skip("nobody is on duty")


@when(parsers.parse("a visitor does {event}"))
def _when_event(visitor: Visitor, event: str) -> None:
    visitor.act(event)


@then(parsers.parse("the gate {answer} and is {state}"))
def _then_answer(visitor: Visitor, answer: str, state: str) -> None:
    assert (visitor.answer, visitor.gate.state) == (answer, state), "the gate <b>did not</b> do as `told`"
