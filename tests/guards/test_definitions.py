"""Step definitions do what they seem to do, and each is needed; that each sentence has one is lint's matter."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import steps
from watchword.recorder.definitions import Definitions
from watchword.specification import read

if TYPE_CHECKING:
    from watchword.specification import Specification

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def specification() -> Specification:
    """Read the project's features."""
    return read(ROOT)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    """Import every module of `steps` and gather what it defines."""
    names = [module.name for module in pkgutil.walk_packages(steps.__path__, "steps.")]
    return Definitions([importlib.import_module(name) for name in names], ROOT)


def test_no_step_is_async(definitions: Definitions) -> None:
    told = definitions.asynchronous()
    assert not told, "\n".join(told)


def test_every_definition_is_used(definitions: Definitions, specification: Specification) -> None:
    told = definitions.unused(specification)
    assert not told, "\n".join(told)


def test_no_definition_returns_what_nobody_takes(definitions: Definitions) -> None:
    told = definitions.unheard()
    assert not told, "\n".join(told)


BROKEN = '''
from pytest_bdd import given, parsers, then, when

@given("x")
def used():
    """Serve."""

@given("x", target_fixture="x")
def taken():
    return 1

@when("nobody means this")
def unused():
    """Serve nobody."""

@when("it runs")
async def wait():
    """Wait for ever."""

@then(parsers.parse("it is {n:d}"))
def compare(n):
    def inner():
        return 2
    return inner() == n
'''


@pytest.fixture
def broken(tmp_path: Path) -> tuple[Definitions, Specification]:
    """Lay out a tree in which every guard has something to say."""
    path = tmp_path / "broken_steps.py"
    path.write_text(BROKEN)
    spec = importlib.util.spec_from_file_location("broken_steps", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "features").mkdir()
    (tmp_path / "features/f.feature").write_text(
        "Feature: F\n  Scenario: S\n    Given x\n    When it runs\n    Then it is 3\n    And it sings\n"
    )
    found = Definitions([module], tmp_path)
    assert len(found) == BROKEN.count("\n@")
    module.__dict__["kept"] = found
    return found, read(tmp_path)


def test_the_guards_speak(broken: tuple[Definitions, Specification]) -> None:
    definitions, specification = broken
    assert definitions.asynchronous() == [
        "broken_steps.py:16 'it runs' is async and would never be awaited — make it sync"
    ]
    assert definitions.unused(specification) == [
        "broken_steps.py:12 'nobody means this' is used by no scenario — remove it"
    ]
    assert definitions.unheard() == ["broken_steps.py:20 'it is {n:d}' returns a value nobody takes — assert it"]
