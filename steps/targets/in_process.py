"""The reference implementation in this process: both applications over ASGI, a real database, a clock that moves."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Final

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_impl import api, frontend, issuer
from reference_impl.api.policy import PolicyError
from steps.drafts import Signer
from steps.targets.asgi import API, AsgiTarget
from steps.targets.browser import ISSUER, InProcessBrowser
from steps.targets.instances import Instances
from steps.targets.key_set_source import KeySetSource
from steps.targets.logbook import Logbook, MovableClock
from steps.targets.loop import Runner
from steps.targets.messages import Answer, Browser, Call
from steps.targets.routes import Route, routes_of
from steps.targets.tls import LOOPBACK, serve
from steps.targets.wire import Hooks

FRONTEND: Final = "Frontend's server"

PROXY: Final = "127.0.0.1"
"""Where every request comes from, as if the last proxy stood there."""

LOGGERS: Final = ("reference_impl.api", "reference_impl.issuer")


def _signer(key: object) -> Signer:
    assert isinstance(key, Ed25519PrivateKey)
    return key.sign


def reference_api(*, issuer: str, algorithms: tuple[str, ...], transport: httpx.AsyncBaseTransport) -> ASGIApp:
    """Start a reference API that trusts an issuer on this machine, by the time of day."""
    policy = api.Policy(issuer=issuer, audience=API, algorithms=algorithms, environment="development")
    return api.create_app(policy, transport=transport)


class InProcess(AsgiTarget):
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
        runner: Runner,
        hooks: Callable[[str, str], Hooks],
        profile: str = "stateless",
    ) -> None:
        super().__init__(runner=runner, hooks=hooks)
        self.clock = MovableClock()
        self.logbook = Logbook()
        self.logbook.listen(*LOGGERS)
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
        self.servers = list[asyncio.Server]()
        self.signers: dict[str, Signer] = {}
        self.issuer_app = self.start_issuer()
        self.api_clock_offset_seconds = 0
        self.instances = Instances()
        self.api_policy = api.Policy(issuer=ISSUER, audience=API, allowed_origins=(ISSUER,))
        self.source = KeySetSource(
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
        return api.create_app(self.api_policy, clock=self._api_time, transport=self.source)

    @cached_property
    def frontend_app(self) -> ASGIApp:
        """The frontend's server, which asks the issuer and the API as they run now."""
        return frontend.create_app(
            frontend.Policy(origin=ISSUER, issuer=ISSUER, api=API),
            to_issuer=self.wire(lambda: self.issuer_app, sender=FRONTEND, receiver="Issuer"),
            to_api=self.wire(lambda: self.api_app, sender=FRONTEND, receiver="API"),
        )

    def ask_frontend(self, browser: Browser, call: Call, *, sender: str) -> Answer:
        """Send a request to the frontend's server, which a browser takes for the issuer: they are of one origin."""
        assert isinstance(browser, InProcessBrowser)
        wire = self.wire(lambda: self.frontend_app, sender=sender, receiver=FRONTEND)
        return browser.call_through(wire, call)

    def set_api_clock_off(self, seconds: int) -> None:
        """Let the API's clock differ from everybody else's by so many seconds."""
        self.api_clock_offset_seconds = seconds

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

        app = api.create_app(self.api_policy, clock=stopped, transport=self.source)

        async def surviving(scope: Scope, receive: Receive, send: Send) -> None:
            # A server survives what its application raises after the answer.
            with suppress(ZeroDivisionError):
                await app(scope, receive, send)

        self.api_app = surviving

    def serve_key_set_behind(self, certificate: Path) -> None:
        """Serve the issuer's key set over TLS on a real socket, and start an API that fetches it there."""
        key_set = self.read_key_set(sender="Mallory").text.encode()
        server = self.runner.run(serve(key_set, certificate))
        self.servers.append(server)
        url = f"https://{LOOPBACK}:{server.sockets[0].getsockname()[1]}/jwks"
        # However busy the machine is, it is the certificate that decides.
        self.api_policy = replace(self.api_policy, jwks_url=url, fetch_timeout_seconds=60)
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

    def signing_key_ids(self) -> Sequence[str]:
        """List the published keys by their ids, oldest first."""
        return self.operator.signing_key_ids()

    def rotate_key(self) -> None:
        """Publish the next signing key."""
        self.operator.rotate_signing_key()

    def withdraw_key(self, key_id: str | None = None) -> None:
        """Withdraw a published signing key: this one, or the oldest where it is not published any more."""
        published = self.signing_key_ids()
        self.operator.withdraw_signing_key(key_id if key_id is not None and key_id in published else published[0])

    @property
    def log_records(self) -> Sequence[logging.LogRecord]:
        """Every record that a party logged."""
        return self.logbook.records

    def reason(self) -> str | None:
        """Return the reason that a party logged last, or None."""
        reason = self.logbook.last("reason")
        return None if reason is None else str(reason)

    def now(self) -> int:
        """Return the time the parties read: NumericDate, seconds UTC."""
        return int(self.clock())

    def pass_time(self, seconds: int) -> None:
        """Let time pass for every party."""
        self.clock.seconds += seconds

    def close(self) -> None:
        """Close what the scenario opened."""
        self.logbook.leave(*LOGGERS)
        super().close()
        for server in self.servers:
            server.close()
        for operator in self.operators:
            operator.close()
