"""Find a step's definition among the step definitions alone.

pytest-bdd 9.0 asks pytest, for every step, about every fixture there is, and only then whether it defines a step: with
140 definitions that was a third of the specification's time. Which definitions a feature file sees does not change
while it runs, so they are listed once for each file, and what remains for a step is to compare its text.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.steps import step_function_context_registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.fixtures import FixtureDef, FixtureManager
    from _pytest.nodes import Node
    from pytest_bdd.parser import Step
    from pytest_bdd.steps import StepFunctionContext

    Definition = tuple[StepFunctionContext, FixtureDef[object]]

_visible: WeakKeyDictionary[Node, list[Definition]] = WeakKeyDictionary()


def install() -> None:
    """Have pytest-bdd look a step up here."""
    # Imported by name: the package's attribute `scenario` is a function, not this module.
    module = importlib.import_module("pytest_bdd.scenario")
    module.find_fixturedefs_for_step = find_definitions  # type: ignore[attr-defined]


def find_definitions(step: Step, fixturemanager: FixtureManager, node: Node) -> Iterator[FixtureDef[object]]:
    """Return the definitions that fit a step and that its feature file sees, as pytest-bdd itself would find them."""
    for context, definition in _definitions(fixturemanager, node):
        if context.type in {None, step.type} and context.parser.is_matching(step.name):
            yield definition


def _definitions(fixturemanager: FixtureManager, node: Node) -> list[Definition]:
    file = node.parent
    if file is None or file not in _visible:
        found = [
            (context, definition)
            for name in get_fixture_names(fixturemanager=fixturemanager)
            for definition in getfixturedefs(fixturemanager, name, node) or []
            if (context := step_function_context_registry.get(definition.func)) is not None
        ]
        if file is None:
            return found
        _visible[file] = found
    return _visible[file]
