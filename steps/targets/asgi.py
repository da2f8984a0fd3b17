"""What passes between people and two applications in this process: browsers, requests, channels, over ASGI."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

import httpx
from starlette.types import ASGIApp

from steps.targets.browser import ISSUER, InProcessBrowser, read_answer, request_of
from steps.targets.channel import Channel, with_late_body
from steps.targets.crowd import ask_at_once, ask_in_turn, overtake
from steps.targets.key_set_source import KeySetSource
from steps.targets.loop import Runner
from steps.targets.messages import Answer, Browser, Call, bearer
from steps.targets.target import Target
from steps.targets.wire import ApplicationWire, Hooks
from steps.vocabulary import Verdict

API: Final = "https://api.example.test"


class AsgiTarget(Target):
    """Two applications in this process, and those who speak to them.

    Args:
        runner: the event loop that the whole run uses.
        hooks: makes the recorder's httpx event hooks for a sender and a receiver.
    """

    api_app: ASGIApp
    issuer_app: ASGIApp
    source: KeySetSource

    def __init__(self, *, runner: Runner, hooks: Callable[[str, str], Hooks]) -> None:
        super().__init__()
        self.runner = runner
        self.hooks = hooks
        self._open_channels: list[Channel] = []
        self.channels = self._open_channels
        self.clients: list[httpx.AsyncClient] = []

    @property
    def key_set(self) -> KeySetSource:
        """What the API fetches, and the list of its requests."""
        return self.source

    def run(self, work: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
        """Wait for a response."""
        return self.runner.run(work)

    def wire(self, application: Callable[[], ASGIApp], *, sender: str, receiver: str) -> ApplicationWire:
        """Return what a sender's requests to an application pass through."""
        # The key set source tells the recorder what it makes of an answer; nothing is told twice.
        hooks = self.hooks(sender, receiver) if sender != "API" else {"request": [], "response": []}
        return ApplicationWire(application, habits=self.habits[sender], hooks=hooks, archive=self.archive)

    def client(
        self, application: Callable[[], ASGIApp], base_url: str, *, sender: str, receiver: str
    ) -> httpx.AsyncClient:
        """Open a recorded client of an application."""
        wire = self.wire(application, sender=sender, receiver=receiver)
        client = httpx.AsyncClient(transport=wire, base_url=base_url)
        self.clients.append(client)
        return client

    def browser(self, owner: str) -> Browser:
        """Open a new browser for a person."""
        return InProcessBrowser(self.run, self.client(lambda: self.issuer_app, ISSUER, sender=owner, receiver="Issuer"))

    def at_once(self, browser: Browser, *acts: str) -> list[Answer]:
        """Have several tabs of a browser ask the issuer before any of them is answered."""
        assert isinstance(browser, InProcessBrowser)
        return [read_answer(response) for response in self.runner.run(browser.at_once(*acts))]

    def call(self, call: Call, *, sender: str, late_seconds: int = 0) -> Answer:
        """Send a request to the API as it stands; its body may arrive so many seconds after its head."""
        app = with_late_body(self.api_app, lambda: self.pass_time(late_seconds)) if late_seconds else self.api_app
        # No client stands between: nobody keeps the API's cookies, or follows where it points.
        wire = self.wire(lambda: app, sender=sender, receiver="API")
        return read_answer(self.run(wire.handle_async_request(request_of(API, call))))

    def present_together(self, tokens: Sequence[str], *, at_once: bool) -> list[Answer]:
        """Call the API's protected route with each of these tokens, unrecorded, at once or one after another."""
        send = ask_at_once if at_once else ask_in_turn
        return self.runner.run(send(self.api_app, [bearer(token)[1] for token in tokens]))

    def overtake(self, waiting: str, hurrying: str) -> Answer:
        """Return the answer to the second of two tokens, presented while the first has the API fetch its key set."""
        fetches = self.key_set.fetches
        pair = bearer(waiting)[1], bearer(hurrying)[1]
        return self.runner.run(overtake(self.api_app, *pair, until=lambda: self.key_set.fetches > fetches))

    def present_slowly(self, token: str, *, sender: str, seconds: int) -> Answer:
        """Call the API's protected route with this access token and a body that takes so long to arrive."""
        headers = (bearer(token), ("content-type", "application/json"))
        call = Call("POST", "/echo", headers=headers, body=b'{"text": "at last"}')
        return self.call(call, sender=sender, late_seconds=seconds)

    def open_channel(self, token: str | None, *, query: str = "") -> Verdict:
        """Open a WebSocket to the API with this access token, or without any."""
        headers = [] if token is None else [(name.encode(), value) for name, value in [bearer(token)]]
        channel = Channel(self.api_app, runner=self.runner, headers=headers, query=query.encode())
        self._open_channels.append(channel)
        return channel.open()

    def read_key_set(self, *, sender: str) -> Answer:
        """Read the issuer's published keys, as anyone may."""
        return self.browser(sender).call(Call(path=self.key_set.url.path))

    def close(self) -> None:
        """Hang up."""
        for channel in self._open_channels:
            channel.close()
        for client in self.clients:
            self.runner.run(client.aclose())
