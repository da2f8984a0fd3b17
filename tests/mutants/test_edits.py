"""What an edit can touch is never told too narrowly."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.alternatives import PROBE, alternative_of, probed
from tests.mutants.catalogue import Mutant
from tests.mutants.edits import touched_lines
from tests.mutants.exchange import exchange_of, functions_below
from tests.mutants.reach import EVERYWHERE, Reach

SOURCE = """\
LIMIT = 3


def check(value, other=LIMIT):
    if value > LIMIT:
        raise ValueError
    elif value is None:
        return other
    total = sum(
        [value, other],
    )
    return total
"""
BODY = frozenset(range(5, 13))


def mutant(find: str, replace: str) -> Mutant:
    return Mutant(id="example", breaks=["AUD-02"], file="reference_impl/a.py", find=find, replace=replace)


@pytest.mark.parametrize(
    ("find", "replace", "expected"),
    [
        ("if value > LIMIT:", "if False:", {5}),
        ("raise ValueError", "pass", {6}),
        ("[value, other],", "[value],", {9, 10, 11}),
        ("        return other\n", "        other += 1\n        return other\n", {8}),
        ("        return other\n", "        return other\n    value += 1\n", {9, 10, 11}),
        ("    return total\n", "    total += 1\n    return total\n", {12}),
    ],
)
def test_an_edit_in_a_function_is_noticed_from_its_own_statement(find: str, replace: str, expected: set[int]) -> None:
    assert touched_lines(mutant(find, replace), SOURCE) == frozenset(expected)


@pytest.mark.parametrize(
    ("find", "replace"),
    [
        ("    elif value is None:\n        return other\n", ""),
        ("        return other", "        return other\n    value += 1"),
        ("        return other\n", "    return other\n"),
        ("    elif value is None:\n", "    if value is None:\n"),
    ],
)
def test_an_edit_that_changes_the_flow_is_noticed_from_its_whole_function(find: str, replace: str) -> None:
    assert touched_lines(mutant(find, replace), SOURCE) == BODY


@pytest.mark.parametrize(("find", "replace"), [("LIMIT = 3", "LIMIT = 4"), ("other=LIMIT", "other=0")])
def test_an_edit_that_takes_effect_on_import_is_noticed_from_everywhere(find: str, replace: str) -> None:
    assert touched_lines(mutant(find, replace), SOURCE) is None
    assert alternative_of(SOURCE, SOURCE.replace(find, replace)) is None


def run(find: str, replace: str, value: int) -> list[tuple[object, object, bool]]:
    """Call the probed function; return each pair of values that the probe was asked about, and whether it is a test."""
    alternative = alternative_of(SOURCE, SOURCE.replace(find, replace))
    assert alternative is not None
    seen = []

    def probe(one: object, other: object, _: str, is_test: object) -> object:
        assert callable(other)
        seen.append((one, other(), bool(is_test)))
        return one

    names: dict[str, object] = {PROBE: probe}
    exec(compile(probed(SOURCE, {"example": alternative}), "a.py", "exec"), names)  # noqa: S102 -- the text above
    check = names["check"]
    assert callable(check)
    assert check(value) == value + 3
    return seen


@pytest.mark.parametrize(
    ("find", "replace", "expected"),
    [
        ("if value > LIMIT:", "if False:", (False, False, True)),
        ("if value > LIMIT:", "if value < LIMIT:", (False, True, True)),
        ("[value, other]", "[value]", (4, 1, False)),
    ],
)
def test_an_alternative_is_computed_beside_its_expression(
    find: str, replace: str, expected: tuple[object, object, bool]
) -> None:
    assert run(find, replace, 1) == [expected]


@pytest.mark.parametrize("replace", ["if fetch(value):", "if (value := 0):", "if value.pop():"])
def test_an_alternative_that_may_change_something_is_not_computed(replace: str) -> None:
    assert alternative_of(SOURCE, SOURCE.replace("if value > LIMIT:", replace)) is None


def test_the_whole_source_stays_as_it_is_but_for_the_probes() -> None:
    assert ast.dump(probed(SOURCE, {})) == ast.dump(ast.parse(SOURCE))


def test_what_is_executed_outside_of_a_scenario_touches_all() -> None:
    reach = Reach({"a.py": {1: frozenset({"x:1"}), 2: frozenset({EVERYWHERE, "x:1"})}}, {"m": frozenset({"x:2"})})
    assert reach.of_lines("a.py", [1, 3]) == frozenset({"x:1"})
    assert reach.of_lines("a.py", [1, 2]) is None
    assert reach.of_alternative("m") == frozenset({"x:2"})


CLASS = """\
class Check:
    limit = 3

    def run(self, value):
        return [item for item in value if item > self.limit]

    def other(self):
        return None
"""


def test_the_code_of_a_function_can_be_exchanged_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    names: dict[str, Any] = {}
    exec(compile(CLASS, str(path), "exec"), names)  # noqa: S102 -- the text above
    check = names["Check"]()
    assert check.run([2, 3, 4]) == [4]
    exchange = exchange_of(path, CLASS, CLASS.replace("item >", "item >="))
    assert exchange is not None
    assert set(exchange.codes) == {"Check.run"}
    functions = functions_below(tmp_path)
    assert exchange.fits(functions)
    exchange.make(functions)
    assert (check.run([2, 3, 4]), check.other()) == ([3, 4], None)


@pytest.mark.parametrize(
    ("find", "replace"),
    [
        ("limit = 3", "limit = 4"),
        ("(self, value)", "(self, value=())"),
        ("def other", "def another"),
        ("class", "@d\nclass"),
    ],
)
def test_more_than_the_code_of_functions_is_not_exchanged(find: str, replace: str) -> None:
    assert exchange_of(Path("a.py"), CLASS, CLASS.replace(find, replace)) is None


def test_a_function_that_is_not_there_cannot_be_exchanged(tmp_path: Path) -> None:
    exchange = exchange_of(tmp_path / "a.py", CLASS, CLASS.replace("None", "1"))
    assert exchange is not None
    assert not exchange.fits(functions_below(tmp_path))
