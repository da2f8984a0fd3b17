r"""What a project asks of its own feature files, in pyproject.toml below `[tool.watchword.lint]`.

[[tool.watchword.lint.words]]               # words that are listed somewhere, and must be listed where they are used
name = "code"
listed = { columns = ["code"], files = ["features/answers/*"] }
used = { columns = ["code"], steps = ['refused as "([^"]*)"'] }
also = []                                   # further words of the list
except = []                                 # files that use others on purpose

[[tool.watchword.lint.mechanics]]           # words that say how instead of what
words = '\bshould\b'
instead = "say what is so"
except = ["features/transport/*"]

[tool.watchword.lint]
told_columns = ["the client"]               # columns of examples that are for readers, and for no step
"""

from __future__ import annotations

import re  # noqa: TC003 -- pydantic reads it
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from watchword.lint.findings import LintError
from watchword.settings import told

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Setting(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Listed(_Setting):
    """Where a list of words stands: in columns of tables, in some files."""

    columns: list[str]
    files: list[str] = ["*"]


class Used(_Setting):
    """Where words of a list are used: in columns of tables, and in steps, as the group of an expression."""

    columns: list[str] = []
    steps: list[re.Pattern[str]] = []


class Words(_Setting):
    """One list of words."""

    name: Annotated[str, Field(min_length=1)]
    listed: Listed
    used: Used
    also: list[str] = []
    files_apart: list[str] = Field(default=[], alias="except")


class Mechanics(_Setting):
    """Words that say how something is done, where a scenario says what."""

    words: re.Pattern[str]
    instead: str
    files_apart: list[str] = Field(default=[], alias="except")

    def holds_in(self, uri: str) -> bool:
        """Say whether a file is held to it."""
        return not matches(uri, self.files_apart)


class House(_Setting):
    """Everything a project asks."""

    words: list[Words] = []
    mechanics: list[Mechanics] = []
    told_columns: list[str] = []


def house(settings: Mapping[str, object]) -> House:
    """Read what a project asks.

    Raises:
        LintError: it is said in another form.
    """
    try:
        return House.model_validate(told(settings).get("lint", {}), strict=False)
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in found["loc"])
        raise LintError(f"pyproject.toml: [tool.watchword.lint] {place}: {found['msg']} — correct it there") from None


def matches(uri: str, patterns: list[str]) -> bool:
    """Say whether a file is one of those that patterns such as `features/keys/*` name."""
    return any(fnmatchcase(uri, pattern) for pattern in patterns)
