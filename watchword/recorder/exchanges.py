"""Record the HTTP exchanges of a scenario through httpx's event hooks, with secrets hidden."""

from __future__ import annotations

import re
from time import perf_counter
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from watchword.recorder.masking import MASK, mask_body, mask_cookies, mask_fields, mask_set_cookie

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    import httpx

    from watchword.evidence import Json
    from watchword.recorder.recording import Recording

    Hooks = dict[str, list[Callable[..., Awaitable[None]]]]

LONGEST_BODY = 8_192
LONGEST_SEARCHED_BODY = 1_048_576
LONGEST_HEADER = 4_096
CREDENTIALS = re.compile(r"(?P<scheme>[A-Za-z]+)(?P<space>\s+)(?P<credentials>.*\S)", re.DOTALL)
TOKEN_SCHEMES = frozenset({"bearer", "dpop"})


class Exchanges:
    """What a step's HTTP client tells of its exchanges; the fixture of that name."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._pending: WeakKeyDictionary[httpx.Request, tuple[Json, float, int]] = WeakKeyDictionary()
        self._begun = 0

    def hooks(self, sender: str, receiver: str) -> Hooks:
        """Make the `event_hooks` of an `httpx.AsyncClient` that speaks as `sender` to `receiver`."""

        async def on_request(request: httpx.Request) -> None:
            await request.aread()
            line = self._request(request, sender, receiver)
            self._recording.add_exchange(line)
            self._begun += 1
            self._pending[request] = (line, perf_counter(), self._begun)

        async def on_response(response: httpx.Response) -> None:
            await response.aread()
            line, started, number = self._pending[response.request]
            line["seconds"] = round(perf_counter() - started, 6)
            line["within"] = self._begun - number
            self._answer(response, line)

        return {"request": [on_request], "response": [on_response]}

    def note(self, kind: str, **facts: object) -> None:
        """Attach an observation, such as the reason a log record names, to the current step."""
        shown = {name: self._fact(value) for name, value in facts.items()}
        self._recording.add_note({"kind": kind, "facts": shown})

    def _fact(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        return self._recording.tokens.replace(str(value))

    def _request(self, request: httpx.Request, sender: str, receiver: str) -> Json:
        found: list[str] = []
        return {
            "sender": sender,
            "receiver": receiver,
            "method": request.method,
            "url": mask_fields(self._recording.tokens.replace(str(request.url), found)),
            "request_headers": self._headers(request.headers.multi_items(), found),
            "request_body": self._body(request.content, found),
            "tokens": found,
        }

    def _answer(self, response: httpx.Response, line: Json) -> None:
        line["status"] = response.status_code
        line["response_headers"] = self._headers(response.headers.multi_items(), line["tokens"])
        line["response_body"] = self._body(response.content, line["tokens"])

    def _headers(self, headers: Iterable[tuple[str, str]], found: list[str]) -> list[tuple[str, str]]:
        return [(name, cut(self._header(name.lower(), value, found), LONGEST_HEADER)) for name, value in headers]

    def _header(self, name: str, value: str, found: list[str]) -> str:
        if name in {"authorization", "proxy-authorization"}:
            return self._credentials(value, found)
        named = self._recording.tokens.replace(value, found)
        if name == "cookie":
            return mask_cookies(named)
        return mask_set_cookie(named) if name == "set-cookie" else named

    def _credentials(self, value: str, found: list[str]) -> str:
        named = self._recording.tokens.replace(value, found)
        match = CREDENTIALS.fullmatch(value)
        if named != value or match is None:
            return named
        is_token = match["scheme"].lower() in TOKEN_SCHEMES
        shown = self._recording.tokens.name(match["credentials"], found) if is_token else MASK
        return match["scheme"] + match["space"] + shown

    def _body(self, content: bytes, found: list[str]) -> str:
        if len(content) > LONGEST_SEARCHED_BODY:
            return f"({len(content)} bytes, not kept)"
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            return f"({len(content)} bytes that are not text)"
        return cut(mask_body(text, lambda each: self._recording.tokens.replace(each, found)), LONGEST_BODY)


def cut(text: str, longest: int) -> str:
    """Cut a long text and say how long it was."""
    return text if len(text) <= longest else f"{text[:longest]}… (cut; {len(text)} characters in all)"
