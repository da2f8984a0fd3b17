"""The reference implementation in this process: both applications over ASGI, a real SQLite file, a clock that moves."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, Final

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_impl import api, issuer
from reference_impl.api.policy import PolicyError
from steps.drafts import Signer
from steps.targets.browser import ISSUER, InProcessBrowser, read_answer, request_of
from steps.targets.channel import Channel, with_late_body
from steps.targets.crowd import ask_at_once, ask_in_turn, overtake
from steps.targets.instances import Instances
from steps.targets.key_set_source import KeySetSource
from steps.targets.routes import Route, routes_of
from steps.targets.target import Answer, Browser, Call
from steps.targets.wire import Exchange, Habit, Hooks, Wire
from steps.vocabulary import Verdict

API: Final = "https://api.example.test"
BEGINNING: Final = 1_767_225_600
"""2026-01-01T00:00:00Z: a fixed beginning, so that two runs record the same tokens."""

PROXY: Final = "127.0.0.1"
"""Where every request comes from, as if the last proxy stood there."""


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


def bearer(token: str) -> tuple[str, bytes]:
    """Return the header that carries an access token. Source: RFC 6750 §2.1."""
    return "authorization", f"Bearer {token}".encode("utf-8", "surrogatepass")


def _signer(key: object) -> Signer:
    assert isinstance(key, Ed25519PrivateKey)
    return key.sign


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
        self.habits: defaultdict[str, list[Habit]] = defaultdict(list)
        self.archive: list[Exchange] = []
        self.issuer_policy = issuer.Policy(
            issuer=ISSUER,
            audience=API,
            database_url=database_url,
            profile=issuer.Profile(profile),
            trusted_origins=(ISSUER,),
            # Real argon2 at its lowest cost: the specification is about tokens, and runs in milliseconds.
            argon2_time_cost=1,
            argon2_memory_kibibytes=8,
            argon2_parallelism=1,
        )
        self.operators: list[issuer.Operator] = []
        self.signers: dict[str, Signer] = {}
        self.issuer_app = self.start_issuer()
        self.api_clock_offset_seconds = 0
        self.instances = Instances()
        self.api_policy = api.Policy(issuer=ISSUER, audience=API, allowed_origins=(ISSUER,))
        self.key_set = KeySetSource(
            self.wire(lambda: self.issuer_app, sender="API", receiver="Issuer"),
            url=self.api_policy.jwks_url,
            hooks=hooks("API", "Issuer"),
        )
        self.api_app = self.start_api()

    def start_issuer(self) -> ASGIApp:
        """Start an instance of the issuer that shares the records with every other, and nothing else."""
        app = issuer.create_app(self.issuer_policy, clock=self.clock)
        self.operators.append(app.state.operator)
        return app

    @property
    def operator(self) -> issuer.Operator:
        """What an administrator does, at the newest instance of the issuer."""
        return self.operators[-1]

    def start_api(self) -> ASGIApp:
        """Start an instance of the API that shares nothing with any other."""
        return api.create_app(self.api_policy, clock=self._api_time, transport=self.key_set)

    def _api_time(self) -> float:
        return self.clock() + self.api_clock_offset_seconds

    def restart(self, party: str) -> None:
        """End a party's process and start it anew, on the records it has."""
        if party == "API":
            self.api_app = self.start_api()
            return
        for operator in self.operators:
            operator.close()
        self.issuer_app = self.start_issuer()

    def allow_algorithms(self, *names: str) -> None:
        """Start the API anew with another list of algorithms."""
        self.api_policy = replace(self.api_policy, algorithms=names)
        self.api_app = self.start_api()

    def serve_clients(self, *client_ids: str) -> None:
        """Start the API anew with another list of clients; without any it serves all."""
        self.api_policy = replace(self.api_policy, client_ids=frozenset(client_ids))
        self.api_app = self.start_api()

    @contextmanager
    def reached(self, party: str, instance: str) -> Iterator[None]:
        """Let requests to a party reach its `first` instance, its `second` or a `new` one."""
        before = self.api_app, self.issuer_app
        if party == "API":
            self.api_app = self.instances.choose(party, instance, first=self.api_app, start=self.start_api)
        else:
            self.issuer_app = self.instances.choose(party, instance, first=self.issuer_app, start=self.start_issuer)
        yield
        self.api_app, self.issuer_app = before

    def trust_proxy(self, party: str) -> None:
        """Start a party anew so that it believes the proxy all requests come from."""
        if party == "API":
            self.api_policy = replace(self.api_policy, trusted_proxies=(PROXY,))
        else:
            self.issuer_policy = replace(self.issuer_policy, trusted_proxies=(PROXY,))
        self.restart(party)

    def make_passwords_costly(self) -> None:
        """Start the issuer anew so that checking a password costs far more than all else it does."""
        self.issuer_policy = replace(self.issuer_policy, argon2_time_cost=4, argon2_memory_kibibytes=16 * 1024)
        self.restart("issuer")

    def break_down(self) -> None:
        """Start an API that fails at every request for want of a clock, as a defective one would."""

        def stopped() -> float:
            raise ZeroDivisionError

        app = api.create_app(self.api_policy, clock=stopped, transport=self.key_set)

        async def surviving(scope: Scope, receive: Receive, send: Send) -> None:
            # A server survives what its application raises after the answer.
            with suppress(ZeroDivisionError):
                await app(scope, receive, send)

        self.api_app = surviving

    def fetch_keys_from(self, url: str) -> None:
        """Start an API that fetches the key set over the network."""
        self.api_policy = replace(self.api_policy, jwks_url=url)
        self.api_app = api.create_app(self.api_policy, clock=self.clock)

    def complaint_about(self, **settings: str) -> str | None:
        """Return the sentence by which an API refuses to start with these settings, or None where it starts."""
        try:
            api.create_app(api.Policy.from_environment({"ISSUER": ISSUER, "AUDIENCE": API, **settings}))
        except PolicyError as error:
            return str(error)
        return None

    def routes(self, party: str) -> list[Route]:
        """List every route that a party serves, whether or not its description names it."""
        app = self.api_app if party == "API" else self.issuer_app
        assert isinstance(app, FastAPI)
        return list(routes_of(app))

    def deny_keys(self, *key_ids: str) -> None:
        """Start the API anew with these key ids denied."""
        self.api_policy = replace(self.api_policy, denied_key_ids=frozenset(key_ids))
        self.api_app = self.start_api()

    def at_once(self, browser: Browser, *acts: str) -> list[Answer]:
        """Have several tabs of a browser ask the issuer before any of them is answered."""
        assert isinstance(browser, InProcessBrowser)
        return [read_answer(response) for response in self.runner.run(browser.at_once(*acts))]

    def run(self, work: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
        """Wait for a response."""
        return self.runner.run(work)

    def wire(self, application: Callable[[], ASGIApp], *, sender: str, receiver: str) -> Wire:
        """Return what a sender's requests to an application pass through."""
        # The key set source tells the recorder what it makes of an answer; nothing is told twice.
        hooks = self.hooks(sender, receiver) if sender != "API" else {"request": [], "response": []}
        return Wire(application, habits=self.habits[sender], hooks=hooks, archive=self.archive)

    def client(
        self, application: Callable[[], ASGIApp], base_url: str, *, sender: str, receiver: str
    ) -> httpx.AsyncClient:
        """Open a recorded client of an application."""
        wire = self.wire(application, sender=sender, receiver=receiver)
        client = httpx.AsyncClient(transport=wire, base_url=base_url)
        self.clients.append(client)
        return client

    def browser(self, owner: str) -> InProcessBrowser:
        """Open a new browser for a person."""
        return InProcessBrowser(self.run, self.client(lambda: self.issuer_app, ISSUER, sender=owner, receiver="Issuer"))

    def call(self, call: Call, *, sender: str, late_seconds: int = 0) -> Answer:
        """Send a request to the API as it stands; its body may arrive so many seconds after its head."""
        app = with_late_body(self.api_app, lambda: self.pass_time(late_seconds)) if late_seconds else self.api_app
        client = self.client(lambda: app, API, sender=sender, receiver="API")
        return read_answer(self.run(client.send(request_of(API, call))))

    def present(self, token: str | None, *, sender: str) -> Answer:
        """Call the API's protected route with this access token, or without any."""
        headers = () if token is None else (bearer(token),)
        return self.call(Call(headers=headers), sender=sender)

    def present_together(self, tokens: Sequence[str], *, at_once: bool) -> list[Answer]:
        """Call the API's protected route with each of these tokens, unrecorded, at once or one after another."""
        send = ask_at_once if at_once else ask_in_turn
        return self.runner.run(send(self.api_app, [bearer(token)[1] for token in tokens]))

    def overtake(self, waiting: str, hurrying: str) -> Answer:
        """Return the answer to the second of two tokens, presented while the first has the API fetch its key set."""
        fetches = self.key_set.fetches
        pair = bearer(waiting)[1], bearer(hurrying)[1]
        return self.runner.run(overtake(self.api_app, *pair, until=lambda: self.key_set.fetches > fetches))

    def ask_for_account(self, subject: str, token: str, *, sender: str) -> Answer:
        """Call the API for the data of one account."""
        return self.call(Call(path=f"/accounts/{subject}", headers=(bearer(token),)), sender=sender)

    def present_slowly(self, token: str, *, sender: str, seconds: int) -> Answer:
        """Call the API's protected route with this access token and a body that takes so long to arrive."""
        headers = (bearer(token), ("content-type", "application/json"))
        call = Call("POST", "/echo", headers=headers, body=b'{"text": "at last"}')
        return self.call(call, sender=sender, late_seconds=seconds)

    def open_channel(self, token: str | None, *, query: str = "") -> Verdict:
        """Open a WebSocket to the API with this access token, or without any."""
        headers = [] if token is None else [(name.encode(), value) for name, value in [bearer(token)]]
        self.channels.append(Channel(self.api_app, runner=self.runner, headers=headers, query=query.encode()))
        return self.channels[-1].open()

    def read_key_set(self, *, sender: str) -> Answer:
        """Read the issuer's published keys, as anyone may."""
        return self.browser(sender).call(Call(path=self.key_set.url.path))

    def trusted_signer(self, key_id: str) -> Signer:
        """Return what signs as the issuer does, with the published key of this id."""
        if key_id not in self.signers:
            self.signers[key_id] = _signer(self.operator.signing_key(key_id))
        return self.signers[key_id]

    def session_signer(self) -> Signer:
        """Return what signs with the key of the session credential, which is never published."""
        return _signer(self.operator.session_key())

    def disable_account(self, email: str) -> None:
        """Disable an account, as an administrator does."""
        self.operator.disable_account(email)

    def enable_account(self, email: str) -> None:
        """Let a disabled account sign in again."""
        self.operator.enable_account(email)

    def delete_account(self, email: str) -> None:
        """Delete an account, as an administrator does."""
        self.operator.delete_account(email)

    def end_sessions(self, email: str) -> None:
        """End every session of one account, as an administrator does."""
        self.operator.end_sessions(email)

    def disconnect(self) -> None:
        """Close the issuer's connections to its records; it opens new ones when it is asked again."""
        for operator in self.operators:
            operator.close()

    def rotate_key(self) -> None:
        """Publish the next signing key."""
        self.operator.rotate_signing_key()

    def withdraw_key(self, key_id: str | None = None) -> None:
        """Withdraw a published signing key: this one, or the oldest where it is not published any more."""
        published = self.operator.signing_key_ids()
        self.operator.withdraw_signing_key(key_id if key_id in published else published[0])

    def reason(self) -> str | None:
        """Return the reason that a party logged last, or None."""
        reason = self.logbook.last("", "reason")
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
        for operator in self.operators:
            operator.close()
