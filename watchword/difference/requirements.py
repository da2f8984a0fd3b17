"""Which requirements gained their first scenarios, and which lost their last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from watchword.difference.model import DifferenceError, RequirementChange
from watchword.settings import register_path
from watchword.tags import REQUIREMENT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from watchword.difference.sides import Side
    from watchword.register import Register
    from watchword.specification import Feature

_TAG = re.compile(rf"@({REQUIREMENT_ID.pattern})\b")


def requirement_changes(
    base: Side, head: Side, before: Iterable[Feature], after: Iterable[Feature]
) -> tuple[RequirementChange, ...]:
    """Tell which requirements have scenarios on one side alone.

    What a file that cannot be read seems to state counts as stated: it is not lost while nobody can tell.
    """
    unread = [side.contents[uri] for side in (base, head) for uri in side.unread]
    uncertain = {id_ for content in unread for id_ in _TAG.findall(content.decode(errors="replace"))}
    old, new = set(_stated(before)), set(_stated(after))
    gained, lost = sorted(new - old - uncertain), sorted(old - new - uncertain)
    if not gained and not lost:
        return ()
    registers = [register for side in (head, base) if (register := _register(side))]
    return tuple(
        [_change("lost", id_, registers) for id_ in lost] + [_change("gained", id_, registers) for id_ in gained]
    )


def _stated(features: Iterable[Feature]) -> Iterator[str]:
    for feature in features:
        for rule, scenario in feature.placed_scenarios():
            tags = (rule.tags if rule else ()) + scenario.tags
            examples = [tag for each in scenario.examples for tag in each.tags]
            yield from (tag for tag in (*tags, *examples) if REQUIREMENT_ID.fullmatch(tag))


def _register(side: Side) -> Register | None:
    # Only where a requirement is gained or lost: reading what reads a register takes longer than most comparisons.
    from watchword.register import RegisterError, read_content  # noqa: PLC0415

    uri = register_path(side.settings, side.folder)
    if uri not in side.files:
        return None
    try:
        return read_content(side.files[uri], uri)
    except RegisterError as error:
        raise DifferenceError(f"{side.name}: {error.problems[0]}") from None


def _change(kind: Literal["gained", "lost"], id_: str, registers: Sequence[Register]) -> RequirementChange:
    row = next((register.by_id[id_] for register in registers if id_ in register.by_id), None)
    sentence = f"{row.condition}: {row.outcome}" if row else ""
    return RequirementChange(kind, id_, sentence, (row.excluded or "") if row and kind == "lost" else "")
