"""What a step may ask of the system under specification.

A `Target` that cannot do what it is asked raises `NotObserved`, with its reason; so a foreign server is asked for the
same scenarios as the reference, and none of them passes unseen.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from steps.drafts import Draft, Signer
from steps.entries import KEYS, STRAYS
from steps.names import email_of
from steps.targets.administration import Administration
from steps.targets.leniency import Leniency
from steps.targets.messages import SESSION_COOKIE, Answer, Browser, Call, Channel, KeySet, bearer
from steps.targets.routes import Route
from steps.targets.unseen import lacks
from steps.targets.wire import Sent
from steps.vocabulary import Verdict

if TYPE_CHECKING:
    from steps.targets.wire import Exchange, Habit

STATES: Final = {"session_missing": "signed out", "session_expired": "lapsed", "session_revoked": "revoked"}
"""The state of a session, by the code under which its renewal is refused."""


class Target(Administration):
    """The system under specification: an issuer, an API, and the clock they read.

    Each method here says what it needs and what a target lacks that does not have it.

    Attributes:
        habits: what each person does to each of her requests before it leaves, in order.
        archive: every exchange so far.
        channels: the open connections, newest last.
        leniency: what the sources leave open to a foreign API, or None where the contract holds to the letter.
        was_started: whether a party was started only to see whether it would.
    """

    leniency: Leniency | None = None
    session_cookie = SESSION_COOKIE
    was_started = False

    def __init__(self) -> None:
        self.habits: defaultdict[str, list[Habit]] = defaultdict(list)
        self.archive: list[Exchange] = []
        self.channels: Sequence[Channel] = []

    # What people do.

    def address(self, name: str, number: int) -> str:
        """Return the e-mail address of a person's account, counted from 1."""
        return email_of(name, number)

    def have_account(self, name: str, *, email: str, password: str) -> None:
        """See to it that a person has her first account, as everybody has when a scenario begins."""

    @property
    def last_exchange(self) -> Sent | None:
        """The newest request to the party under test, and its answer unless there was none."""
        return None

    def first_credential(self, name: str) -> str | None:
        """Return the session credential that signing up gave to a person before the scenario began."""
        return lacks(f"the session that {name} opened by signing up")

    def browser(self, owner: str) -> Browser:
        """Open a new browser for a person."""
        return lacks(f"the issuer's pages, for {owner}")

    def at_once(self, browser: Browser, *acts: str) -> list[Answer]:
        """Have several tabs of a browser ask the issuer before any of them is answered."""
        return lacks(f"a browser with {len(acts)} tabs at once ({type(browser).__name__})")

    def call(self, call: Call, *, sender: str) -> Answer:
        """Send a request to the API as it stands."""
        return lacks(f"an API, for {sender} to call {call.path}")

    def ask_frontend(self, browser: Browser, call: Call, *, sender: str) -> Answer:
        """Send a request to the frontend's server, with the cookies of a person's browser."""
        return lacks(f"a frontend's server, for {sender} to ask for {call.path} ({type(browser).__name__})")

    def present(self, token: str | None, *, sender: str) -> Answer:
        """Call the API's protected route with this access token, or without any."""
        return self.call(Call(headers=() if token is None else (bearer(token),)), sender=sender)

    def present_slowly(self, token: str, *, sender: str, seconds: int) -> Answer:
        """Call the API's protected route with this access token and a body that takes so long to arrive."""
        return lacks(f"{seconds} seconds in which {sender} sends a token of {len(token)} octets")

    def present_together(self, tokens: Sequence[str], *, at_once: bool) -> list[Answer]:
        """Call the API's protected route with each of these tokens, unrecorded, at once or one after another."""
        return lacks(f"{len(tokens)} requests {'at once' if at_once else 'in turn'}")

    def overtake(self, waiting: str, hurrying: str) -> Answer:
        """Return the answer to the second of two tokens, presented while the first has the API fetch its key set."""
        return lacks(f"the moment between two requests ({len(waiting)}, {len(hurrying)} octets)")

    def ask_for_account(self, subject: str, token: str, *, sender: str) -> Answer:
        """Call the API for the data of one account."""
        return self.call(Call(path=f"/accounts/{subject}", headers=(bearer(token),)), sender=sender)

    def open_channel(self, token: str | None, *, query: str = "") -> Verdict:
        """Open a WebSocket to the API with this access token, or without any."""
        return lacks(f"a WebSocket of the API ({'no token' if token is None else 'a token'}, {query or 'no query'})")

    # Keys.

    @property
    def key_set(self) -> KeySet:
        """What the API fetches, and the list of its requests."""
        return lacks("the line between the API and the key set")

    def publish_entry(self, name: str) -> None:
        """Have a further entry published beside the issuer's own key; a key of it may sign."""
        if name in STRAYS:
            self.key_set.publish(STRAYS[name])
        else:
            self.key_set.publish_key(KEYS[name]())

    def read_key_set(self, *, sender: str) -> Answer:
        """Read the issuer's published keys, as anyone may."""
        return lacks(f"the issuer's key set, for {sender}")

    def trusted_signer(self, key_id: str) -> Signer:
        """Return what signs as the issuer does, with the published key of this id."""
        return lacks(f"the private half of the issuer's key {key_id}")

    def session_draft(self, credential: str) -> Draft:
        """Return a session credential as a draft."""
        return Draft(credential, lambda _key_id: self.session_signer())

    def session_signer(self) -> Signer:
        """Return what signs with the key of the session credential, which is never published."""
        return lacks("the private half of the key of session credentials")

    def signing_key_ids(self) -> Sequence[str]:
        """List the published keys by their ids, oldest first."""
        return lacks("the issuer's keys")

    def rotate_key(self) -> None:
        """Publish the next signing key."""
        lacks("an operator's hand at the issuer's keys")

    def withdraw_key(self, key_id: str | None = None) -> None:
        """Withdraw a published signing key: this one, or the oldest where it is not published any more."""
        del key_id
        lacks("an operator's hand at the issuer's keys")

    # How the parties are set up.

    def restart(self, party: str) -> None:
        """End a party's process and start it anew, on the records it has."""
        lacks(f"a hand that restarts the {party}")

    def reached(self, party: str, instance: str) -> AbstractContextManager[None]:
        """Let requests to a party reach its `first` instance, its `second` or a `new` one."""
        return lacks(f"a {instance} instance of the {party}")

    def allow_algorithms(self, *names: str) -> None:
        """Start the API anew with another list of algorithms."""
        lacks(f"an API that is set up for {', '.join(names)}")

    def serve_clients(self, *client_ids: str) -> None:
        """Start the API anew with another list of clients; without any it serves all."""
        lacks(f"an API that is set up for {', '.join(client_ids) or 'any client'}")

    def deny_keys(self, *key_ids: str) -> None:
        """Start the API anew with these key ids denied."""
        lacks(f"an API that is set up to deny {', '.join(key_ids)}")

    def trust_proxy(self, party: str) -> None:
        """Start a party anew so that it believes the proxy all requests come from."""
        lacks(f"a proxy that the {party} is set up to trust")

    def serve_key_set_behind(self, certificate: Path) -> None:
        """Serve the issuer's key set over TLS on a real socket, and start an API that fetches it there."""
        lacks(f"an API that is set up to fetch its keys behind {certificate.name}")

    def complaint_about(self, **settings: str) -> str | None:
        """Return the sentence by which an API refuses to start with these settings, or None where it starts."""
        return lacks(f"an API that is set up by {', '.join(settings)}")

    def make_passwords_costly(self) -> None:
        """Start the issuer anew so that checking a password costs far more than all else it does."""
        lacks("an issuer whose passwords can be made costly")

    def break_down(self) -> None:
        """Start an API that fails at every request for want of a clock, as a defective one would."""
        lacks("an API that can be broken")

    def set_api_clock_off(self, seconds: int) -> None:
        """Let the API's clock differ from everybody else's by so many seconds."""
        lacks(f"a hand at the API's clock ({seconds} seconds)")

    def routes(self, party: str) -> list[Route]:
        """List every route that a party serves, whether or not its description names it."""
        return lacks(f"the list of the {party}'s routes")

    # What is not said outward.

    @property
    def log_records(self) -> Sequence[logging.LogRecord]:
        """Every record that a party logged."""
        return lacks("the log")

    def reason(self) -> str | None:
        """Return the reason that a party logged last, or None."""
        return lacks("the log")

    def leaks(self, secrets: Collection[str]) -> Sequence[str]:
        """Return what was logged that holds one of these secrets."""
        texts = [f"{record.getMessage()} {vars(record)}" for record in self.log_records]
        assert texts, "nothing was logged"
        return [text for text in texts if any(secret in text for secret in secrets)]

    def broken_lines(self) -> Sequence[str]:
        """Return what was logged that is more than one line, or no line of printable characters."""
        texts = [record.getMessage() for record in self.log_records]
        assert texts, "nothing was logged"
        return [text for text in texts if not text.isprintable()]

    # Time, and the end.

    def now(self) -> int:
        """Return the time the parties read: NumericDate, seconds UTC."""
        return lacks("a clock")

    def pass_time(self, seconds: int) -> None:
        """Let time pass for every party."""
        lacks(f"a clock that can be moved by {seconds} seconds")

    def in_its_words(self, text: str, *, member: str) -> str:
        """Return the text a scenario gives to a claim or header parameter, in the names of this target's parties."""
        del member
        return text

    def accepts(self, seen: Verdict, expected: Verdict) -> bool:
        """Return whether an outcome is the one that is specified, as far as this target can be told to the letter."""
        return seen == expected

    def state_behind(self, refusal: Verdict) -> str | None:
        """Return the state of a session whose renewal was refused so, or None where that fits no state."""
        return STATES.get(refusal.code or "")

    def is_state(self, seen: str, expected: str) -> bool:
        """Return whether a session's state is the one that is specified, as far as it can be told from outside."""
        return seen == expected

    def expected_header(self, answer: Answer, name: str, specified: str) -> str:
        """Return what a header of an answer must hold, where a scenario specifies it for the reference."""
        del answer, name
        return specified

    def key_set_requests(self) -> Sequence[httpx.Request]:
        """List the requests by which the API asked for the key set."""
        url = self.key_set.url
        return [request for request, _ in self.archive if request.url.copy_with(query=None) == url]

    def subject_of(self, answer: Answer) -> object:
        """Return whom the API says it is talking to."""
        return answer.body["sub"]

    def excuse(self, answer: Answer) -> None:
        """Hear how what had to be granted was answered, before that is asserted."""

    def close(self) -> None:
        """Close what the scenario opened."""
