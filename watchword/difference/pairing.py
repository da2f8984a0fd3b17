"""Find out which feature, rule and scenario of the base became which of the head."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from watchword.difference.likeness import ALIKE, Likeness, candidates, index_of
from watchword.difference.model import Where
from watchword.places import address
from watchword.tags import REQUIREMENT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from watchword.specification import Feature, Rule, Scenario

_STILL_THE_SAME = 0.5


@dataclass(frozen=True)
class Placed:
    """A scenario where it stands."""

    feature: Feature
    rule: Rule | None
    scenario: Scenario

    @property
    def where(self) -> Where:
        """Say where that is."""
        return Where(self.feature.uri, self.scenario.line, address(self.feature, self.scenario.id))


@dataclass(frozen=True)
class Pairs:
    """What both sides have, as pairs of base and head, and what only one has."""

    features: tuple[tuple[Feature | None, Feature | None], ...]
    rules: tuple[tuple[PlacedRule | None, PlacedRule | None], ...]
    scenarios: tuple[tuple[Placed | None, Placed | None], ...]


@dataclass(frozen=True)
class PlacedRule:
    """A rule where it stands."""

    feature: Feature
    rule: Rule

    @property
    def where(self) -> Where:
        """Say where that is."""
        return Where(self.feature.uri, self.rule.line, address(self.feature, self.rule.id))


def pair(base: Iterable[Feature], head: Iterable[Feature]) -> Pairs:
    """Pair features by path, rules by name, scenarios by name; then by what they hold."""
    before, after = list(base), list(head)
    features = _features(before, after)
    homes = {old.uri: new.uri for old, new in features if old and new}
    rules = _rules(before, after, homes)
    rule_homes = {old.rule.id: new.rule.id for old, new in rules if old and new}
    return Pairs(tuple(features), tuple(rules), tuple(_scenarios(before, after, homes, rule_homes)))


def _features(before: list[Feature], after: list[Feature]) -> list[tuple[Feature | None, Feature | None]]:
    old = {feature.uri: feature for feature in before}
    new = {feature.uri: feature for feature in after}
    homes = {uri: uri for uri in old if uri in new}
    left = {uri: _names(feature) for uri, feature in new.items() if uri not in old}
    for uri in (each for each in old if each not in new):
        found = _most_shared(_names(old[uri]), left)
        if found:
            homes[uri] = found
            del left[found]
    paired = [(feature, new[homes[uri]] if uri in homes else None) for uri, feature in old.items()]
    return [*paired, *((None, new[uri]) for uri in left)]


def _names(part: Feature | Rule) -> frozenset[str]:
    if hasattr(part, "placed_scenarios"):
        return frozenset(scenario.name for _, scenario in part.placed_scenarios())
    return frozenset(scenario.name for scenario in part.scenarios)


def _most_shared(names: frozenset[str], others: Mapping[str, frozenset[str]]) -> str | None:
    """Name whichever shares most names with these, if that is half of the fewer."""
    shares = Counter({key: len(names & theirs) for key, theirs in others.items()})
    for key, count in shares.most_common(1):
        if count and count >= _STILL_THE_SAME * min(len(names), len(others[key])):
            return key
    return None


def _rules(
    before: list[Feature], after: list[Feature], homes: Mapping[str, str]
) -> list[tuple[PlacedRule | None, PlacedRule | None]]:
    old = [PlacedRule(feature, rule) for feature in before for rule in feature.rules]
    new = {(feature.uri, rule.name): PlacedRule(feature, rule) for feature in after for rule in feature.rules}
    pairs: dict[int, PlacedRule] = {}
    for number, each in enumerate(old):
        found = new.pop((homes.get(each.feature.uri, ""), each.rule.name), None)
        if found:
            pairs[number] = found
    by_name = {name: key for key in new for name in [key[1]]}
    for number, each in enumerate(old):
        if number not in pairs:
            key = _within(each, new, homes) or by_name.get(each.rule.name)
            if key and key in new:
                pairs[number] = new.pop(key)
    return [*((each, pairs.get(number)) for number, each in enumerate(old)), *((None, each) for each in new.values())]


def _within(
    rule: PlacedRule, new: Mapping[tuple[str, str], PlacedRule], homes: Mapping[str, str]
) -> tuple[str, str] | None:
    """Find the rule of the same feature that shows the same scenarios, or states the same requirement."""
    here = {key: each for key, each in new.items() if key[0] == homes.get(rule.feature.uri)}
    names = {str(number): _names(each.rule) for number, each in enumerate(here.values())}
    shared = _most_shared(_names(rule.rule), names)
    if shared is not None:
        return [*here][int(shared)]
    same = [key for key, each in here.items() if _ids(rule.rule) & _ids(each.rule)]
    return same[0] if len(same) == 1 else None


def _ids(rule: Rule) -> set[str]:
    return {tag for tag in rule.tags if REQUIREMENT_ID.fullmatch(tag)}


def _placed(features: Iterable[Feature]) -> Iterator[Placed]:
    for feature in features:
        for rule, scenario in feature.placed_scenarios():
            yield Placed(feature, rule, scenario)


def _scenarios(
    before: list[Feature], after: list[Feature], homes: Mapping[str, str], rule_homes: Mapping[str, str]
) -> Iterator[tuple[Placed | None, Placed | None]]:
    old, new = list(_placed(before)), list(_placed(after))
    matches = _by_name(old, new, homes, rule_homes)
    _by_likeness(old, new, matches, rule_homes)
    yield from ((each, new[matches[number]] if number in matches else None) for number, each in enumerate(old))
    found = set(matches.values())
    yield from ((None, each) for number, each in enumerate(new) if number not in found)


def _by_name(
    old: list[Placed], new: list[Placed], homes: Mapping[str, str], rule_homes: Mapping[str, str]
) -> dict[int, int]:
    """Pair what has the same name in the same place; a name is unique in its file."""
    del rule_homes
    places = {(each.feature.uri, each.scenario.name): number for number, each in enumerate(new)}
    matches: dict[int, int] = {}
    for number, each in enumerate(old):
        found = places.get((homes.get(each.feature.uri, ""), each.scenario.name))
        if found is not None:
            matches[number] = found
    return matches


def _by_likeness(old: list[Placed], new: list[Placed], matches: dict[int, int], rule_homes: Mapping[str, str]) -> None:
    """Pair what is left by likeness, the likest first; the same name elsewhere need be only half as like."""
    taken = set(matches.values())
    lost = [number for number in range(len(old)) if number not in matches]
    found = [number for number in range(len(new)) if number not in taken]
    if not lost or not found:
        return
    likeness = Likeness(each.scenario for each in chain(old, new))
    index = index_of([new[number].scenario for number in found])
    named = {new[number].scenario.name: place for place, number in enumerate(found)}
    under: dict[str, list[int]] = {}
    for place, number in enumerate(found):
        under.setdefault(_home(new[number]), []).append(place)
    scored = []
    for number in lost:
        each = old[number]
        near = under.get(rule_homes.get(_home(each), _home(each)), [])
        same_name = [named[each.scenario.name]] if each.scenario.name in named else []
        for place in candidates(each.scenario, index, [*same_name, *near]):
            other = new[found[place]]
            least = _STILL_THE_SAME if place in same_name else ALIKE
            ratio = likeness.ratio(each.scenario, other.scenario, least=least)
            if ratio >= least:
                scored.append((ratio, number, found[place]))
    for _, number, place in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if number not in matches and place not in taken:
            matches[number] = place
            taken.add(place)


def _home(placed: Placed) -> str:
    return placed.rule.id if placed.rule else placed.feature.uri
