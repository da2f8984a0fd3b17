"""Find a step's definition among the step definitions alone, and once for each text.

pytest-bdd 9.0 asks pytest, for every step, about every fixture there is, and only then whether it defines a step: with
140 definitions that was a third of the specification's time. Which definitions a feature file sees does not change
while it runs, so they are listed once for each file, and what fits a text is remembered with them; as are the arguments
that a definition takes, which pytest-bdd would read from its signature at every step.
"""

from __future__ import annotations

import importlib
import inspect
from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.steps import step_function_context_registry
from pytest_bdd.utils import get_required_args

if TYPE_CHECKING:
    from _pytest.fixtures import FixtureDef, FixtureManager
    from _pytest.nodes import Node
    from pytest_bdd.parser import Step
    from pytest_bdd.steps import StepFunctionContext

    Definition = tuple[StepFunctionContext, FixtureDef[object]]

DEFINITIONS_REMEMBERED = 4_096


class Visible:
    """The step definitions that one feature file sees."""

    def __init__(self, definitions: list[Definition]) -> None:
        self._definitions = definitions
        self._fitting: dict[tuple[str, str], list[FixtureDef[object]]] = {}

    def fitting(self, step: Step) -> list[FixtureDef[object]]:
        """Return those that fit a step."""
        key = (step.type, step.name)
        if key not in self._fitting:
            self._fitting[key] = [
                definition
                for context, definition in self._definitions
                if context.type in {None, step.type} and context.parser.is_matching(step.name)
            ]
        return self._fitting[key]


_visible: WeakKeyDictionary[Node, Visible] = WeakKeyDictionary()


def install() -> None:
    """Have pytest-bdd look a step up here."""
    # Imported by name: the package's attribute `scenario` is a function, not this module.
    module = importlib.import_module("pytest_bdd.scenario")
    module.find_fixturedefs_for_step = find_definitions  # type: ignore[attr-defined]
    module.signature = lru_cache(DEFINITIONS_REMEMBERED)(inspect.signature)  # type: ignore[attr-defined]
    module.get_required_args = lru_cache(DEFINITIONS_REMEMBERED)(get_required_args)  # type: ignore[attr-defined]


def find_definitions(step: Step, fixturemanager: FixtureManager, node: Node) -> list[FixtureDef[object]]:
    """Return the definitions that fit a step and that its feature file sees, as pytest-bdd itself would find them."""
    file = node.parent
    if file is None:
        return _seen_by(fixturemanager, node).fitting(step)
    if file not in _visible:
        _visible[file] = _seen_by(fixturemanager, node)
    return _visible[file].fitting(step)


def _seen_by(fixturemanager: FixtureManager, node: Node) -> Visible:
    return Visible(
        [
            (context, definition)
            for name in get_fixture_names(fixturemanager=fixturemanager)
            for definition in getfixturedefs(fixturemanager, name, node) or []
            if (context := step_function_context_registry.get(definition.func)) is not None
        ]
    )
