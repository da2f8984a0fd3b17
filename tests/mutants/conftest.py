"""One laboratory for all trials of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mutants.catalogue import Mutant
from tests.mutants.laboratory import Laboratory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from tests.mutants.finding import Finding

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def laboratory(request: pytest.FixtureRequest) -> Iterator[Laboratory]:
    """A laboratory on this checkout; under xdist every worker has its own, and tries one mutant at a time."""
    laboratory = Laboratory(ROOT, jobs=1 if hasattr(request.config, "workerinput") else None)
    yield laboratory
    laboratory.close()


@pytest.fixture(scope="session")
def try_mutant(request: pytest.FixtureRequest, laboratory: Laboratory) -> Callable[[Mutant], Finding]:
    """Try a mutant; without xdist all mutants of the run are begun at once, so that no child waits for a test."""
    begun: dict[str, Future[Finding]] = {}
    if not hasattr(request.config, "workerinput"):
        begun = {mutant.id: laboratory.submit(mutant) for mutant in _selected(request.session)}

    def find(mutant: Mutant) -> Finding:
        return (begun.get(mutant.id) or laboratory.submit(mutant)).result()

    return find


def _selected(session: pytest.Session) -> Iterator[Mutant]:
    for item in session.items:
        callspec = getattr(item, "callspec", None)
        mutant = callspec.params.get("mutant") if callspec else None
        if isinstance(mutant, Mutant):
            yield mutant
