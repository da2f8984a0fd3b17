"""A foreign API over HTTP. The suite is its issuer: it holds the keys and mints each token a scenario needs."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import httpx

from steps.drafts import Signer
from steps.targets.leniency import ApiLeniency
from steps.targets.messages import Answer, Call
from steps.targets.remote_browser import SESSION_KEY, MintingBrowser
from steps.targets.remote_issuer import RemoteIssuer, RemoteKeySet
from steps.targets.remote_wire import RemoteWire
from steps.targets.remote_words import Words
from steps.targets.target import Target
from steps.targets.unseen import Inapplicable, NotObserved
from steps.targets.wire import Hooks, Sent
from steps.vocabulary import GRANTED, Verdict

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""With a live token nothing else is sent: nobody asked for their data to be changed."""


@dataclass(frozen=True)
class Backend:
    """The API under test, as whoever runs it describes it.

    Attributes:
        url: a route that asks for a token.
        public_path: a route that asks for none, or None where there is none to be asked.
        leeway_seconds: the clock skew it tolerates, or None where nobody said.
        subject_pointer: where an answer names the caller (RFC 6901), or None where nobody said.
    """

    url: httpx.URL
    public_path: str | None = None
    leeway_seconds: int | None = None
    subject_pointer: str | None = None


class RemoteApi(Target):
    """One scenario's view of the API.

    Args:
        backend: the API.
        issuer: what it trusts.
        runner: the event loop that the whole run uses.
        hooks: makes the recorder's httpx event hooks for a sender and a receiver.
        ahead_seconds: how much time the scenario lets pass before it calls; the tokens are minted so much earlier.
    """

    leniency: ApiLeniency

    def __init__(
        self,
        backend: Backend,
        issuer: RemoteIssuer,
        *,
        runner: asyncio.Runner,
        hooks: Callable[[str, str], Hooks],
        ahead_seconds: int = 0,
    ) -> None:
        super().__init__()
        self.backend = backend
        self.issuer = issuer
        self.runner = runner
        self.hooks = hooks
        self._ahead_seconds = ahead_seconds
        self._source = RemoteKeySet(issuer)
        self._sent: list[Sent] = []
        self._words = Words(issuer, leeway_seconds=backend.leeway_seconds)
        self._paths = {"/me": backend.url.raw_path.decode("ascii").partition("?")[0], "/nothing": "/nothing-is-here"}
        if backend.public_path is not None:
            self._paths["/"] = backend.public_path
        self.leniency = ApiLeniency(algorithm=issuer.mint.algorithm, paths=tuple(self._paths.values()))

    # What people do.

    def first_credential(self, name: str) -> str | None:
        """Return a session credential; nobody will ask for it."""
        return self.browser(name).credential

    def browser(self, owner: str) -> MintingBrowser:
        """Open a new browser for a person."""
        return MintingBrowser(owner, self.issuer.mint, now=self.now)

    def call(self, call: Call, *, sender: str) -> Answer:
        """Send a request to the API as it stands."""
        if self._ahead_seconds:
            raise NotObserved(
                f"the scenario goes on {self._ahead_seconds} seconds after this call; they are not waited for"
            )
        request = self._request(call)
        wire = RemoteWire(
            habits=[*self.habits[sender], _refuse_to_change],
            hooks=self.hooks(sender, "API"),
            archive=self.archive,
            sent=self._sent,
        )
        response = self.runner.run(wire.handle_async_request(request))
        return _read(response)

    def _request(self, call: Call) -> httpx.Request:
        path = self._path_of(call.path)
        url = self.backend.url.copy_with(raw_path=path.encode() + (f"?{call.query}".encode() if call.query else b""))
        if call.scheme != "https":
            raise Inapplicable("on loopback every call is over plain HTTP")
        if any(octet in value for _, value in _octets(call) for octet in (b"\r", b"\n")):
            raise NotObserved("on the wire a line break ends the header, and stands in no value")
        content, extensions = call.body or None, dict(call.extensions)
        return httpx.Request(call.method, url, headers=_octets(call), content=content, extensions=extensions)

    def _path_of(self, path: str) -> str:
        if path not in self._paths:
            raise NotObserved(f"this run knows no route of the API that is like the reference's {path}")
        return self._paths[path]

    @property
    def last_exchange(self) -> Sent | None:
        """The newest request to the API, and its answer unless there was none."""
        return self._sent[-1] if self._sent else None

    # Keys.

    @property
    def key_set(self) -> RemoteKeySet:
        """What the API fetches."""
        return self._source

    def publish_entry(self, name: str) -> None:
        """Turn to an entry that is published beside the issuer's key."""
        key = self.issuer.publish(name)
        if key is not None:
            self._source.keys.append(key)

    def trusted_signer(self, key_id: str) -> Signer:
        """Return what signs as the issuer does."""
        return self.issuer.mint.signer(key_id)

    def session_signer(self) -> Signer:
        """Return what signs with the key of the session credential, which is never published."""
        return SESSION_KEY.sign

    def allow_algorithms(self, *names: str) -> None:
        """Go on only if the API is set up for these."""
        if names != (self.issuer.mint.algorithm,):
            raise Inapplicable(f"this API was told to accept {self.issuer.mint.algorithm}, not {', '.join(names)}")

    def serve_clients(self, *client_ids: str) -> None:
        """Go on only if any client will do."""
        if client_ids:
            raise Inapplicable("this API was not set up for certain clients")

    # Time.

    def now(self) -> int:
        """Return the time the tokens are minted at."""
        return int(time.time()) - self._ahead_seconds

    def pass_time(self, seconds: int) -> None:
        """Go on towards the real time, from as long ago as the scenario needs."""
        seconds = self._words.stretched(seconds)
        if seconds > self._ahead_seconds:
            raise NotObserved(f"{seconds} seconds would have to be waited for")
        self._ahead_seconds -= seconds

    # Words and verdicts.

    def in_its_words(self, text: str, *, member: str) -> str:
        """Return the text of a claim or header parameter in the names of this API's parties."""
        return self._words.translated(text, member=member)

    def expected_header(self, answer: Answer, name: str, specified: str) -> str:
        """Return what a header must hold, of which a foreign API can know."""
        del answer
        self.leniency.refuse_unrouted(self.archive[-1])
        lower = name.lower()
        if lower == "strict-transport-security":
            raise Inapplicable("on loopback every call is over plain HTTP")
        if lower.startswith("access-control-") or lower == "vary":
            raise Inapplicable("which origins this API allows was not said")
        if lower == "www-authenticate" and specified.startswith("Bearer"):
            return "Bearer…"
        return specified

    def key_set_requests(self) -> list[httpx.Request]:
        """List the requests by which the API asked for the key set."""
        raise NotObserved("which headers an HTTP client may send of its own is not specified")

    def subject_of(self, answer: Answer) -> object:
        """Return whom the API says it is talking to, where it can be found."""
        return find_subject(answer.body, self.backend.subject_pointer)

    def accepts(self, seen: Verdict, expected: Verdict) -> bool:
        """Return whether an outcome is as specified, or what the sources leave open in its place."""
        return self.leniency.accepts(expected, self.archive[-1]) if self.archive else seen == expected


def _octets(call: Call) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value if isinstance(value, bytes) else value.encode()) for name, value in call.headers]


def _read(response: httpx.Response) -> Answer:
    try:
        body = json.loads(response.text) if response.text else None
    except (ValueError, RecursionError):
        body = None
    verdict = GRANTED if response.is_success else Verdict(f"status_{response.status_code}")
    headers = [(name.lower(), value) for name, value in response.headers.multi_items()]
    return Answer(verdict, response.status_code, headers, body, response.text)


def _refuse_to_change(request: httpx.Request) -> httpx.Request:
    if request.method not in SAFE_METHODS and "authorization" in request.headers:
        raise NotObserved(f"{request.method} with a live token could change somebody's data")
    return request


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
