"""A recorded exchange, arranged for reading: what was asked, what was answered, what the tokens said."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchword.run import Exchange, Result, Token

# Said on every exchange by every client and server; they tell a reader nothing about the scenario.
_UNTELLING = frozenset(
    {"accept", "accept-encoding", "connection", "content-length", "date", "host", "server", "user-agent"}
)
BODY_LENGTH = 4000
MILLISECOND = 0.001


@dataclass(frozen=True)
class PrintedToken:
    """A token taken apart."""

    name: str
    length: int
    header: str
    claims: str
    problem: str


@dataclass(frozen=True)
class PrintedExchange:
    """One request and its answer, every part ready to print."""

    sender: str
    receiver: str
    method: str
    target: str
    url: str
    status: int | None
    answer: str
    milliseconds: str
    request_headers: tuple[tuple[str, str], ...] = ()
    request_body: str = ""
    response_headers: tuple[tuple[str, str], ...] = ()
    response_body: str = ""
    tokens: tuple[PrintedToken, ...] = ()
    is_brief: bool = False


def printed(exchange: Exchange, shown: set[str]) -> PrintedExchange:
    """Arrange one exchange for print.

    Args:
        exchange: the exchange.
        shown: the names of the tokens already taken apart; each is shown once, where it first appears.
    """
    tokens = [token for token in exchange.tokens if token.name not in shown]
    shown.update(token.name for token in tokens)
    return replace(
        briefly(exchange),
        request_headers=telling(exchange.request_headers),
        request_body=_body(exchange.request_body),
        response_headers=telling(exchange.response_headers),
        response_body=_body(exchange.response_body),
        tokens=tuple(_token(token) for token in tokens),
        is_brief=False,
    )


def briefly(exchange: Exchange) -> PrintedExchange:
    """Arrange what was asked and how it was answered, and no more."""
    return PrintedExchange(
        sender=exchange.sender,
        receiver=exchange.receiver,
        method=exchange.method,
        target=target(exchange.url),
        url=exchange.url,
        status=exchange.status,
        answer=answer(exchange),
        milliseconds=milliseconds(exchange.seconds),
        is_brief=True,
    )


def deciding(result: Result) -> Exchange | None:
    """Find the exchange that a case comes to: the last of whoever speaks first in the last step that has some."""
    last = next((step.exchanges for step in reversed(result.steps) if step.exchanges), ())
    return next((exchange for exchange in reversed(last) if exchange.sender == last[0].sender), None)


def target(url: str) -> str:
    """The part of an address that names the resource."""
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def answer(exchange: Exchange) -> str:
    """Say an answer in a few words: its status, and the code or the phrase that goes with it."""
    if exchange.status is None:
        return "no answer"
    body = _json(exchange.response_body)
    code = body.get("code") if isinstance(body, dict) else None
    return f"{exchange.status} {code if isinstance(code, str) else _phrase(exchange.status)}".strip()


def telling(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Keep the headers that differ from one scenario to the next."""
    return tuple((name, value) for name, value in headers if name.lower() not in _UNTELLING)


def milliseconds(seconds: float) -> str:
    """Print a duration the way it is felt: `< 1 ms`, `41 ms`, `1.3 s`."""
    if seconds >= 1:
        text = f"{seconds:.1f} s"
    else:
        text = f"{seconds / MILLISECOND:.0f} ms" if seconds >= MILLISECOND else "< 1 ms"
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""


def _json(body: str | None) -> object:
    try:
        return json.loads(body or "")
    except ValueError:
        return None


def _token(token: Token) -> PrintedToken:
    return PrintedToken(token.name, token.length, _indented(token.header), _indented(token.claims), token.problem or "")


def _indented(document: object) -> str:
    if isinstance(document, dict) and document and not any(isinstance(each, dict | list) for each in document.values()):
        # As below, and five times as fast: indenting is left to the encoder that is written in C.
        members = json.dumps(document, ensure_ascii=False, separators=(",\n  ", ": "))[1:-1]
        return f"{{\n  {members}\n}}"
    return "" if document is None else json.dumps(document, indent=2, ensure_ascii=False)


def _body(body: str | None) -> str:
    document = _json(body)
    text = _indented(document) or body or ""
    return text if len(text) <= BODY_LENGTH else f"{text[:BODY_LENGTH]}\n… {len(text) - BODY_LENGTH} characters more"
