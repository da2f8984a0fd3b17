"""What became of a mutant: which scenarios noticed it, and which failed beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.mutants.catalogue import Mutant
    from tests.mutants.trial import Red


@dataclass(frozen=True)
class Finding:
    """What became of a mutant.

    Attributes:
        mutant: the mutant, or None for the reference as it stands.
        ran: how many scenarios ran.
        red: the scenarios that failed.
        fault: why the trial is worth nothing, or None.
        output: the end of what pytest printed.
        seconds: the processor time of the trial.
    """

    mutant: Mutant | None
    ran: int
    red: tuple[Red, ...]
    fault: str | None
    output: str
    seconds: float = 0

    @property
    def survived(self) -> tuple[str, ...]:
        """Name the requirements that the mutant should break and no scenario noticed."""
        noticed = frozenset().union(*(red.requirements for red in self.red))
        return tuple(id_ for id_ in (self.mutant.breaks if self.mutant else ()) if id_ not in noticed)

    @property
    def collateral(self) -> tuple[Red, ...]:
        """List the red scenarios that state none of the requirements the mutant is said to break."""
        broken = frozenset(self.mutant.breaks if self.mutant else ())
        return tuple(red for red in self.red if not red.requirements & broken)
