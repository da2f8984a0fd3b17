"""Where a scenario begins: an issuer that has its keys, and three people who have signed up.

That is prepared once in a run, by the acts themselves, and every scenario gets a copy of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from steps.names import email_of, password_of
from steps.targets.databases import Databases
from steps.targets.in_process import InProcess
from steps.targets.loop import Runner
from steps.targets.wire import Hooks
from steps.vocabulary import ACTORS, GRANTED


@dataclass(frozen=True)
class Beginning:
    """A database, and the session credential that signing up gave to each person in it."""

    database_url: str
    credentials: Mapping[str, str | None]


class Beginnings:
    """Gives scenarios their beginnings, prepared once for each profile of the issuer."""

    def __init__(self, databases: Databases, runner: Runner) -> None:
        self._databases = databases
        self._runner = runner
        self._prepared: dict[str, Beginning] = {}

    def begin(self, profile: str) -> Beginning:
        """Return a beginning that no other scenario has."""
        if profile not in self._prepared:
            self._prepared[profile] = self._prepare(profile)
        prepared = self._prepared[profile]
        return replace(prepared, database_url=self._databases.copy(prepared.database_url))

    def end(self, beginning: Beginning) -> None:
        """Drop what a scenario leaves behind."""
        self._databases.drop(beginning.database_url)

    def set_readable(self, beginning: Beginning, *, is_readable: bool) -> None:
        """Take a scenario's database away, or give it back."""
        if is_readable:
            self._databases.reopen(beginning.database_url)
        else:
            self._databases.close_off(beginning.database_url)

    def _prepare(self, profile: str) -> Beginning:
        url = self._databases.create()
        target = InProcess(url, runner=self._runner, hooks=_hear_nothing, profile=profile)
        credentials = {name: _sign_up(target, name) for name in ACTORS}
        target.close()
        return Beginning(url, credentials)


def _sign_up(target: InProcess, name: str) -> str | None:
    browser = target.browser(name)
    answer = browser.sign_up(name=name, email=email_of(name, 1), password=password_of(name, 1))
    assert answer.verdict == GRANTED, f"signing up was {answer.verdict}"
    return browser.credential


def _hear_nothing(_sender: str, _receiver: str) -> Hooks:
    return {"request": [], "response": []}
