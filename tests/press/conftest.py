"""A project of its own for every test: features, steps and a real pytest run over them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from watchword.run import Run, load
from watchword.specification import Specification, read

if TYPE_CHECKING:
    from pathlib import Path

INI = """
[pytest]
addopts = --strict-config --strict-markers -ra -p no:cacheprovider
filterwarnings = error
"""

STEPS = '''
import pytest
from pytest_bdd import given, parsers, then, when

@given("nothing else")
@given("a rule of its own")
def given_nothing():
    """Hold nothing."""

@when(parsers.parse("{number:d} is added to {other:d}"), target_fixture="total")
def add(number, other):
    return number + other

@then(parsers.parse("the sum is {expected:d}"))
def check_sum(total, expected):
    assert total == expected

@when("the table is read", target_fixture="cells")
def read_table(datatable):
    return [cell for row in datatable for cell in row]

@when("the text is read", target_fixture="cells")
def read_text(docstring):
    return docstring.splitlines()

@then(parsers.parse("it holds {expected}"))
def check_cells(cells, expected):
    assert expected in cells

@then("it waits")
async def wait():
    raise AssertionError("nobody awaits this")

@then("it is put off")
def put_off():
    pytest.skip("not today")
'''


@dataclass(frozen=True)
class Project:
    """A folder with features and steps, run by the pytest of this process."""

    pytester: pytest.Pytester

    @property
    def root(self) -> Path:
        """The project's root."""
        return self.pytester.path

    @property
    def evidence(self) -> Path:
        """Where runs write their evidence."""
        return self.root / "build" / "evidence.ndjson"

    def write(self, uri: str, text: str) -> Path:
        """Write a file below the root."""
        path = self.root / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def feature(self, text: str, name: str = "sums") -> Path:
        """Write a feature file."""
        return self.write(f"features/{name}.feature", text)

    def run(self, *arguments: str) -> pytest.RunResult:
        """Run pytest with evidence."""
        return self.pytester.runpytest_inprocess("features", "--evidence", "build/evidence.ndjson", *arguments)

    def read(self) -> Specification:
        """Read what is written."""
        return read(self.root)

    def load(self) -> Run:
        """Join the evidence to what is written."""
        return load(self.evidence, self.read())

    def statuses(self) -> dict[str, str]:
        """Give the status of every pickle by its id."""
        return {result.pickle.id: result.status for result in self.load().results}


@pytest.fixture
def project(pytester: pytest.Pytester) -> Project:
    """Lay out a project with a few steps and no feature."""
    pytester.makefile(".ini", pytest=INI)
    pytester.makeconftest(STEPS)
    return Project(pytester)
