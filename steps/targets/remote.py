"""A foreign API over HTTP. The suite is its issuer: it holds the keys and mints each token a scenario needs."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import httpx

from steps.targets.leniency import ApiLeniency, bearer_challenge, token_of
from steps.targets.messages import Answer, Call, bearer
from steps.targets.remote_answer import find_subject, read
from steps.targets.remote_backend import Backend, Setup
from steps.targets.remote_browser import MintingBrowser
from steps.targets.remote_channel import RemoteChannel
from steps.targets.remote_issuer import RemoteIssuer
from steps.targets.remote_log import RemoteLog
from steps.targets.remote_paths import NOWHERE, Paths
from steps.targets.remote_routes import DESCRIPTION, PAGES, described_routes
from steps.targets.remote_time import Pace, Time
from steps.targets.remote_wire import Line, RemoteWire, overtake, send_many
from steps.targets.remote_words import Words
from steps.targets.routes import Route
from steps.targets.settable import SettableApi
from steps.targets.unseen import Inapplicable, NotObserved
from steps.targets.wire import ASKED_SCHEME, Exchange, Hooks, Sent, with_header
from steps.vocabulary import GRANTED, Verdict

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND"})
"""With a live token nothing else is sent: nobody asked for their data to be changed."""

TRIED_SUBJECT: Final = "account-ada"
"""Whose token a run begins with."""
AT_ONCE: Final = 50
"""As many requests as are under way together when a scenario has many at once: enough to meet, too few to harm."""


class RemoteApi(SettableApi):
    """One scenario's view of the API.

    Args:
        backend: the API.
        issuer: what it trusts.
        runner: the event loop that the whole run uses.
        hooks: makes the recorder's httpx event hooks for a sender and a receiver.
        setup: how the API is set up.
        log: what the API logs.
        time: the scenario's.
        words: the scenario's names and times, as the API knows them.
        pace: how much time the API is given where the scenario lets some pass.
        line: the connection that all its requests share, where the scenario is about one.
    """

    def __init__(  # noqa: PLR0913 -- what a run has, and what a scenario adds
        self,
        backend: Backend,
        issuer: RemoteIssuer,
        *,
        runner: asyncio.Runner,
        hooks: Callable[[str, str], Hooks],
        setup: Setup,
        log: RemoteLog,
        time: Time,
        words: Words,
        pace: Pace,
        line: Line | None = None,
    ) -> None:
        super().__init__(issuer, setup=setup, time=time, pace=pace)
        self.backend = backend
        self.runner = runner
        self.hooks = hooks
        self._log = log
        self._words = words
        self._line = line
        self._crowd: dict[Verdict, Exchange] = {}
        self._paths = Paths(backend)
        self.channels: list[RemoteChannel] = []
        self.leniency = ApiLeniency(
            algorithm=issuer.mint.algorithm,
            paths=self._paths.known,
            own_account=backend.account_of(TRIED_SUBJECT) if backend.opens_accounts else None,
            names_origins="ALLOWED_ORIGINS" in setup.reads,
            adopts_contract=backend.adopts_contract,
            is_in_production=setup.is_in_production,
        )
        self.leniency.sees_every_fetch = time.is_moved

    # What people do.

    def first_credential(self, name: str) -> str | None:
        """Return a session credential; nobody will ask for it."""
        return self.browser(name).credential

    def browser(self, owner: str) -> MintingBrowser:
        """Open a new browser for a person."""
        return MintingBrowser(owner, self.issuer.mint, now=self.now)

    def call(self, call: Call, *, sender: str) -> Answer:
        """Send a request to the API as it stands."""
        self._time.require_now()
        request = self._request(call)
        self._crowd.clear()
        wire = RemoteWire(
            habits=[*self.habits[sender], *([_say_scheme] if self._setup.is_spoken_for else []), _refuse_to_change],
            hooks=self.hooks(sender, "API"),
            archive=self.archive,
            sent=self._sent,
            line=self._line,
        )
        self._log.listen()
        response = self.runner.run(wire.handle_async_request(request))
        if response.is_success and (token := token_of(response.request)) and token not in str(response.request.url):
            self._log.let_in(token)
        return read(response)

    def _request(self, call: Call) -> httpx.Request:
        path = self._paths.of(call.path)
        url = self.backend.url.copy_with(raw_path=path.encode() + (f"?{call.query}".encode() if call.query else b""))
        if any(octet in value for _, value in _octets(call) for octet in (b"\r", b"\n")):
            raise NotObserved("on the wire a line break ends the header, and stands in no value")
        content, extensions = call.body or None, dict(call.extensions)
        return httpx.Request(call.method, url, headers=_octets(call), content=content, extensions=extensions)

    def present_together(self, tokens: Sequence[str], *, at_once: bool) -> list[Answer]:
        """Call the API's protected route with each of these tokens, some at a time or one after another."""
        self._time.require_now()
        requests = [self._request(Call(headers=(bearer(token),))) for token in tokens]
        responses = self.runner.run(send_many(requests, at_a_time=AT_ONCE if at_once else 1))
        answers = [read(response) for response in responses]
        self._sent.append((requests[-1], responses[-1]))
        self.archive.append((requests[-1], responses[-1]))
        exchanges = zip(requests, responses, strict=True)
        self._crowd = {answer.verdict: each for answer, each in zip(answers, exchanges, strict=True)}
        return answers

    def overtake(self, waiting: str, hurrying: str) -> Answer:
        """Return the answer to the second of two tokens, presented while the first has the API fetch its key set."""
        first, second = (self._request(Call(headers=(bearer(token),))) for token in (waiting, hurrying))
        fetches = self.issuer.fetches
        response, has_waited = self.runner.run(overtake(first, second, until=lambda: self.issuer.fetches > fetches))
        self._sent.append((second, response))
        self.archive.append((second, response))
        assert not has_waited, "the second request waited for the first"
        return read(response)

    def open_channel(self, token: str | None, *, query: str = "") -> Verdict:
        """Open a WebSocket to the API with this access token, or without any."""
        if self.backend.socket_path is None:
            raise NotObserved("this run knows no route that opens a WebSocket; --socket-path says which does")
        self._time.require_now()
        address = self.backend.socket_path + (f"?{query}" if query else "")
        call = Call(headers=() if token is None else [bearer(token)])
        request = httpx.Request("GET", self.backend.url.copy_with(raw_path=address.encode()), headers=_octets(call))
        self.channels.append(RemoteChannel(self.runner))
        self._sent.append((request, None))
        response = self.channels[-1].open(request)
        self._sent[-1] = (request, response)
        self.archive.append((request, response))
        return read(response).verdict

    def routes(self, party: str) -> list[Route]:
        """List the routes for reading that the API's description names, and the pages about itself that it serves."""
        if party != "API":
            return super().routes(party)
        if self._serves(NOWHERE):
            raise NotObserved("the API has an answer to every path, so that nothing is known of any")
        self._paths.learn(DESCRIPTION, *PAGES)
        described = [*described_routes(self.call(Call(path=DESCRIPTION), sender="A stranger").body)]
        self._paths.learn(*(route.path for route in described))
        return [*described, *(Route("GET", path, "-") for path in PAGES if self._serves(path))]

    def _serves(self, path: str) -> bool:
        token = self.issuer.mint.mint(TRIED_SUBJECT, now=self.now())
        return self.call(Call(path=path, headers=(bearer(token),)), sender="Ada").verdict == GRANTED

    @property
    def last_exchange(self) -> Sent | None:
        """The newest request to the API, and its answer unless there was none."""
        return self._sent[-1] if self._sent else None

    # How the API is set up.

    def restart(self, party: str) -> None:
        """Start the API anew; the issuer has nothing that a restart could take away."""
        if party == "API":
            self._setup.restart()
            self._time.settle()

    @contextmanager
    def reached(self, party: str, instance: str) -> Iterator[None]:
        """Let requests reach the `first` instance of the API, or a `new` one in its place."""
        if party == "API" and instance == "new":
            self.restart(party)
        elif party != "API" or instance != "first":
            raise NotObserved(f"this run has no {instance} instance of the {party}")
        yield

    def break_down(self) -> None:
        """Have every token presented at a route that fails."""
        self._paths.break_down()

    def set_api_clock_off(self, seconds: int) -> None:
        """Let the API's clock differ from everybody else's by so many seconds."""
        self._time.set_api_off(self._words.off(seconds))

    def close(self) -> None:
        """Hang up."""
        for channel in self.channels:
            channel.close()
        if self._line is not None:
            self._line.close()
        super().close()

    # The log.

    @property
    def log_records(self) -> Sequence[logging.LogRecord]:
        """The events of the contract that the API logged in this scenario."""
        return self._log.records

    def reason(self) -> str | None:
        """Return the reason that the API logged for its newest answer, or None."""
        return self._log.reason()

    def leaks(self, secrets: Collection[str]) -> Sequence[str]:
        """Return what the API logged that holds one of these secrets, or a token that it has let in."""
        return self._log.leaks(secrets)

    def broken_lines(self) -> Sequence[str]:
        """Return what the newest token says that breaks the API's log."""
        return self._log.broken_by(token_of(self.archive[-1][0]))

    # Words and verdicts.

    def in_its_words(self, text: str, *, member: str) -> str:
        """Return the text of a claim or header parameter in the names of this API's parties."""
        return self._words.translated(text, member=member)

    def expected_header(self, answer: Answer, name: str, specified: str) -> str:
        """Return what a header must hold, of which a foreign API can know."""
        lower = name.lower()
        if lower == "allow":
            return "…" if answer.status == httpx.codes.METHOD_NOT_ALLOWED else "absent"
        self.leniency.refuse_unrouted(self.archive[-1])
        if lower == "strict-transport-security" and specified != "absent" and not self._setup.is_in_production:
            raise Inapplicable("on loopback every call is over plain HTTP")
        if (lower.startswith("access-control-") or lower == "vary") and "ALLOWED_ORIGINS" not in self._setup.reads:
            raise Inapplicable("which origins this API allows was not said")
        if lower == "www-authenticate" and (
            specified.startswith("Bearer") or answer.status == httpx.codes.UNAUTHORIZED
        ):
            return "Bearer…" if bearer_challenge(answer) is None else "…"
        return self.leniency.expected_advice(answer, specified) if lower == "retry-after" else specified

    def key_set_requests(self) -> Sequence[httpx.Request]:
        """List the requests by which the API asked for the key set in this run."""
        return self.issuer.key_set_requests

    def subject_of(self, answer: Answer) -> object:
        """Return whom the API says it is talking to, where it can be found."""
        return find_subject(answer.body, self.backend.subject_pointer)

    def accepts(self, seen: Verdict, expected: Verdict) -> bool:
        """Return whether an outcome is as specified, or what the sources leave open in its place."""
        if not self.archive:
            return seen == expected
        self.refuse_insecure(seen, expected)
        if self.channels and self.channels[-1].was_used:
            return (seen == GRANTED) == (expected == GRANTED)
        exchange = self._crowd.get(seen, self.archive[-1])
        accepts = self.leniency.accepts(expected, exchange)
        if not accepts and expected.code == "token_invalid" and self.issuer.obstacle is not None:
            # Who cannot ask may leave open whether there is such a key.
            accepts = self.leniency.accepts(Verdict("keys_unavailable"), exchange)
        # Who meets an obstacle may take its time over it.
        if not accepts and self._time.is_late() and self.issuer.obstacle is None:
            raise NotObserved("it took longer than the second that the scenario is about; this machine is too busy")
        return accepts


def _octets(call: Call) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value if isinstance(value, bytes) else value.encode()) for name, value in call.headers]


def _say_scheme(request: httpx.Request) -> httpx.Request:
    scheme: str = request.extensions.get(ASKED_SCHEME, "https")
    return with_header(request, b"X-Forwarded-Proto", scheme.encode())


def _refuse_to_change(request: httpx.Request) -> httpx.Request:
    if request.method not in SAFE_METHODS and "authorization" in request.headers:
        raise NotObserved(f"{request.method} with a live token could change somebody's data")
    return request
