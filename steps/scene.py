"""The scene of a scenario: its target, its people, and who spoke last."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

import pytest

from steps.beginnings import Beginnings
from steps.drafts import Draft
from steps.names import email_of, password_of
from steps.stage import InProcessStage, Stage
from steps.targets.databases import Databases, PostgresDatabases, SqliteFiles
from steps.targets.loop import Runner, StandingRunner
from steps.targets.messages import Answer, Browser
from steps.targets.target import Target
from steps.targets.unseen import Unseen
from steps.targets.wire import Hooks
from steps.vocabulary import NO_ANSWER

SERVER_VARIABLE: Final = "SCENARIOS_POSTGRES_URL"
"""The environment variable that has the scenarios run on a PostgreSQL server: its URL, as SQLAlchemy writes it."""

STAGE: Final = pytest.StashKey[Stage]()
"""Where a run's configuration holds a stage other than the reference in this process."""

MEMORY: Final = "/dev/shm"  # noqa: S108 -- a folder of our own is made in it


class Exchanges(Protocol):
    """The recorder's side of a scenario (watchword.recorder)."""

    def hooks(self, sender: str, receiver: str) -> Hooks:
        """Return httpx event hooks that record each exchange on the current step."""

    def note(self, kind: str, **facts: Any) -> None:
        """Attach an observation to the current step."""


@dataclass
class Person:
    """Someone who uses the application, with a browser of her own."""

    name: str
    browser: Browser
    address: Callable[[str, int], str] = email_of
    password: str = field(init=False)
    accounts: int = 0
    writes_in_capitals: bool = False
    passwords: int = 0
    draft: Draft | None = None
    subject: str | None = None
    other_tab: Browser | None = None
    second_device: "Person | None" = None

    def __post_init__(self) -> None:
        """Give her a password."""
        self.password = self.next_password()

    def open_account(self) -> None:
        """Turn to an address that nobody has signed up with; the first is known from the beginning."""
        self.accounts = max(self.accounts, 1) + 1

    def next_password(self) -> str:
        """Return a password she never had."""
        self.passwords += 1
        return password_of(self.name, self.passwords)

    @property
    def email(self) -> str:
        """The e-mail address of her newest account, as she writes it; she may have none yet."""
        email = self.address(self.name, self.accounts)
        return email.upper() if self.writes_in_capitals else email

    @property
    def token(self) -> Draft:
        """The access token she holds.

        Raises:
            AssertionError: she holds none.
        """
        assert self.draft is not None, f"{self.name} holds no access token: let a Given step hand her one"
        return self.draft


class Scene:
    """What the steps of one scenario share."""

    def __init__(self, stage: Stage, exchanges: Exchanges) -> None:
        self.stage = stage
        self.exchanges = exchanges
        self.profile = "stateless"
        self._target: Target | None = None
        self.people: dict[str, Person] = {}
        self.speaker = "Ada"
        self._answer: Answer | None = None
        self.verdict = NO_ANSWER
        self.answers = list[Answer]()
        self.secrets: list[str] = []
        self.unseen: list[Unseen] = []

    @property
    def opened(self) -> Target | None:
        """The target, if a step has needed it."""
        return self._target

    @property
    def target(self) -> Target:
        """The target, started when a step first needs it."""
        if self._target is None:
            self._target = self.stage.open(self.profile, self.exchanges.hooks)
        return self._target

    def choose_profile(self, profile: str) -> None:
        """Have the issuer follow a profile.

        Raises:
            AssertionError: the issuer already runs.
        """
        assert self._target is None, "the issuer already runs: choose its profile in the first step"
        self.profile = profile

    def person(self, name: str) -> Person:
        """Return a person by name; `she` is who spoke last."""
        self.speaker = self.speaker if name in {"she", "her"} else name
        if self.speaker not in self.people:
            target = self.target
            self.people[self.speaker] = Person(self.speaker, target.browser(self.speaker), target.address)
        return self.people[self.speaker]

    def other_tab(self, person: Person) -> Browser:
        """Return a second tab of a person's browser, which is handed the session credential to share it."""
        if person.other_tab is None:
            person.other_tab = self.target.browser(f"{person.name}'s other tab")
        return person.other_tab

    @property
    def answer(self) -> Answer:
        """The answer that came last.

        Raises:
            AssertionError: nothing was asked yet.
        """
        assert self._answer is not None, "nothing was asked yet: a When step comes before this Then"
        return self._answer

    @answer.setter
    def answer(self, answer: Answer) -> None:
        self._answer, self.verdict = answer, answer.verdict

    @contextmanager
    def if_seen(self) -> Iterator[None]:
        """Leave out a look at what this target hides; the rest of the scenario is judged all the same."""
        try:
            yield
        except Unseen as unseen:
            self.unseen.append(unseen)
            self.exchanges.note("unseen", reason=unseen.reason)

    def expect(self, is_so: object, otherwise: str) -> None:
        """Hold a party to what this contract alone asks: of a foreign one it is noted."""
        leniency = self.target.leniency
        if leniency is None:
            assert is_so, otherwise
        elif not is_so:
            leniency.departures.append(otherwise)

    def stay_silent(self) -> None:
        """Note an event to which nobody answers: time that passes, an operator's act."""
        self._answer, self.verdict = None, NO_ANSWER

    def close(self) -> None:
        """Close what the scenario opened."""
        if self._target is not None:
            self._target.close()


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """One event loop for the whole run; steps are synchronous."""
    with StandingRunner() as runner:
        yield runner


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Keep the issuer's records in SQLite files, in memory where that can be, or on the PostgreSQL server named."""
    server_url = os.environ.get(SERVER_VARIABLE)
    if server_url:
        server = PostgresDatabases(server_url)
        yield server
        server.close()
        return
    memory = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="watchword-", dir=memory) as folder:
        yield SqliteFiles(Path(folder))


@pytest.fixture(scope="session")
def beginnings(databases: Databases, runner: Runner) -> Beginnings:
    """Prepare each beginning once in a run."""
    return Beginnings(databases, runner)


@pytest.fixture(scope="session")
def stage(request: pytest.FixtureRequest) -> Stage:
    """Play against the reference in this process, unless the run was given another stage."""
    if STAGE in request.config.stash:
        return request.config.stash[STAGE]
    return InProcessStage(request.getfixturevalue("beginnings"), request.getfixturevalue("runner"))


@pytest.fixture
def scene(stage: Stage, exchanges: Exchanges) -> Iterator[Scene]:
    """Set the scene of one scenario."""
    scene = Scene(stage, exchanges)
    yield scene
    scene.close()
