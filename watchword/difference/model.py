"""What a difference is made of: plain values, which JSON and Markdown say in their own ways."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Literal

from watchword.errors import InputError

Mark = Literal[" ", "-", "+"]
Kind = Literal["added", "removed", "renamed", "moved", "changed"]
Breaking = Literal["breaking", "not breaking", ""]


class DifferenceError(InputError):
    """Two sides cannot be compared."""


@dataclass(frozen=True)
class Where:
    """A place in a feature file, and its page below the site's address."""

    uri: str
    line: int
    page: str


@dataclass(frozen=True)
class Edit:
    """One line of a text on both sides: kept, taken out or put in."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class CellEdit:
    """One cell of a row that both sides have."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row of a data table or of examples; `row` holds its cells, the later ones where both sides have it."""

    kind: Kind
    table: str
    columns: tuple[str, ...]
    row: tuple[str, ...]
    edits: tuple[CellEdit, ...] = ()


@dataclass(frozen=True)
class TagChange:
    """Tags put on and taken off."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True)
class Verdict:
    """What the head's run made of a scenario: its worst status, and how many of its cases ended in each."""

    status: str
    counts: dict[str, int]


@dataclass(frozen=True)
class ScenarioChange:
    """One scenario that is not on both sides as it was; `where` is its place at the head, or where it was."""

    kinds: tuple[Kind, ...]
    name: str
    where: Where
    rule: str
    requirements: tuple[str, ...]
    was: str = ""
    was_at: Where | None = None
    was_rule: str = ""
    was_requirements: tuple[str, ...] = ()
    steps: tuple[Edit, ...] = ()
    columns: tuple[Edit, ...] = ()
    rows: tuple[RowChange, ...] = ()
    tags: TagChange = TagChange()
    is_reworded: bool = False
    verdict: Verdict | None = None
    id: str = ""


@dataclass(frozen=True)
class RuleChange:
    """One rule that is not on both sides as it was."""

    kinds: tuple[Kind, ...]
    name: str
    where: Where
    was: str = ""
    was_at: Where | None = None
    requirements: tuple[str, ...] = ()
    level: tuple[str, str] | None = None
    tags: TagChange = TagChange()
    background: tuple[Edit, ...] = ()
    why: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class FeatureChange:
    """One feature file that is not on both sides as it was, apart from its rules and scenarios."""

    kinds: tuple[Kind, ...]
    name: str
    where: Where
    was: str = ""
    was_at: Where | None = None
    tags: TagChange = TagChange()
    background: tuple[Edit, ...] = ()
    prose: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class RequirementChange:
    """A requirement that gained its first scenarios, or lost its last; `sentence` is the register's."""

    kind: Literal["gained", "lost"]
    id: str
    sentence: str
    excluded: str = ""


@dataclass(frozen=True)
class CellChange:
    """One cell of the table of states and events: what comes of it, before and after."""

    kind: Literal["gained", "lost", "changed", "ambiguous"]
    variant: str
    state: str
    event: str
    guards: tuple[str, ...]
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TableChange:
    """One row of a table that a caller relies on; `kind` of the table is the project's own word for it."""

    table: str
    scenario: str
    where: Where
    row: RowChange
    breaking: Breaking
    why: str
    is_gone: bool = False
    """Whether the scenario went with its whole table."""


@dataclass(frozen=True)
class Unread:
    """A feature that one side holds and that cannot be read there; nothing can be said of its scenarios."""

    side: Literal["base", "head"]
    uri: str
    problems: tuple[str, ...]
    scenarios: int


@dataclass(frozen=True)
class RunSummary:
    """What the head's run says of the whole, or why there is none to show."""

    counts: dict[str, int]
    when: str
    commit: str
    problem: str = ""


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two sides of one specification."""

    base: str
    head: str
    features: tuple[FeatureChange, ...]
    rules: tuple[RuleChange, ...]
    scenarios: tuple[ScenarioChange, ...]
    requirements: tuple[RequirementChange, ...]
    cells: tuple[CellChange, ...]
    tables: tuple[TableChange, ...]
    unread: tuple[Unread, ...]
    layout_only: tuple[str, ...]
    """Files whose bytes differ, and nothing that is written in them."""
    run: RunSummary | None = None
    site: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing that is written differs."""
        parts = (self.features, self.rules, self.scenarios, self.requirements, self.cells, self.tables, self.unread)
        return not any(parts)

    @property
    def is_breaking(self) -> bool:
        """Say whether a row that callers rely on broke."""
        return any(change.breaking == "breaking" for change in self.tables)

    @property
    def has_lost(self) -> bool:
        """Say whether a requirement lost its last scenario, or a cell its only one."""
        requirements = any(change.kind == "lost" for change in self.requirements)
        return requirements or any(change.kind == "lost" for change in self.cells)

    @property
    def is_uncertain(self) -> bool:
        """Say whether the head holds a feature of which nothing can be said."""
        return any(unread.side == "head" for unread in self.unread)

    def at(self, site: str) -> Difference:
        """Give the same with links to a site."""
        return replace(self, site=site)

    def as_values(self) -> dict[str, object]:
        """Give everything as values that JSON knows."""
        return {"format": 1, **asdict(self), "is_breaking": self.is_breaking, "has_lost": self.has_lost}
