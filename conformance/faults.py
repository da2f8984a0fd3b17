"""What a run found, rule by rule: one cause makes many scenarios fail, and is read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.outcome import Outcome
    from watchword.register import Register

FIRST: Final = "/verification/"
"""Where the plainest faults are: which tokens get in. How an answer looks comes after."""


@dataclass(frozen=True)
class Fault:
    """A rule that is not kept.

    Attributes:
        outcomes: the scenarios that show it, in their order.
    """

    outcomes: tuple[Outcome, ...]

    @property
    def shown(self) -> Outcome:
        """The scenario that stands for the others."""
        return self.outcomes[0]

    @property
    def rule(self) -> str:
        """Say what is asked for."""
        return rule_of(self.shown)


def faults_of(outcomes: Iterable[Outcome]) -> tuple[Fault, ...]:
    """Gather outcomes by their rules."""
    found: dict[tuple[str, str], list[Outcome]] = {}
    for each in outcomes:
        found.setdefault((each.pickle.feature.uri, rule_of(each)), []).append(each)
    faults = [Fault(tuple(each)) for each in found.values()]
    return tuple(sorted(faults, key=lambda fault: FIRST not in fault.shown.pickle.feature.uri))


def rule_of(outcome: Outcome) -> str:
    """Say what a scenario's rule asks for."""
    pickle = outcome.pickle
    return pickle.rule.name if pickle.rule else pickle.feature.name


def sources_of(outcome: Outcome, register: Register) -> Mapping[str, str]:
    """Give the address of each section that a scenario's rule comes from, and how people call it."""
    found: dict[str, str] = {}
    for tag in outcome.pickle.tags:
        if register.cited(tag) is not None:
            address = register.document(tag).link(tag)
            found[address] = f"{found[address]}, {_section(tag)}" if address in found else _called(tag)
    return found


def _called(tag: str) -> str:
    name = tag.partition("-")[0]
    number = name.removeprefix("RFC")
    return f"{f'RFC {number}' if number != name else name} {_section(tag)}"


def _section(tag: str) -> str:
    section = tag.partition("-")[2]
    return f"§{section}" if section[-1:].isdigit() else section
