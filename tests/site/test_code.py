"""A page's code leads to where the reference documents it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.sample import ROOT
from watchword.book.code import code_of_requirements, linked, mark_code, name_of, placed

if TYPE_CHECKING:
    from pathlib import Path

MODULE = '''"""Gates."""


class Gate:
    """A gate."""

    def open(self) -> None:
        """Open it."""


@given("a gate")
def _gate() -> Gate:
    return Gate()
'''


@pytest.mark.parametrize(
    ("line", "name"), [(1, "house.gates"), (5, "house.gates.Gate"), (8, "house.gates.Gate.open"), (13, "house.gates")]
)
def test_a_line_stands_in_what_is_public_around_it(tmp_path: Path, line: int, name: str) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "gates.py").write_text(MODULE, encoding="utf-8")
    assert name_of(tmp_path, "house/gates.py", line) == name


def test_a_place_without_a_file_stays_as_it_is() -> None:
    assert placed(ROOT, "nowhere/<b>.py:3") == "nowhere/&lt;b&gt;.py:3"


def test_what_is_documented_is_linked_and_nothing_else() -> None:
    page = f"{mark_code('house.Gate', 'a <gate>')} {mark_code('house.Wall', 'a wall')}"
    known = {"house.Gate": "../reference/#house.Gate"}
    expected = '<a class="ww-code" href="../reference/#house.Gate">a &lt;gate&gt;</a> a wall'
    assert linked(page, lambda name: known.get(name, "")) == expected


def test_a_requirement_leads_to_the_code_that_breaks_it() -> None:
    assert "reference_impl.api.claims" in str(code_of_requirements(ROOT, "tests/mutants")["AUD-02"])
