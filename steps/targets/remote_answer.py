"""How the answer of a foreign API is read."""

import json

import httpx

from steps.targets.leniency import is_granted
from steps.targets.messages import Answer
from steps.targets.unseen import NotObserved
from steps.vocabulary import GRANTED, Verdict


def read(response: httpx.Response) -> Answer:
    """Read a response as an answer: granted, or refused under its status."""
    try:
        body = json.loads(response.text) if response.text else None
    except (ValueError, RecursionError):
        body = None
    verdict = GRANTED if is_granted(response) else Verdict(f"status_{response.status_code}")
    headers = [(name.lower(), value) for name, value in response.headers.multi_items()]
    return Answer(verdict, response.status_code, headers, body, response.text)


def find_subject(body: object, pointer: str | None) -> object:
    """Return what a JSON Pointer finds in an answer; without one, the member `sub` of an object. Source: RFC 6901."""
    try:
        for token in (pointer or "/sub").split("/")[1:]:
            name = token.replace("~1", "/").replace("~0", "~")
            body = body[int(name)] if isinstance(body, list) else body[name]  # type: ignore[index]
    except (LookupError, TypeError, ValueError):
        if pointer is not None:
            raise AssertionError(f"the answer has nothing at {pointer}") from None
        raise NotObserved("where the answer names the caller is not known; --subject-pointer says it") from None
    return body
