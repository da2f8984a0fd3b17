"""The reference implementation in this process: both applications over ASGI, a real SQLite file, a clock that moves."""

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any, Final

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.types import ASGIApp

from reference_impl import api, issuer
from steps.drafts import Signer
from steps.targets.channel import Channel, with_late_body
from steps.targets.key_set_source import KeySetSource
from steps.targets.target import Answer, Call
from steps.vocabulary import GRANTED, Verdict

ISSUER: Final = "https://app.example.test"
API: Final = "https://api.example.test"
SESSION_COOKIE: Final = "__Host-session"
BEGINNING: Final = 1_767_225_600
"""2026-01-01T00:00:00Z: a fixed beginning, so that two runs record the same tokens."""

Hooks = Mapping[str, list[Callable[..., Any]]]


class MovableClock:
    """A clock that stands still until it is moved; seconds since the epoch."""

    def __init__(self) -> None:
        self.seconds = float(BEGINNING)

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


class Logbook(logging.Handler):
    """What the parties log, kept for the scenario that asks why."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)

    def last(self, party: str, member: str) -> Any:
        """Return the member of the newest record of a party that has it, or None."""
        found = (
            r for r in reversed(self.records) if r.name.startswith(f"reference_impl.{party}") and hasattr(r, member)
        )
        record = next(found, None)
        return None if record is None else getattr(record, member)


def _answer(response: httpx.Response) -> Answer:
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


def bearer(token: str) -> tuple[str, bytes]:
    """Return the header that carries an access token. Source: RFC 6750 §2.1."""
    return "authorization", f"Bearer {token}".encode("utf-8", "surrogatepass")


def _signer(key: object) -> Signer:
    assert isinstance(key, Ed25519PrivateKey)
    return key.sign


class InProcessBrowser:
    """A browser over ASGI: an httpx client whose jar holds the session cookie."""

    def __init__(self, target: "InProcess", client: httpx.AsyncClient) -> None:
        self.target = target
        self.client = client

    def _post(self, path: str, body: object = None) -> Answer:
        request = self.client.post(f"/api/auth{path}", json={} if body is None else body, headers={"origin": ISSUER})
        return _answer(self.target.run(request))

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
        return _answer(self.target.run(self.client.send(self.target.request(ISSUER, call))))

    @property
    def credential(self) -> str | None:
        """The session credential in the cookie jar, or None."""
        return self.client.cookies.get(SESSION_COOKIE)

    @credential.setter
    def credential(self, value: str | None) -> None:
        self.client.cookies.clear()
        if value is not None:
            self.client.cookies.set(SESSION_COOKIE, value, domain="app.example.test", path="/")


class InProcess:
    """The reference issuer and API, sharing a clock and nothing else.

    Args:
        database_url: where the issuer keeps its records.
        runner: the event loop that the whole run uses.
        hooks: makes the recorder's httpx event hooks for a sender and a receiver.
        profile: the issuer's profile, `stateless` or `strict`.
    """

    def __init__(
        self,
        database_url: str,
        *,
        runner: asyncio.Runner,
        hooks: Callable[[str, str], Hooks],
        profile: str = "stateless",
    ) -> None:
        self.runner = runner
        self.hooks = hooks
        self.clock = MovableClock()
        self.logbook = Logbook()
        for party in ("api", "issuer"):
            logger = logging.getLogger(f"reference_impl.{party}")
            logger.addHandler(self.logbook)
            logger.setLevel(logging.DEBUG)
        self.clients: list[httpx.AsyncClient] = []
        self.channels: list[Channel] = []
        self.issuer_app = issuer.create_app(
            issuer.Policy(
                issuer=ISSUER,
                audience=API,
                database_url=database_url,
                profile=issuer.Profile(profile),
                trusted_origins=(ISSUER,),
                # Real argon2 at its lowest cost: the specification is about tokens, and runs in milliseconds.
                argon2_time_cost=1,
                argon2_memory_kibibytes=8,
                argon2_parallelism=1,
            ),
            clock=self.clock,
        )
        self.operator: issuer.Operator = self.issuer_app.state.operator
        self.api_policy = api.Policy(issuer=ISSUER, audience=API, allowed_origins=(ISSUER,))
        self.key_set = KeySetSource(
            httpx.ASGITransport(app=self.issuer_app), url=self.api_policy.jwks_url, hooks=hooks("API", "Issuer")
        )
        self.api_app = self.start_api()

    def start_api(self) -> ASGIApp:
        """Start an instance of the API that shares nothing with any other."""
        return api.create_app(self.api_policy, clock=self.clock, transport=self.key_set)

    def allow_algorithms(self, *names: str) -> None:
        """Start the API anew with another list of algorithms."""
        self.api_policy = replace(self.api_policy, algorithms=names)
        self.api_app = self.start_api()

    def serve_clients(self, *client_ids: str) -> None:
        """Start the API anew with another list of clients; without any it serves all."""
        self.api_policy = replace(self.api_policy, client_ids=frozenset(client_ids))
        self.api_app = self.start_api()

    def deny_keys(self, *key_ids: str) -> None:
        """Start the API anew with these key ids denied."""
        self.api_policy = replace(self.api_policy, denied_key_ids=frozenset(key_ids))
        self.api_app = self.start_api()

    def run(self, work: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
        """Wait for a response."""
        return self.runner.run(work)

    def request(self, origin: str, call: Call) -> httpx.Request:
        """Build the request that a call describes, byte for byte."""
        url = origin.replace("https", call.scheme, 1) + call.path + (f"?{call.query}" if call.query else "")
        headers = [
            (name.encode(), value if isinstance(value, bytes) else value.encode()) for name, value in call.headers
        ]
        return httpx.Request(
            call.method, url, headers=headers, content=call.body or None, extensions=dict(call.extensions)
        )

    def client(self, app: ASGIApp, base_url: str, *, sender: str, receiver: str) -> httpx.AsyncClient:
        """Open a recorded client of an application."""
        transport = httpx.ASGITransport(app=app)
        hooks = dict(self.hooks(sender, receiver))
        client = httpx.AsyncClient(transport=transport, base_url=base_url, event_hooks=hooks)
        self.clients.append(client)
        return client

    def browser(self, owner: str) -> InProcessBrowser:
        """Open a new browser for a person."""
        return InProcessBrowser(self, self.client(self.issuer_app, ISSUER, sender=owner, receiver="Issuer"))

    def call(self, call: Call, *, sender: str, late_seconds: int = 0) -> Answer:
        """Send a request to the API as it stands; its body may arrive so many seconds after its head."""
        app = with_late_body(self.api_app, lambda: self.pass_time(late_seconds)) if late_seconds else self.api_app
        client = self.client(app, API, sender=sender, receiver="API")
        return _answer(self.run(client.send(self.request(API, call))))

    def present(self, token: str | None, *, sender: str) -> Answer:
        """Call the API's protected route with this access token, or without any."""
        headers = () if token is None else (bearer(token),)
        return self.call(Call(headers=headers), sender=sender)

    def ask_for_account(self, subject: str, token: str, *, sender: str) -> Answer:
        """Call the API for the data of one account."""
        return self.call(Call(path=f"/accounts/{subject}", headers=(bearer(token),)), sender=sender)

    def present_slowly(self, token: str, *, sender: str, seconds: int) -> Answer:
        """Call the API's protected route with this access token and a body that takes so long to arrive."""
        headers = (bearer(token), ("content-type", "application/json"))
        call = Call("POST", "/echo", headers=headers, body=b'{"text": "at last"}')
        return self.call(call, sender=sender, late_seconds=seconds)

    def open_channel(self, token: str) -> Verdict:
        """Open a WebSocket to the API with this access token."""
        name, value = bearer(token)
        self.channels.append(Channel(self.api_app, runner=self.runner, headers=[(name.encode(), value)]))
        return self.channels[-1].open()

    def read_key_set(self, *, sender: str) -> Answer:
        """Read the issuer's published keys, as anyone may."""
        return self.browser(sender).call(Call(path=self.key_set.url.path))

    def trusted_signer(self, key_id: str) -> Signer:
        """Return what signs as the issuer does, with the published key of this id."""
        return _signer(self.operator.signing_key(key_id))

    def session_signer(self) -> Signer:
        """Return what signs with the key of the session credential, which is never published."""
        return _signer(self.operator.session_key())

    def disable_account(self, email: str) -> None:
        """Disable an account, as an administrator does."""
        self.operator.disable_account(email)

    def enable_account(self, email: str) -> None:
        """Let a disabled account sign in again."""
        self.operator.enable_account(email)

    def rotate_key(self) -> None:
        """Publish the next signing key."""
        self.operator.rotate_signing_key()

    def withdraw_key(self, key_id: str | None = None) -> None:
        """Withdraw a published signing key: this one, or the oldest where it is not published any more."""
        published = self.operator.signing_key_ids()
        self.operator.withdraw_signing_key(key_id if key_id in published else published[0])

    def reason(self) -> str | None:
        """Return the reason the API logged last, or None."""
        reason = self.logbook.last("api", "reason")
        return None if reason is None else str(reason)

    def now(self) -> int:
        """Return the time the parties read: NumericDate, seconds UTC."""
        return int(self.clock())

    def pass_time(self, seconds: int) -> None:
        """Let time pass for every party."""
        self.clock.seconds += seconds

    def close(self) -> None:
        """Close what the scenario opened."""
        for party in ("api", "issuer"):
            logging.getLogger(f"reference_impl.{party}").removeHandler(self.logbook)
        for channel in self.channels:
            channel.close()
        for client in self.clients:
            self.runner.run(client.aclose())
        self.operator.close()
