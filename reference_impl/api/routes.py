"""What the API serves: just enough to show who calls, and where authorization begins."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, Field

from .authentication import Caller, CurrentCaller
from .clock import Clock
from .policy import Policy
from .refusals import Code, Reason, Refusal

router = APIRouter()


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


@router.head("/", include_in_schema=False)
@router.get("/")
async def greet() -> Greeting:
    """Answer anybody."""
    return Greeting(message="This API verifies access tokens.")


@router.head("/me", include_in_schema=False)
@router.get("/me")
async def read_identity(caller: CurrentCaller) -> Identity:
    """Answer who calls."""
    return _identity(caller)


@router.post("/echo")
async def repeat(caller: CurrentCaller, utterance: Utterance) -> Utterance:
    """Repeat a text to a known caller."""
    del caller
    return utterance


@router.head("/accounts/{subject}", include_in_schema=False)
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
    try:
        while (left := _seconds_left(socket, caller)) > 0:
            async with asyncio.timeout(left):
                text = await socket.receive_text()
            if _seconds_left(socket, caller) > 0:
                await socket.send_text(text)
    except WebSocketDisconnect:
        return
    except TimeoutError:
        pass
    await socket.close(code=1008, reason=Code.TOKEN_EXPIRED)


def _seconds_left(socket: WebSocket, caller: Caller) -> float:
    policy: Policy = socket.app.state.policy
    clock: Clock = socket.app.state.clock
    return caller.expires_at + policy.leeway_seconds - int(clock())


def _identity(caller: Caller) -> Identity:
    return Identity(sub=caller.subject, sid=caller.session_id, client_id=caller.client_id)
