"""What the API serves: just enough to show who calls, and where authorization begins."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, WebSocket
from pydantic import BaseModel, Field

from .authentication import CurrentCaller
from .claims import Claims
from .clock import Clock
from .policy import Policy
from .problems import REFUSALS
from .refusals import Code, Reason, Refusal

router = APIRouter(responses=REFUSALS)


class Greeting(BaseModel):
    """What anybody may read."""

    message: str


class Identity(BaseModel):
    """The caller, as the token says."""

    sub: str
    sid: str
    client_id: str


class Utterance(BaseModel):
    """A text, said and repeated."""

    text: Annotated[str, Field(max_length=1000)]


@router.get("/")
async def greet() -> Greeting:
    """Answer anybody."""
    return Greeting(message="This API verifies access tokens.")


@router.get("/me")
async def read_identity(caller: CurrentCaller) -> Identity:
    """Answer who calls."""
    return _identity(caller)


@router.post("/echo")
async def repeat(caller: CurrentCaller, utterance: Utterance) -> Utterance:
    """Repeat a text to a known caller."""
    del caller
    return utterance


@router.get("/accounts/{subject}")
async def read_account(subject: str, caller: CurrentCaller) -> Identity:
    """Answer an account to its owner; that is authorization, decided after authentication.

    Source: ASVS 8.2.2, 8.3.1.
    """
    if subject != caller.subject:
        raise Refusal(Reason.NOT_THE_OWNER)
    return _identity(caller)


@router.websocket("/live")
async def converse(socket: WebSocket, caller: CurrentCaller) -> None:
    """Repeat texts until the token that opened the conversation would be refused.

    Source: ASVS 9.2.1; docs/decisions/api-answers.md.
    """
    await socket.accept()
    policy, clock = socket.app.state.policy, socket.app.state.clock
    while (seconds := _seconds_left(caller, policy, clock)) > 0:
        try:
            async with asyncio.timeout(seconds):
                message = await socket.receive()
        except TimeoutError:
            break
        if message["type"] == "websocket.disconnect":
            return
        if _seconds_left(caller, policy, clock) > 0:
            await socket.send({**message, "type": "websocket.send"})
    await socket.close(code=1008, reason=Code.TOKEN_EXPIRED)


def _seconds_left(caller: Claims, policy: Policy, clock: Clock) -> float:
    return caller.expires_at + policy.leeway_seconds - int(clock())


def _identity(caller: Claims) -> Identity:
    return Identity(sub=caller.subject, sid=caller.session_id, client_id=caller.client_id)
