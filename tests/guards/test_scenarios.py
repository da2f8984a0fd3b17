"""What is written is what runs: nothing lost between the feature files and pytest."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from watchword.specification import SpecificationError, read
from watchword.suites import suites

ROOT = Path(__file__).parents[2]


def lost_or_added(root: Path) -> dict[str, tuple[int, int]]:
    """Count, for each feature file whose numbers differ, the pickles written and the tests collected."""
    folders = ["features", *(suite.folder for suite in suites(root))]
    command = [sys.executable, "-m", "pytest", *folders, "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env=_plain_environment())
    assert done.returncode in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}, done.stdout + done.stderr
    collected = Counter(line.partition("::")[0] for line in set(done.stdout.splitlines()) if "::" in line)
    written = Counter(pickle.feature.uri for pickle in read(root).pickles)
    return {uri: (written[uri], collected[uri]) for uri in written | collected if written[uri] != collected[uri]}


def _plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}


def test_the_specification_reads_without_a_problem() -> None:
    """Names and ids are unique, and no outline, rule or scenario is empty."""
    read(ROOT)


def test_what_is_written_is_what_is_collected() -> None:
    assert lost_or_added(ROOT) == {}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Lay out a project whose one feature holds two scenarios."""
    (tmp_path / "features").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "features/f.feature").write_text(
        "Feature: F\n  Scenario: S\n    Given x\n  Scenario: T\n    Given x\n", encoding="utf-8"
    )
    return tmp_path


def test_the_guard_sees_a_scenario_that_is_not_collected(tree: Path) -> None:
    assert lost_or_added(tree) == {}
    (tree / "conftest.py").write_text(
        dedent("""
            def pytest_collection_modifyitems(items):
                del items[0]
        """)
    )
    assert lost_or_added(tree) == {"features/f.feature": (2, 1)}


def test_the_guard_sees_two_scenarios_of_one_name(tree: Path) -> None:
    feature = tree / "features/f.feature"
    feature.write_text(feature.read_text().replace("Scenario: T", "Scenario: S"))
    with pytest.raises(
        SpecificationError, match=r"^features/f\.feature:4: the scenario name 'S' is already used on line 2"
    ):
        read(tree)
