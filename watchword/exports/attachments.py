"""What a step exchanged and noted, as text that a formatter shows below it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from watchword.book.evidence import answer, milliseconds, target, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.evidence import Headers, Json
    from watchword.run import Exchange, Note, StepResult, Token

TEXT = "text/plain"
LOG = "text/x.cucumber.log+plain"


def attachments(step: StepResult, shown: set[str], *, is_brief: bool = False) -> Iterator[Json]:
    """Give what a step recorded, each exchange and each note on its own.

    Args:
        shown: the names of the tokens already taken apart; each is shown once, where it first appears.
        is_brief: whether each exchange is told in one line.
    """
    if is_brief and step.exchanges:
        yield _attached("\n".join(map(_title, step.exchanges)), LOG)
    for exchange in step.exchanges if not is_brief else ():
        yield _attached("\n".join(_lines(exchange, shown)), TEXT) | {"fileName": _title(exchange)}
    for note in step.notes:
        yield _attached(_noted(note), LOG)


def _attached(body: str, media_type: str) -> Json:
    return {"body": body, "mediaType": media_type, "contentEncoding": "IDENTITY"}


def _title(exchange: Exchange) -> str:
    return f"{exchange.method} {target(exchange.url)} → {answer(exchange)}"


def _lines(exchange: Exchange, shown: set[str]) -> Iterator[str]:
    """Write an exchange as it went over the wire, then its tokens taken apart."""
    yield f"{exchange.method} {exchange.url}"
    yield from _rest(exchange.request_headers, exchange.request_body)
    yield ""
    yield answer(exchange)
    yield from _rest(exchange.response_headers, exchange.response_body)
    yield ""
    for token in exchange.tokens:
        if token.name not in shown:
            shown.add(token.name)
            yield _taken_apart(token)
    yield f"{exchange.sender} → {exchange.receiver}, {milliseconds(exchange.seconds)}"


def _rest(headers: Headers, body: str) -> Iterator[str]:
    yield from (f"{name}: {value}" for name, value in telling(headers))
    if body:
        yield ""
        yield body


def _taken_apart(token: Token) -> str:
    parts = [token.problem, *(json.dumps(each, ensure_ascii=False) for each in (token.header, token.claims) if each)]
    return f"{token.name}, {token.length} characters: {' '.join(part for part in parts if part)}"


def _noted(note: Note) -> str:
    return f"{note.kind}: {', '.join(f'{name} {value}' for name, value in note.facts.items())}"
