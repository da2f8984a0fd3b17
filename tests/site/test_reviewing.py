"""What the Reviewing page embeds: differences told before, and the dictionary of steps."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.site.sample import quiet_environment
from watchword.book import Book, FenceError, resolve
from watchword.run import load
from watchword.specification import read

if TYPE_CHECKING:
    from pathlib import Path

STEPS = '''
    from pytest_bdd import given, parsers, then

    @given(parsers.parse("a gate of {count:d} arms"), target_fixture="arms")
    def gate(count):
        """Set up a gate, with `count` of them.

        And more, which no table shows.
        """
        return count

    @then("it turns")
    def turns():
        """Turn it."""
'''
FEATURE = """
    Feature: A gate
      Scenario Outline: A gate of <arms>
        Given a gate of <arms> arms
        Then it turns
        Examples:
          | arms |
          | 3    |
          | 4    |
"""
TOLD = "### What changes in the specification\n\nFrom a to b.\n\n#### Scenarios\n\n```diff\n- #### kept\n```\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Run a small project and read it."""
    root = tmp_path_factory.mktemp("gate")
    (root / "features").mkdir()
    (root / "told").mkdir()
    (root / "features/gate.feature").write_text(dedent(FEATURE))
    (root / "gate_steps.py").write_text(dedent(STEPS))
    (root / "pyproject.toml").write_text('[tool.watchword]\nsteps = ["gate_steps"]\n')
    (root / "told/one-change.md").write_text(TOLD)
    (root / "pytest.ini").write_text("[pytest]\naddopts = -p gate_steps\npythonpath = .\n")
    command = [sys.executable, "-m", "pytest", "features", "--evidence", "evidence.ndjson", "-p", "no:schemathesis"]
    subprocess.run(command, cwd=root, env=quiet_environment(), capture_output=True, check=True)
    specification = read(root)
    return Book(specification, load(root / "evidence.ndjson", specification))


def shown(book: Book, asked: str) -> str:
    return resolve(f"```watchword\n{asked}\n```\n", book, page="reviewing.md")


def test_the_dictionary_tells_each_phrase_its_meaning_and_its_uses(book: Book) -> None:
    said = shown(book, "dictionary: all")
    assert said.startswith("2 phrases make 3 different sentences.")
    assert "### Given" in said
    assert (
        '#### <span class="ww-phrase">a gate of <em>count</em> arms</span> { #step-given-a-gate-of-count-d-arms }'
        in said
    )
    assert "\nSet up a gate, with <code>count</code> of them.\n" in said
    assert "<summary>said 2 times</summary>" in said
    assert "[A gate](specification/gate.md) 2</details>" in said


def test_a_difference_is_shown_without_its_headings(book: Book) -> None:
    said = shown(book, "difference: told/one-change.md")
    assert "#### kept" in said
    assert said.startswith("From a to b.\n\n**Scenarios**\n{ .ww-part }\n")


def test_a_folder_of_differences_is_shown_folded(book: Book) -> None:
    assert shown(book, "difference: told").startswith('??? example "One change"\n\n    From a to b.')


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("difference: nowhere.md", "there is no file 'nowhere.md'"),
        ("dictionary: some", "there is no dictionary 'some'"),
    ],
)
def test_what_is_not_there_is_named(book: Book, asked: str, told: str) -> None:
    with pytest.raises(FenceError, match=told):
        shown(book, asked)


def test_steps_that_cannot_be_imported_are_named(book: Book) -> None:
    steps: Path = book.specification.root / "gate_steps.py"
    text = steps.read_text()
    steps.write_text("import nothing_of_that_name")
    try:
        with pytest.raises(FenceError, match="the step definitions of gate_steps cannot be imported"):
            shown(book, "dictionary: all")
    finally:
        steps.write_text(text)
