"""A browser that speaks to a Better Auth server on loopback, over real HTTP."""

from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any, Final

import httpx

from steps.targets.browser import Runs, read_answer
from steps.targets.messages import Answer, Call
from steps.targets.wire import Wire, again
from steps.vocabulary import GRANTED

BASE_PATH: Final = "/api/auth"


class LoopbackWire(Wire):
    """A wire to a server on this machine."""

    async def carry(self, request: httpx.Request) -> httpx.Response:
        """Send a request over the network; a connection of its own, so that none outlives its scenario."""
        async with httpx.AsyncHTTPTransport() as transport:
            response = await transport.handle_async_request(request)
            response.request = request
            await response.aread()
        return response


class LoopbackBrowser:
    """One person's browser, with a page of the issuer open.

    Cookies are kept by name alone, `Secure` or not: to a browser, loopback is as good as HTTPS.

    Args:
        run: waits for a response.
        wire: what the requests pass through.
        origin: where the server is.
        renewal: the method and the path by which it mints an access token.
    """

    def __init__(self, run: Runs, wire: Wire, *, origin: str, renewal: tuple[str, str]) -> None:
        self._run = run
        self._wire = wire
        self._origin = origin
        self._renewal = renewal
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a request below the issuer's base path, with every cookie, and keep the cookies of the answer."""
        return read_answer(self._run(self.asked(method, path, body, headers)))

    async def asked(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send it, where several are sent at once."""
        said = dict(headers or {})
        if method != "GET":
            said["origin"] = self._origin
        if self.cookies:
            said["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        content: Any = None if method == "GET" else ({} if body is None else body)
        request = httpx.Request(method, f"{self._origin}{BASE_PATH}{path}", headers=said, json=content)
        response = await self._wire.handle_async_request(request)
        self._keep(response)
        return response

    def _keep(self, response: httpx.Response) -> None:
        for line in response.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if morsel["max-age"] != "0":
                    self.cookies[name] = morsel.coded_value

    def sign_up(self, *, name: str, email: str, password: str) -> Answer:
        """Open an account."""
        return self.ask("POST", "/sign-up/email", {"name": name, "email": email, "password": password})

    def sign_in(self, *, email: str, password: str) -> Answer:
        """Present a password."""
        return self.ask("POST", "/sign-in/email", {"email": email, "password": password})

    def renew(self) -> Answer:
        """Ask for an access token, by the name the contract gives to that member of the answer."""
        return named(self.ask(*self._renewal))

    async def renewed(self, *, together: int) -> httpx.Response:
        """Ask for an access token, as one of so many that the server takes up at once."""
        method, path = self._renewal
        return await self.asked(method, path, headers={"x-requests-together": str(together)})

    def sign_out(self) -> Answer:
        """End this session."""
        return self.ask("POST", "/sign-out")

    def sign_out_everywhere(self) -> Answer:
        """End every session of the account."""
        return self.ask("POST", "/revoke-sessions")

    def change_password(self, *, current: str, new: str) -> Answer:
        """Replace the password."""
        return self.ask("POST", "/change-password", {"currentPassword": current, "newPassword": new})

    def delete_account(self, *, password: str) -> Answer:
        """Close the account."""
        return self.ask("POST", "/delete-user", {"password": password})

    def call(self, call: Call) -> Answer:
        """Send a request to the issuer as it stands."""
        headers = [
            (name.encode(), value if isinstance(value, bytes) else value.encode()) for name, value in call.headers
        ]
        request = httpx.Request(call.method, f"{self._origin}{call.path}", headers=headers, content=call.body or None)
        return read_answer(self._run(self._wire.handle_async_request(again(request))))

    @property
    def credential(self) -> str | None:
        """Every cookie there is, as a Cookie header has them: which of them is the session, the server knows."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items()) or None

    @credential.setter
    def credential(self, value: str | None) -> None:
        pairs = (pair.partition("=") for pair in (value or "").split("; ") if pair)
        self.cookies = {name: text for name, _, text in pairs}


def named(answer: Answer) -> Answer:
    """Return an answer whose access token is called so; Better Auth calls it `token`."""
    if answer.verdict != GRANTED or "access_token" in answer.body:
        return answer
    body = {**answer.body, "access_token": answer.body["token"]}
    return Answer(answer.verdict, answer.status, answer.headers, body, answer.text)
