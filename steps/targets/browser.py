"""A browser in this process, and how a request is built and an answer read."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any, Final

import httpx

from steps.targets.messages import SESSION_COOKIE, Answer, Call
from steps.vocabulary import GRANTED, Verdict

ISSUER: Final = "https://app.example.test"

ACTS: Final = {"renew": "/access-token", "sign out": "/sign-out"}
"""What a tab may do while another does the same, or the other."""

Runs = Callable[[Coroutine[Any, Any, httpx.Response]], httpx.Response]
"""Wait for a response."""


def read_answer(response: httpx.Response) -> Answer:
    """Read a response as an answer: granted, or refused under its code."""
    is_json = "json" in response.headers.get("content-type", "")
    body = json.loads(response.text) if is_json and response.content else None
    refused = response.status_code >= httpx.codes.BAD_REQUEST
    code = (
        body.get("code", f"status_{response.status_code}")
        if isinstance(body, dict)
        else f"status_{response.status_code}"
    )
    headers = [(name.lower(), value) for name, value in response.headers.multi_items()]
    return Answer(Verdict(code) if refused else GRANTED, response.status_code, headers, body, response.text)


def request_of(origin: str, call: Call) -> httpx.Request:
    """Build the request that a call describes, byte for byte."""
    url = origin.replace("https", call.scheme, 1) + call.path + (f"?{call.query}" if call.query else "")
    headers = [(name.encode(), value if isinstance(value, bytes) else value.encode()) for name, value in call.headers]
    return httpx.Request(call.method, url, headers=headers, content=call.body or None, extensions=dict(call.extensions))


class InProcessBrowser:
    """A browser over ASGI: an httpx client whose jar holds the session cookie."""

    def __init__(self, run: Runs, client: httpx.AsyncClient) -> None:
        self.run = run
        self.client = client

    def _post(self, path: str, body: object = None) -> Answer:
        return read_answer(self.run(self._posted(path, body)))

    async def _posted(self, path: str, body: object = None) -> httpx.Response:
        url, content = f"/api/auth{path}", {} if body is None else body
        return await self.client.post(url, json=content, headers={"origin": ISSUER})

    async def at_once(self, *acts: str) -> list[httpx.Response]:
        """Send several requests, each from a tab of this browser, before any of them is answered."""
        return await asyncio.gather(*(self._posted(ACTS[act]) for act in acts))

    def sign_up(self, *, name: str, email: str, password: str) -> Answer:
        """Open an account."""
        return self._post("/sign-up/email", {"name": name, "email": email, "password": password})

    def sign_in(self, *, email: str, password: str) -> Answer:
        """Present a password."""
        return self._post("/sign-in/email", {"email": email, "password": password})

    def renew(self) -> Answer:
        """Ask the issuer for a new access token."""
        return self._post("/access-token")

    def sign_out(self) -> Answer:
        """End this session."""
        return self._post("/sign-out")

    def sign_out_everywhere(self) -> Answer:
        """End every session of the account."""
        return self._post("/revoke-sessions")

    def change_password(self, *, current: str, new: str) -> Answer:
        """Replace the password."""
        return self._post("/change-password", {"currentPassword": current, "newPassword": new})

    def delete_account(self, *, password: str) -> Answer:
        """Close the account."""
        return self._post("/delete-user", {"password": password})

    def call(self, call: Call) -> Answer:
        """Send a request to the issuer as it stands."""
        return read_answer(self.run(self.client.send(request_of(ISSUER, call))))

    def call_through(self, wire: httpx.AsyncBaseTransport, call: Call) -> Answer:
        """Send a request to another application of this origin, with the same cookies, and keep those it sets."""
        request = request_of(ISSUER, call)
        self.client.cookies.set_cookie_header(request)
        response = self.run(wire.handle_async_request(request))
        self.client.cookies.extract_cookies(response)
        return read_answer(response)

    @property
    def credential(self) -> str | None:
        """The session credential in the cookie jar, or None."""
        return self.client.cookies.get(SESSION_COOKIE)

    @credential.setter
    def credential(self, value: str | None) -> None:
        self.client.cookies.clear()
        if value is not None:
            self.client.cookies.set(SESSION_COOKIE, value, domain="app.example.test", path="/")
