"""A person's browser at a foreign issuer, and the wire that puts a scenario's words into those of this issuer."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import httpx

from steps.targets.browser import ACTS, ISSUER, request_of
from steps.targets.foreign_issuer import ForeignIssuer
from steps.targets.foreign_origin import translated
from steps.targets.issuer_paths import BASE
from steps.targets.messages import SESSION_COOKIE, Answer, Call
from steps.targets.remote_wire import send
from steps.targets.unseen import Inapplicable
from steps.targets.wire import ASKED_SCHEME, Exchange, Habit, Hooks, Sent, Wire
from steps.vocabulary import GRANTED, Verdict, as_json

NOT_FOUND: Final = 404
JSON: Final = ("content-type", "application/json")
ADDRESS: Final = re.compile(rb"([\w.-]+)@example\.test")


class ForeignWire(Wire):
    """Brings requests to a foreign issuer; the recorder and the archive keep them as the scenario wrote them.

    Args:
        issuer: the issuer.
        sent: keeps every request as it left, and its answer where there was one.
        mark: tells the addresses of this scenario from those of every other.
    """

    def __init__(  # noqa: PLR0913 -- three of them are any wire's
        self,
        issuer: ForeignIssuer,
        *,
        habits: Sequence[Habit],
        hooks: Hooks,
        archive: list[Exchange],
        sent: list[Sent],
        mark: str,
    ) -> None:
        super().__init__(habits=habits, hooks=hooks, archive=archive)
        self._issuer = issuer
        self._sent = sent
        self._mark = mark

    async def carry(self, request: httpx.Request) -> httpx.Response:
        """Send a request in the words of this issuer."""
        if ASKED_SCHEME in request.extensions and request.url.scheme != self._issuer.url.scheme:
            raise Inapplicable("on loopback every call is over plain HTTP")
        actual = self._actual(request)
        place = len(self._sent)
        self._sent.append((actual, None))
        response = await send(actual)
        self._sent[place] = (actual, response)
        # The recorder knows the request as the scenario wrote it.
        response.request = request
        return response

    def _actual(self, request: httpx.Request) -> httpx.Request:
        path = request.url.raw_path.decode("ascii")
        if path.startswith(BASE):
            path = self._issuer.paths.base + path.removeprefix(BASE)
        left_out = {b"host", b"content-length"}
        headers = [self._header(*line) for line in request.headers.raw if line[0].lower() not in left_out]
        url = self._issuer.url.copy_with(raw_path=self._renamed(path.encode()))
        content = ADDRESS.sub(self._marked, self._renamed(request.content))
        return httpx.Request(request.method, url, headers=headers, content=content or None)

    def _header(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        if name.lower() == b"origin":
            return name, translated(value.decode("latin-1"), self._issuer.url).encode("latin-1")
        return name, re.sub(
            rf"(?<![\w=\xa0-]){SESSION_COOKIE}=".encode("latin-1"), f"{self._issuer.cookie}=".encode(), value
        )

    def _renamed(self, octets: bytes) -> bytes:
        return octets.replace(SESSION_COOKIE.encode(), self._issuer.cookie.encode())

    def _marked(self, found: re.Match[bytes]) -> bytes:
        # An address that a scenario writes itself is used once in a run.
        return found[0] if b".run-" in found[1] else found[1] + f".{self._mark}@example.test".encode()


class ForeignBrowser:
    """A browser with a jar of its own, which keeps Secure cookies over plain HTTP as a browser on HTTPS would.

    Args:
        post: sends a request and waits for the answer.
        issuer: the issuer.
        use_up: hears of what leaves an account other than it was: that of an address, or else the browser's owner's.
    """

    def __init__(
        self,
        post: Callable[[httpx.Request], httpx.Response],
        issuer: ForeignIssuer,
        *,
        use_up: Callable[..., None],
    ) -> None:
        self._send = post
        self._paths = issuer.paths
        self._cookie = issuer.cookie
        self._use_up = use_up
        self._jar: dict[str, str] = {}

    def call(self, call: Call) -> Answer:
        """Send a request to the issuer as it stands."""
        return self.keep(self._send(self.prepared(call)))

    def prepared(self, call: Call) -> httpx.Request:
        """Return the request of a call, with the cookies of this browser."""
        cookies = "; ".join(f"{name}={value}" for name, value in self._jar.items())
        headers = [*call.headers, *([("cookie", cookies)] if cookies else [])]
        return request_of(ISSUER, Call(call.method, call.path, query=call.query, headers=headers, body=call.body))

    def tab(self, act: str) -> httpx.Request:
        """Return the request of an act that a second tab may do at once."""
        return self.prepared(self._posting(ACTS[act], {}))

    def keep(self, response: httpx.Response) -> Answer:
        """Keep the cookies of a response, and read it as an answer."""
        for line in response.headers.get_list("set-cookie"):
            self._set(line)
        return read(response)

    def _set(self, line: str) -> None:
        pair, *attributes = (part.strip().partition("=") for part in line.split(";"))
        said = {name.lower(): value for name, _, value in attributes}
        if said.get("max-age") == "0" or not pair[2] or "1970" in said.get("expires", ""):
            self._jar.pop(pair[0], None)
        else:
            self._jar[pair[0]] = pair[2]

    def _posting(self, path: str, body: object) -> Call:
        return Call("POST", f"{BASE}{path}", headers=[JSON, ("origin", ISSUER)], body=as_json(body).encode())

    def _post(self, path: str, body: object) -> Answer:
        return self.call(self._posting(path, body))

    def sign_up(self, *, name: str, email: str, password: str) -> Answer:
        """Open an account."""
        answer = self._post("/sign-up/email", {"name": name, "email": email, "password": password})
        if answer.verdict != GRANTED:
            # Where there is an account, it may have been counted as a failed sign-in.
            self._use_up(email)
        return answer

    def sign_in(self, *, email: str, password: str) -> Answer:
        """Present a password."""
        answer = self.call(self._posting("/sign-in/email", {"email": email, "password": password}))
        if answer.verdict != GRANTED:
            # It may have been counted as a failed one.
            self._use_up(email)
        return answer

    def renew(self) -> Answer:
        """Ask the issuer for a new access token."""
        answer = self._post("/access-token", {})
        if answer.verdict == GRANTED:
            found = answer.body.get("access_token") if isinstance(answer.body, dict) else None
            assert isinstance(found, str), "the answer to a renewal has no access_token"
        return answer

    def sign_out(self) -> Answer:
        """End this session."""
        return self._post("/sign-out", {})

    def sign_out_everywhere(self) -> Answer:
        """End every session of the account."""
        return self._post("/revoke-sessions", {})

    def change_password(self, *, current: str, new: str) -> Answer:
        """Replace the password."""
        self._use_up()
        passwords = {"currentPassword": current, "newPassword": new}
        return self._post("/change-password", {**passwords, **self._paths.changes_password_with})

    def delete_account(self, *, password: str) -> Answer:
        """Close the account."""
        self._use_up()
        answer = self._post("/delete-user", {"password": password})
        if answer.status == NOT_FOUND:
            raise Inapplicable("this issuer lets nobody delete her account")
        return answer

    @property
    def credential(self) -> str | None:
        """The session credential in the cookie jar, or None."""
        return self._jar.get(self._cookie)

    @credential.setter
    def credential(self, value: str | None) -> None:
        self._jar.clear()
        if value is not None:
            self._jar[self._cookie] = value


def read(response: httpx.Response) -> Answer:
    """Read a response as an answer: granted, or refused under its status."""
    body: Any = None
    try:
        body = response.json() if response.content else None
    except ValueError:
        body = None
    verdict = GRANTED if response.is_success else Verdict(f"status_{response.status_code}")
    headers = [(name.lower(), value) for name, value in response.headers.multi_items()]
    return Answer(verdict, response.status_code, headers, body, response.text)
