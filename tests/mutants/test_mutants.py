"""For each requirement, a broken variant of the reference that its scenarios notice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mutants.catalogue import load_mutants
from watchword.register import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutants.catalogue import Mutant
    from tests.mutants.finding import Finding
    from tests.mutants.laboratory import Laboratory

ROOT = Path(__file__).parents[2]
CATALOGUE = load_mutants(ROOT, load(ROOT / "features/register.toml", ROOT).by_id)


def test_every_mutant_can_be_made() -> None:
    assert CATALOGUE.problems == ()


@pytest.mark.parametrize("mutant", CATALOGUE.mutants, ids=lambda mutant: mutant.id)
def test_every_requirement_a_mutant_breaks_has_a_red_scenario(
    mutant: Mutant, try_mutant: Callable[[Mutant], Finding]
) -> None:
    finding = try_mutant(mutant)
    assert finding.fault is None, f"{finding.fault}\n{finding.output}"
    assert finding.survived == (), f"{finding.ran} scenarios ran, none of these requirements noticed\n{finding.output}"


def test_every_specified_requirement_has_a_mutant(laboratory: Laboratory) -> None:
    broken = {id_ for mutant in CATALOGUE.mutants for id_ in mutant.breaks}
    assert sorted(laboratory.obeyed() - broken) == []
