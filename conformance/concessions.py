"""What the house asks of its own API and nobody asks of any other: read from `concessions.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from watchword.specification import Pickle

FILE = Path(__file__).with_name("concessions.toml")


@dataclass(frozen=True)
class Concession:
    """One thing that is left open to a foreign API, and why."""

    requirement: str
    reason: str
    scenarios: str = ".*"
    level: Literal["SHOULD", "policy"] = "policy"
    even_breakdown: bool = False

    def covers(self, pickle: Pickle) -> bool:
        """Say whether a scenario is about it."""
        return self.requirement in pickle.tags and re.fullmatch(self.scenarios, pickle.name) is not None


@cache
def concessions() -> tuple[Concession, ...]:
    """Give all concessions, as written."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["concession"]
    return tuple(Concession(**row) for row in rows)


def concession_for(pickle: Pickle) -> Concession | None:
    """Find the concession that covers a scenario, if one does."""
    return next((each for each in concessions() if each.covers(pickle)), None)
