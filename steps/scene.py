"""The scene of a scenario: its target, its people, and who spoke last."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest

from steps.drafts import Draft
from steps.targets.in_process import Hooks, InProcess
from steps.targets.target import Answer, Browser
from steps.vocabulary import NO_ANSWER


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
    password: str = field(init=False)
    accounts: int = 0
    passwords: int = 0
    draft: Draft | None = None
    subject: str | None = None
    other_tab: Browser | None = None

    def __post_init__(self) -> None:
        """Give her a password."""
        self.password = self.next_password()

    def next_password(self) -> str:
        """Return a password she never had."""
        self.passwords += 1
        return f"{self.name}'s long password, number {self.passwords}"

    @property
    def email(self) -> str:
        """The e-mail address of her newest account."""
        return f"{self.name.lower()}.{self.accounts}@example.test"

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

    def __init__(self, folder: Path, runner: asyncio.Runner, exchanges: Exchanges) -> None:
        self.folder = folder
        self.runner = runner
        self.exchanges = exchanges
        self.profile = "stateless"
        self._target: InProcess | None = None
        self.people: dict[str, Person] = {}
        self.speaker = "Ada"
        self._answer: Answer | None = None
        self.verdict = NO_ANSWER

    @property
    def target(self) -> InProcess:
        """The target, started when a step first needs it."""
        if self._target is None:
            self._target = InProcess(self.folder, runner=self.runner, hooks=self.exchanges.hooks, profile=self.profile)
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
            self.people[self.speaker] = Person(self.speaker, self.target.browser(self.speaker))
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

    def stay_silent(self) -> None:
        """Note an event to which nobody answers: time that passes, an operator's act."""
        self._answer, self.verdict = None, NO_ANSWER

    def close(self) -> None:
        """Close what the scenario opened."""
        if self._target is not None:
            self._target.close()


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """One event loop for the whole run; steps are synchronous."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def scene(tmp_path: Path, runner: asyncio.Runner, exchanges: Exchanges) -> Iterator[Scene]:
    """Set the scene of one scenario."""
    scene = Scene(tmp_path, runner, exchanges)
    yield scene
    scene.close()
