"""Compare two sides of a specification."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from watchword.difference.cells import cell_changes
from watchword.difference.model import (
    Difference,
    FeatureChange,
    Kind,
    RuleChange,
    ScenarioChange,
    TagChange,
    Unread,
    Where,
)
from watchword.difference.pairing import Pairs, Placed, PlacedRule, pair
from watchword.difference.requirements import requirement_changes
from watchword.difference.rows import example_rows, row_changes, table_rows
from watchword.difference.tables import contract_of, table_changes
from watchword.difference.texts import edits, prose_edits, step_edits, written
from watchword.places import address
from watchword.tags import LEVELS, REQUIREMENT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchword.difference.model import Edit, RowChange
    from watchword.difference.sides import Side
    from watchword.specification import Feature, Rule, Scenario, Step

_LEVEL_TAGS = {level.lower(): level for level in LEVELS}


def compare(base: Side, head: Side) -> Difference:
    """Tell everything that differs between two sides.

    Raises:
        DifferenceError: the project's settings or its register cannot be read.
    """
    unread = {*base.unread, *head.unread}
    before = {uri: feature for uri, feature in base.features.items() if uri not in unread}
    after = {uri: feature for uri, feature in head.features.items() if uri not in unread}
    changed = {uri for uri in before.keys() | after.keys() if before.get(uri) is not after.get(uri)}
    pairs = pair(*([features[uri] for uri in features if uri in changed] for features in (before, after)))
    contract = contract_of(head.settings)
    found = _Found(pairs)
    tables = tuple(chain.from_iterable(table_changes(old, new, contract) for old, new in pairs.scenarios))
    changes: list[FeatureChange | RuleChange | ScenarioChange] = [*found.features, *found.rules, *found.scenarios]
    told = {where.uri for change in changes for where in (change.where, change.was_at) if where}
    return Difference(
        base=base.name,
        head=head.name,
        features=tuple(found.features),
        rules=tuple(found.rules),
        scenarios=tuple(found.scenarios),
        requirements=requirement_changes(base, head, before.values(), after.values()),
        cells=cell_changes(before.values(), after.values(), changed),
        tables=tables,
        unread=tuple(_unread(base, head)),
        layout_only=tuple(sorted(changed - told)),
    )


def _unread(base: Side, head: Side) -> Iterator[Unread]:
    for uri, problems in base.unread.items():
        if base.contents[uri] != head.contents.get(uri):
            other = head.features.get(uri)
            yield Unread("base", uri, problems, sum(1 for _ in other.placed_scenarios()) if other else 0)
    for uri, problems in head.unread.items():
        other = base.features.get(uri)
        yield Unread("head", uri, problems, sum(1 for _ in other.placed_scenarios()) if other else 0)


class _Found:
    """The changes that a set of pairs amounts to."""

    def __init__(self, pairs: Pairs) -> None:
        self._feature_homes = {old.uri: new.uri for old, new in pairs.features if old and new}
        self._rule_homes = {old.rule.id: new.rule.id for old, new in pairs.rules if old and new}
        self.features = [each for old, new in pairs.features if (each := self._feature(old, new))]
        self.rules = [rule for old, new in pairs.rules if (rule := self._rule(old, new))]
        self.scenarios = [scenario for old, new in pairs.scenarios if (scenario := self._scenario(old, new))]

    def _feature(self, old: Feature | None, new: Feature | None) -> FeatureChange | None:
        here = new or old
        if here is None:
            raise ValueError
        where = Where(here.uri, here.line, address(here))
        if old is None or new is None:
            return FeatureChange(("added" if new else "removed",), here.name, where)
        kinds: list[Kind] = ["renamed"] if old.name != new.name else []
        kinds += ["moved"] if old.uri != new.uri else []
        background = step_edits(old.background, new.background)
        prose = prose_edits(old.description, new.description)
        tags = _tags(old.tags, new.tags)
        kinds += ["changed"] if background or prose or tags else []
        if not kinds:
            return None
        was = old.name if old.name != new.name else ""
        was_at = Where(old.uri, old.line, address(old)) if old.uri != new.uri else None
        return FeatureChange(tuple(kinds), new.name, where, was, was_at, tags, background, prose)

    def _rule(self, old: PlacedRule | None, new: PlacedRule | None) -> RuleChange | None:
        here = new or old
        if here is None:
            raise ValueError
        where = here.where
        if old is None or new is None:
            tags = _tags((), here.rule.tags) if new else _tags(here.rule.tags, ())
            return RuleChange(
                ("added" if new else "removed",), here.rule.name, where, tags=tags, requirements=_ids(here.rule.tags)
            )
        return self._kept_rule(old, new, where)

    def _kept_rule(self, old: PlacedRule, new: PlacedRule, where: Where) -> RuleChange | None:
        has_moved = self._feature_homes.get(old.feature.uri) != new.feature.uri
        level = (_level(old.rule), _level(new.rule))
        tags = _tags(old.rule.tags, new.rule.tags, besides=_LEVEL_TAGS)
        background = step_edits(old.rule.background, new.rule.background)
        why = prose_edits(old.rule.description, new.rule.description)
        kinds: list[Kind] = ["renamed"] if old.rule.name != new.rule.name else []
        kinds += ["moved"] if has_moved else []
        kinds += ["changed"] if level[0] != level[1] or tags or background or why else []
        if not kinds:
            return None
        return RuleChange(
            kinds=tuple(kinds),
            name=new.rule.name,
            where=where,
            was=old.rule.name if old.rule.name != new.rule.name else "",
            was_at=old.where if has_moved else None,
            requirements=_ids(new.rule.tags),
            level=level if level[0] != level[1] else None,
            tags=tags,
            background=background,
            why=why,
        )

    def _scenario(self, old: Placed | None, new: Placed | None) -> ScenarioChange | None:
        if old and new:
            return self._kept(old, new)
        if new:
            return _whole(new, "added")
        return _whole(old, "removed") if old else None

    def _kept(self, old: Placed, new: Placed) -> ScenarioChange | None:
        before, after = old.scenario, new.scenario
        steps = step_edits(before.steps, after.steps)
        rows = tuple(self._rows(before, after))
        columns = _columns(before, after)
        tags = _tags(_all_tags(before), _all_tags(after))
        is_reworded = _prose(before) != _prose(after)
        has_moved = self._has_moved(old, new)
        kinds: list[Kind] = ["renamed"] if before.name != after.name else []
        kinds += ["moved"] if has_moved else []
        kinds += ["changed"] if steps or rows or columns or tags or is_reworded else []
        if not kinds:
            return None
        return ScenarioChange(
            kinds=tuple(kinds),
            name=after.name,
            where=new.where,
            rule=_rule_name(new),
            requirements=_requirements(new),
            was=before.name if before.name != after.name else "",
            was_at=old.where if has_moved else None,
            was_rule=_rule_name(old) if has_moved else "",
            was_requirements=_requirements(old) if has_moved else (),
            steps=steps,
            columns=columns,
            rows=rows,
            tags=tags,
            is_reworded=is_reworded,
            id=after.id,
        )

    def _has_moved(self, old: Placed, new: Placed) -> bool:
        if self._feature_homes.get(old.feature.uri) != new.feature.uri:
            return True
        if old.rule is None or new.rule is None:
            return old.rule is not new.rule
        return self._rule_homes.get(old.rule.id) != new.rule.id

    def _rows(self, before: Scenario, after: Scenario) -> Iterator[RowChange]:
        yield from row_changes(example_rows(before), example_rows(after), table="")
        theirs = [step for step in after.steps if step.table]
        for step in (step for step in before.steps if step.table):
            other = next((each for each in theirs if each.text == step.text), None) or next(iter(theirs), None)
            if other is None:
                yield from _table(step, None)
                continue
            theirs.remove(other)
            yield from _table(step, other)
        for step in theirs:
            yield from _table(None, step)


def _table(before: Step | None, after: Step | None) -> Iterator[RowChange]:
    step = after or before
    if step is None or step.table is None:
        raise ValueError
    old, new = (table_rows(each.table if each else None) for each in (before, after))
    yield from row_changes(old, new, table=step.text, key=step.table.header[0])


def _whole(placed: Placed, kind: Kind) -> ScenarioChange:
    lines = written(placed.scenario)
    return ScenarioChange(
        kinds=(kind,),
        name=placed.scenario.name,
        where=placed.where,
        rule=_rule_name(placed),
        requirements=_requirements(placed),
        steps=edits(*(((), lines) if kind == "added" else (lines, ()))),
        id=placed.scenario.id,
    )


def _columns(before: Scenario, after: Scenario) -> tuple[Edit, ...]:
    def columns(scenario: Scenario) -> list[str]:
        return list(dict.fromkeys(column for each in scenario.examples for column in each.header))

    return edits(columns(before), columns(after))


def _all_tags(scenario: Scenario) -> tuple[str, ...]:
    return tuple(chain(scenario.tags, *(examples.tags for examples in scenario.examples)))


def _prose(scenario: Scenario) -> list[list[str]]:
    """Give what is written on a scenario besides what runs."""
    parts = [(scenario.description, ""), *((each.name, each.description) for each in scenario.examples)]
    return [f"{name} {description}".split() for name, description in parts]


def _tags(before: Iterable[str], after: Iterable[str], besides: Iterable[str] = ()) -> TagChange:
    old, new = list(dict.fromkeys(before)), list(dict.fromkeys(after))
    ignored = set(besides)
    return TagChange(
        added=tuple(tag for tag in new if tag not in old and tag not in ignored),
        removed=tuple(tag for tag in old if tag not in new and tag not in ignored),
    )


def _level(rule: Rule) -> str:
    return ", ".join(_LEVEL_TAGS[tag] for tag in rule.tags if tag in _LEVEL_TAGS)


def _rule_name(placed: Placed) -> str:
    return placed.rule.name if placed.rule else ""


def _requirements(placed: Placed) -> tuple[str, ...]:
    written = (*(placed.rule.tags if placed.rule else ()), *_all_tags(placed.scenario))
    return _ids(written)


def _ids(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for tag in tags if REQUIREMENT_ID.fullmatch(tag)))
