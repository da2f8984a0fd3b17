"""A real Better Auth server, the reference API that trusts it, and those who speak to both."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

import httpx

from steps.drafts import Signer
from steps.targets.asgi import API, AsgiTarget
from steps.targets.better_auth_records import Records
from steps.targets.browser import read_answer
from steps.targets.in_process import reference_api
from steps.targets.key_set_source import KeySetSource
from steps.targets.logbook import Logbook
from steps.targets.loop import Runner
from steps.targets.loopback_browser import LoopbackBrowser, LoopbackWire, named
from steps.targets.messages import Answer
from steps.targets.node_servers import NodeServers
from steps.targets.wire import Hooks

LOGGER: Final = "reference_impl.api"
TOKEN_OF_DEFAULT: Final = ("GET", "/token")
TOKEN_OF_MENDED: Final = ("POST", "/access-token")


@dataclass(frozen=True)
class Plan:
    """How a server is set up.

    Attributes:
        options: those of the Node program.
        environment: what its process finds in its environment.
        has_secret: whether it is given a secret of its own.
        has_database: whether it is given a database.
    """

    options: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    has_secret: bool = True
    has_database: bool = True

    @property
    def is_mended(self) -> bool:
        """Whether it is the application's own configuration."""
        return bool(self.options["configuration"] == "application")

    def filled(self, file: Path, secret: str) -> dict[str, Any]:
        """Return the options with the server's own database and secret in their places."""
        if not self.is_mended:
            given = {"secret": secret} if self.has_secret else {}
            return {**self.options, **given, **({"database": str(file)} if self.has_database else {})}
        environment = {
            "AUDIENCE": API,
            "API_URL": API,
            "DATABASE_URL": str(file),
            **self.options.get("environment", {}),
        }
        if self.has_secret:
            environment["BETTER_AUTH_SECRET"] = secret
        return {**self.options, "environment": environment}


class Observatory:
    """Starts the servers of a run, and ends them with it.

    Args:
        folder: where their databases are.
        runner: the event loop that the whole run uses.
    """

    def __init__(self, folder: Path, runner: Runner) -> None:
        self._folder = folder
        self.runner = runner
        self._processes: dict[tuple[object, ...], NodeServers] = {}
        self._count = 0

    def new_file(self) -> Path:
        """Name the database of one server more."""
        self._count += 1
        return self._folder / f"{self._count}.sqlite"

    def start(self, plan: Plan, file: Path, secret: str, *, process: str = "first") -> Mapping[str, str]:
        """Start a server, in the process of that name."""
        key = (process, *sorted(plan.environment.items()))
        if key not in self._processes:
            self._processes[key] = NodeServers(**plan.environment)
        return self._processes[key].start(plan.filled(file, secret))

    def close(self) -> None:
        """End every process."""
        for process in self._processes.values():
            process.close()


class BetterAuthStage:
    """Has a scenario play at a Better Auth server of its own. Source of the member: `steps.stage.Stage`."""

    def __init__(self, plan: Plan, observatory: Observatory) -> None:
        self._plan = plan
        self._observatory = observatory

    def open(self, profile: str, hooks: Callable[[str, str], Hooks]) -> "BetterAuth":
        """Start the server; it has one profile."""
        del profile
        return BetterAuth(self._plan, self._observatory, hooks=hooks)


