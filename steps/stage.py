"""Where a scenario is played: what makes its target, and clears it away afterwards."""

from collections.abc import Callable
from typing import Protocol

from steps.beginnings import Beginnings
from steps.targets.in_process import InProcess
from steps.targets.loop import Runner
from steps.targets.target import Target
from steps.targets.wire import Hooks

MakesHooks = Callable[[str, str], Hooks]
"""Make the recorder's httpx event hooks for a sender and a receiver."""


class Stage(Protocol):
    """Makes the target of each scenario."""

    def open(self, profile: str, hooks: MakesHooks) -> Target:
        """Return a target that no other scenario has, whose issuer follows a profile."""


class InProcessStage:
    """Has each scenario play against the reference in this process, from a beginning of its own.

    Args:
        beginnings: prepared once in a run.
        runner: the event loop that the whole run uses.
    """

    def __init__(self, beginnings: Beginnings, runner: Runner) -> None:
        self._beginnings = beginnings
        self._runner = runner

    def open(self, profile: str, hooks: MakesHooks) -> Target:
        """Return the reference, on records of its own."""
        return FromABeginning(self._beginnings, profile, runner=self._runner, hooks=hooks)


class FromABeginning(InProcess):
    """The reference, on a copy of the records that were prepared."""

    def __init__(self, beginnings: Beginnings, profile: str, *, runner: Runner, hooks: MakesHooks) -> None:
        self._beginnings = beginnings
        self._beginning = beginnings.begin(profile)
        super().__init__(self._beginning.database_url, runner=runner, hooks=hooks, profile=profile)

    @property
    def database_url(self) -> str:
        """Where the issuer keeps its records."""
        return self._beginning.database_url

    def first_credential(self, name: str) -> str | None:
        """Return the session credential that signing up gave to a person before the scenario began."""
        return self._beginning.credentials[name]

    def set_records_readable(self, *, is_readable: bool) -> None:
        """Take the issuer's database away from it, or give it back."""
        self.disconnect()
        self._beginnings.set_readable(self._beginning, is_readable=is_readable)

    def close(self) -> None:
        """Close what the scenario opened, and drop its records."""
        super().close()
        self._beginnings.end(self._beginning)
