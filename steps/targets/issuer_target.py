"""A foreign issuer over HTTP: people sign up, sign in and renew there as at the reference, with accounts of a run."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

import httpx

from steps.drafts import Draft, Signer
from steps.names import password_of
from steps.targets.asgi import API
from steps.targets.browser import ISSUER
from steps.targets.foreign_browser import ForeignBrowser, ForeignWire, read
from steps.targets.foreign_issuer import ForeignIssuer
from steps.targets.issuer_leniency import IssuerLeniency, status_of
from steps.targets.messages import Answer, Browser, Call
from steps.targets.remote_wire import send
from steps.targets.target import Target
from steps.targets.unseen import Inapplicable, NotObserved
from steps.targets.wire import Hooks, Sent
from steps.vocabulary import GRANTED, Verdict, as_json

OVER: Final = frozenset({"signed out", "lapsed", "revoked"})
"""The states of a session that is no more; which of them it is, only this house's codes tell."""

DATING_SECONDS: Final = 60
"""After this wait nothing is different but the dates of what is made then; the next second has other dates too."""

REFUSED: Final = frozenset({400, 401, 403})

GRACE_SECONDS: Final = 10
"""For so long the strict profile answers a replaced credential as if it were the newest."""


class IssuerTarget(Target):
    """One scenario's view of the issuer.

    Args:
        issuer: the issuer.
        runner: the event loop that the whole run uses.
        hooks: makes the recorder's httpx event hooks for a sender and a receiver.
        grace_seconds: how long a replaced credential may be used, in a scenario that waits for the end of that.
    """

    leniency: IssuerLeniency

    def __init__(
        self,
        issuer: ForeignIssuer,
        *,
        runner: asyncio.Runner,
        hooks: Callable[[str, str], Hooks],
        grace_seconds: int | None = None,
    ) -> None:
        super().__init__()
        self._grace_seconds = grace_seconds
        self.issuer = issuer
        self.runner = runner
        self.hooks = hooks
        self.session_cookie = issuer.cookie
        self.leniency = IssuerLeniency(cookie=issuer.cookie, is_secure=issuer.url.scheme == "https")
        self._sent: list[Sent] = []
        self._addresses: dict[tuple[str, int], str] = {}
        issuer.scenarios += 1
        self._mark = f"{issuer.run}-{issuer.scenarios}"

    @property
    def last_exchange(self) -> Sent | None:
        """The newest request to the issuer, and its answer unless there was none."""
        return self._sent[-1] if self._sent else None

    # What people do.

    def address(self, name: str, number: int) -> str:
        """Return an address of this run; the first account of a person is shared while nothing was done to it."""
        mark = f"{self.issuer.run}-first{self.issuer.used[name]}" if number == 1 else self._mark
        return self._addresses.setdefault((name, number), f"{name.lower()}.{number}.{mark}@example.test")

    def have_account(self, name: str, *, email: str, password: str) -> None:
        """Sign up, unless a scenario before has and left the account as it was."""
        if email in self.issuer.opened:
            return
        answer = self._browser(name, quietly=True).sign_up(name=name, email=email, password=password)
        self.excuse(answer)
        assert answer.verdict == GRANTED, f"signing up was {answer.verdict}"
        self.issuer.opened.add(email)

    def first_credential(self, name: str) -> str | None:
        """Open a session."""
        browser = self._browser(name, quietly=True)
        answer = browser.sign_in(email=self.address(name, 1), password=password_of(name, 1))
        self.excuse(answer)
        assert answer.verdict == GRANTED, f"signing in was {answer.verdict}"
        return browser.credential

    def browser(self, owner: str) -> Browser:
        """Open a new browser for a person."""
        return self._browser(owner)

    def _browser(self, owner: str, *, quietly: bool = False) -> ForeignBrowser:
        sender = f"{owner} beforehand" if quietly else owner

        def post(request: httpx.Request) -> httpx.Response:
            return self.runner.run(self._wire(sender).handle_async_request(request))

        def use_up(email: str | None = None) -> None:
            self.issuer.used[self._holder_of(email) or owner.partition("'")[0]] += 1

        return ForeignBrowser(post, self.issuer, use_up=use_up)

    def _holder_of(self, email: str | None) -> str | None:
        """Return whose account has an address, in whatever letters; another than its holder may have used it up."""
        return next((name for (name, _), known in self._addresses.items() if email and known == email.lower()), None)

    def _wire(self, sender: str) -> ForeignWire:
        return ForeignWire(
            self.issuer,
            habits=self.habits[sender],
            hooks=self.hooks(sender, "Issuer"),
            archive=self.archive,
            sent=self._sent,
            mark=self._mark,
        )

    def at_once(self, browser: Browser, *acts: str) -> list[Answer]:
        """Have several tabs of a browser ask the issuer before any of them is answered."""
        assert isinstance(browser, ForeignBrowser)

        async def ask() -> list[httpx.Response]:
            wires = [self._wire("tabs") for _ in acts]
            requests = [browser.tab(act) for act in acts]
            return await asyncio.gather(
                *(wire.handle_async_request(request) for wire, request in zip(wires, requests, strict=True))
            )

        return [browser.keep(response) for response in self.runner.run(ask())]

    def call(self, call: Call, *, sender: str) -> Answer:
        """Say that there is no API to call, but for the witness that is shown a token."""
        del call, sender
        raise NotObserved("this run is about the issuer; it has no API of its own to ask")

    def present(self, token: str | None, *, sender: str) -> Answer:
        """Show the witness an access token."""
        del sender
        verdict = self.issuer.witness.look(token, self._published())
        return Answer(verdict, 200 if verdict == GRANTED else 401, [], None, "")

    # Keys.

    def read_key_set(self, *, sender: str) -> Answer:
        """Read the issuer's published keys, as anyone may."""
        return self._browser(f"{sender} at the key set").call(Call(path="/api/auth/jwks"))

    def _published(self) -> dict[str, Any]:
        # Beside the scenario: what it says of its last exchange is about what it asked itself.
        response = self.runner.run(send(httpx.Request("GET", self.issuer.key_set_url)))
        found = read(response).body
        assert isinstance(found, dict), f"{self.issuer.key_set_url} holds no key set"
        return found

    def trusted_signer(self, key_id: str) -> Signer:
        """Return what would sign as the issuer does."""
        del key_id
        return _unable("the private half of the issuer's key")

    def session_signer(self) -> Signer:
        """Return what would sign session credentials."""
        return _unable("the private half of the key of session credentials")

    def session_draft(self, credential: str) -> Draft:
        """Return a session credential as a draft, where it is one that others than its issuer can read."""
        if not self.issuer.paths.has_readable_credential:
            raise Inapplicable("the session credential is a text that only the issuer reads")
        return super().session_draft(credential)

    # Time.

    def now(self) -> int:
        """Return the time."""
        return int(time.time())

    def pass_time(self, seconds: int) -> None:
        """Wait for the next second where that is as good, or for the end of a grace: the issuer's clock is its own."""
        if seconds == DATING_SECONDS:
            time.sleep(1 - time.time() % 1)
        elif seconds == GRACE_SECONDS and self._grace_seconds is not None:
            time.sleep(waited_seconds(self._grace_seconds))
        elif seconds > 0:
            raise NotObserved(f"{seconds} seconds would have to be waited for: the issuer's clock is its own")

    # Words and verdicts.

    def in_its_words(self, text: str, *, member: str) -> str:
        """Return the text of a claim or header parameter in the names of this issuer's parties."""
        if member == "alg":
            return as_json(self.issuer.witness.algorithm)
        names = {as_json(ISSUER): self.issuer.witness.issuer, as_json(API): self.issuer.witness.audience}
        return as_json(names[text]) if text in names else text

    def accepts(self, seen: Verdict, expected: Verdict) -> bool:
        """Return whether an outcome is as specified, or what the sources leave open in its place."""
        return self.leniency.accepts(seen, expected)

    def state_behind(self, refusal: Verdict) -> str | None:
        """Return that a session is over: what ended it, an issuer need not tell."""
        return super().state_behind(refusal) or ("signed out" if status_of(refusal) in REFUSED else None)

    def is_state(self, seen: str, expected: str) -> bool:
        """Return whether a session lives, or is over, as it is specified to be."""
        return seen == expected or {seen, expected} <= OVER

    def expected_header(self, answer: Answer, name: str, specified: str) -> str:
        """Return what a header must hold, of which a foreign issuer can know."""
        lower = name.lower()
        if lower == "strict-transport-security":
            raise Inapplicable("on loopback every call is over plain HTTP")
        if lower in {"clear-site-data", "content-type"}:
            raise NotObserved(f"no source asks for {name} to the letter")
        if lower == "allow" and answer.status != httpx.codes.METHOD_NOT_ALLOWED:
            raise NotObserved("Allow belongs to a 405, and other refusals do as well")
        if lower == "set-cookie" and specified != "absent":
            if answer.verdict != GRANTED:
                raise NotObserved("no source asks for the cookie to be taken back with a refusal")
            self.leniency.judge_cookie(answer, {"Max-Age": "0"} if "Max-Age=0" in specified else {})
            return "…"
        return specified

    def subject_of(self, answer: Answer) -> object:
        """Say that there is no API to name anybody."""
        del answer
        raise NotObserved("this run is about the issuer; it has no API of its own to ask")

    def excuse(self, answer: Answer) -> None:
        """Judge nothing that an issuer's limits have kept from happening."""
        if answer.status == httpx.codes.TOO_MANY_REQUESTS:
            raise NotObserved("the issuer asks this run to slow down (429): lift its limit for the check")


def _unable(what: str) -> Signer:
    def sign(_: bytes) -> bytes:
        raise NotObserved(f"this run lacks {what}")

    return sign


def waited_seconds(grace_seconds: int) -> int:
    """Return for how long to wait until a grace is surely over, though both clocks count whole seconds."""
    return grace_seconds + 1