class BetterAuth(AsgiTarget):
    """One scenario's server.

    Args:
        plan: how it is set up.
        observatory: starts it.
        hooks: makes the recorder's httpx event hooks for a sender and a receiver.

    Attributes:
        origin: where it is, and what it calls itself.
        started: what it said when it started.
        secret: what it signs cookies with, unless it was given none.
        records: its database.
    """

    def __init__(self, plan: Plan, observatory: Observatory, *, hooks: Callable[[str, str], Hooks]) -> None:
        super().__init__(runner=observatory.runner, hooks=hooks)
        self.plan = plan
        self._observatory = observatory
        self.secret = secrets.token_urlsafe(32)
        self._file = observatory.new_file()
        self.started = observatory.start(plan, self._file, self.secret)
        assert "origin" in self.started, f"the server does not start: {self.started['refused']}"
        self.origin = self.started["origin"]
        self.records = Records(self._file)
        self.logbook = Logbook()
        self.logbook.listen(LOGGER)
        self.source = KeySetSource(
            self.loopback(sender="API"), url=f"{self.origin}/api/auth/jwks", hooks=hooks("API", "Better Auth")
        )
        self.allow_algorithms("EdDSA")

    def loopback(self, *, sender: str) -> LoopbackWire:
        """Return what a sender's requests to the server pass through; the key set source tells its own."""
        silent: Hooks = {"request": [], "response": []}
        told = silent if sender == "API" else self.hooks(sender, "Better Auth")
        return LoopbackWire(habits=self.habits[sender], hooks=told, archive=self.archive)

    def browser(self, owner: str) -> LoopbackBrowser:
        """Open a new browser for a person."""
        return LoopbackBrowser(self.run, self.loopback(sender=owner), origin=self.origin, renewal=self.renewal)

    @property
    def renewal(self) -> tuple[str, str]:
        """The method and the path by which this server mints an access token."""
        return TOKEN_OF_MENDED if self.plan.is_mended else TOKEN_OF_DEFAULT

    def unrecorded(self, browser: LoopbackBrowser | None = None, *, at: str | None = None) -> LoopbackBrowser:
        """Open a browser of which the evidence says nothing: a new one, or another window of this one."""
        wire = LoopbackWire(habits=[], hooks={"request": [], "response": []}, archive=[])
        window = LoopbackBrowser(self.run, wire, origin=at or self.origin, renewal=self.renewal)
        if browser is not None:
            window.cookies = browser.cookies
        return window

    def open_account(self, *, name: str, email: str, password: str, **further: str) -> None:
        """Sign somebody up before the scenario begins; nobody is signed in by it, and nothing is recorded."""
        body = {"name": name, "email": email, "password": password, **further}
        headers = {"x-forwarded-for": self.client_address(0)}
        answer = self.unrecorded().ask("POST", "/sign-up/email", body, headers)
        assert answer.status < httpx.codes.BAD_REQUEST, f"signing up was answered {answer.text}"

    def client_address(self, number: int) -> str:
        """Return a client's address that no other scenario has: servers of one process count requests together."""
        port = httpx.URL(self.origin).port or 0
        return f"10.{number}.{port // 256}.{port % 256}"

    def ask_at_once(self, browser: LoopbackBrowser, count: int) -> list[Answer]:
        """Have a browser ask for so many access tokens; the server takes up none before the last of them is there."""

        async def ask() -> list[httpx.Response]:
            return list(await asyncio.gather(*(browser.renewed(together=count) for _ in range(count))))

        return [named(read_answer(response)) for response in self.runner.run(ask())]

    def start_second_process(self) -> str:
        """Start the same server in another process, on the same records if it has any; return where it is."""
        started = self._observatory.start(self.plan, self._file, self.secret, process="second")
        return started["origin"]

    def published_keys(self, origin: str | None = None) -> list[dict[str, Any]]:
        """Read the published keys, unrecorded."""
        keys: list[dict[str, Any]] = self.unrecorded(at=origin).ask("GET", "/jwks").body["keys"]
        return keys

    def allow_algorithms(self, *names: str) -> None:
        """Start the API anew with another list of algorithms."""
        self.api_app = reference_api(issuer=self.origin, algorithms=names, transport=self.source)

    def trusted_signer(self, key_id: str) -> Signer:
        """Return nothing that signs: a token of this server goes as it came."""

        def refuse(_: bytes) -> NoReturn:
            raise AssertionError(f"the private half of {key_id} is in the server alone: leave its tokens as they are")

        return refuse

    @property
    def log_records(self) -> Sequence[logging.LogRecord]:
        """Every record that the API logged."""
        return self.logbook.records

    def reason(self) -> str | None:
        """Return the reason that the API logged last, or None."""
        reason = self.logbook.last("reason")
        return None if reason is None else str(reason)

    def close(self) -> None:
        """Close what the scenario opened; the server ends with its process."""
        self.logbook.leave(LOGGER)
        super().close()
