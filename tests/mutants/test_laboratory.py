"""The laboratory sees what a mutant does, and touches nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutants.catalogue import Mutant, load_mutants

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.mutants.laboratory import Laboratory

FILE = "reference_impl/api/claims.py"
CHECK = "if policy.audience not in claims.audience:"


def mutant(find: str, replace: str, *breaks: str) -> Mutant:
    return Mutant(id="example", breaks=list(breaks), file=FILE, find=find, replace=replace)


def test_a_mutant_that_changes_nothing_survives(laboratory: Laboratory) -> None:
    finding = laboratory.submit(mutant(CHECK, f"{CHECK}  # the same", "AUD-02", "SIG-07")).result()
    assert (finding.survived, finding.red, finding.fault) == (("AUD-02", "SIG-07"), (), None)
    assert finding.ran > 1


def test_a_mutant_survives_the_requirements_it_does_not_break(laboratory: Laboratory) -> None:
    finding = laboratory.submit(mutant(CHECK, "if False:", "AUD-02", "SIG-07")).result()
    assert finding.survived == ("SIG-07",)


def test_a_mutant_that_cannot_be_imported_is_worth_nothing(laboratory: Laboratory) -> None:
    finding = laboratory.submit(mutant("class Claims:", "class Claims(Unknown):", "AUD-02")).result()
    assert finding.fault is not None


def test_a_requirement_that_no_scenario_states_is_named(laboratory: Laboratory) -> None:
    finding = laboratory.submit(mutant(CHECK, "if False:", "ZZZ-99")).result()
    assert finding.fault == "no scenario states ZZZ-99"


def test_the_checkout_is_not_touched(laboratory: Laboratory) -> None:
    before = (laboratory.root / FILE).read_bytes()
    laboratory.submit(mutant(CHECK, "if False:", "AUD-02")).result()
    assert (laboratory.root / FILE).read_bytes() == before


ROW = """
[[mutant]]
id = "{id}"
breaks = ["{breaks}"]
file = "reference_impl/{file}"
find = "{find}"
replace = "{replace}"
"""
DEFAULTS = {"id": "m", "breaks": "AUD-02", "file": "a.py", "find": "b = 2", "replace": "b = 3"}


def problems(root: Path, *rows: dict[str, str]) -> tuple[str, ...]:
    for folder in ("reference_impl", "tests/mutants"):
        (root / folder).mkdir(parents=True)
    (root / "reference_impl/a.py").write_text("a = 1\na = 1\nb = 2\n")
    (root / "tests/mutants/area.toml").write_text("".join(ROW.format(**(DEFAULTS | row)) for row in rows))
    return load_mutants(root, {"AUD-02"}).problems


def test_a_good_mutant_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) == ()


def test_each_problem_is_one_sentence_that_says_what_to_do(tmp_path: Path, subtests: pytest.Subtests) -> None:
    faults = {
        "'a = 1' occurs 2 times in reference_impl/a.py — let it occur exactly once": {"find": "a = 1"},
        "'z' occurs 0 times in reference_impl/a.py — let it occur exactly once": {"find": "z"},
        "there is no reference_impl/z.py — correct the path": {"file": "z.py"},
        "no requirement is called ZZZ-99 — correct the id, or register it": {"breaks": "ZZZ-99"},
        "the edited reference_impl/a.py does not compile: invalid syntax in line 3": {"replace": "b ="},
    }
    for number, (sentence, row) in enumerate(faults.items()):
        with subtests.test(sentence):
            assert problems(tmp_path / str(number), row) == (f"tests/mutants/area.toml: mutant m: {sentence}",)


def test_two_mutants_of_one_name_are_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, {}, {}) == ("tests/mutants: mutant m stands 2 times — rename one",)
