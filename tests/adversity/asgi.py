"""The API asked directly over ASGI, without a client library between: thousands of requests in a second."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def code(self) -> str | None:
        """The code of a refusal, or None where access was granted.

        Raises:
            AssertionError: the answer is neither, or not of the contract's form.
        """
        if self.status == 200:
            return None
        assert self.headers["content-type"] == "application/problem+json", self
        problem = json.loads(self.body)
        assert problem["status"] == self.status, self
        assert problem["type"].endswith(f"/answers/{problem['code']}/"), self
        assert (self.status == 401) <= ("www-authenticate" in self.headers), self
        return str(problem["code"])

    @property
    def subject(self) -> str:
        """Whom the API took the caller for."""
        return str(json.loads(self.body)["sub"])


async def ask(app: ASGIApp, authorization: bytes | None, *, path: str = "/me") -> Answer:
    """Send one GET request over HTTPS."""
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [] if authorization is None else [(b"authorization", authorization)],
        "server": ("api.example", 443),
        "client": ("192.0.2.1", 50000),
    }
    answer = Answer()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    await app(scope, receive, send)
    return answer


async def present(app: ASGIApp, token: str | bytes, *, path: str = "/me") -> Answer:
    """Send one GET request with an access token, whatever its octets are."""
    octets = token if isinstance(token, bytes) else token.encode("utf-8", "surrogatepass")
    return await ask(app, b"Bearer " + octets, path=path)
