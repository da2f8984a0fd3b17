"""What lint says."""

from __future__ import annotations

from dataclasses import dataclass

from watchword.errors import InputError


class LintError(InputError):
    """Nothing can be judged."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend, and how; `rule` names what it is an instance of."""

    uri: str
    line: int
    rule: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.uri}:{self.line}: {self.sentence} [{self.rule}]"
