"""`watchword lint`, as a shell sees it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.difference.conftest import watchword
from tests.lint.test_rules import SAMPLE
from watchword.lint import lint

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out the sample with two features that have something to mend, and have its steps read once."""
    folder = tmp_path_factory.mktemp("template") / "p"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("*.feature", "__pycache__"))
    for name in ("layout", "mechanics"):
        shutil.copy(SAMPLE / f"features/{name}.feature", folder / "features")
    lint(folder)
    return folder


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    """Copy it, to be spoiled."""
    return shutil.copytree(template, tmp_path / "p")


def test_findings_are_told_and_exit_1(project: Path) -> None:
    done = watchword(project, "lint")
    assert (done.returncode, done.stderr) == (1, "4 findings\n")
    assert done.stdout.splitlines()[-1] == (
        "features/mechanics.feature:7: 'should' says how, not what — say what is so [mechanics]"
    )


def test_a_file_asks_for_its_findings_alone(project: Path) -> None:
    done = watchword(project, "lint", "features/layout.feature")
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["features/layout.feature"] * 2


def test_annotations_stand_on_feature_lines(project: Path) -> None:
    done = watchword(project, "lint", "--format", "github", "features/layout.feature")
    assert done.stdout.splitlines()[0] == (
        "::error file=features/layout.feature,line=3,title=layout::"
        "the tags are not in order — run `watchword lint --fix`"
    )


def test_json_holds_every_member(project: Path) -> None:
    found = json.loads(watchword(project, "lint", "--format", "json").stdout)
    assert found[0].keys() == {"uri", "line", "rule", "sentence"}


def test_fix_mends_the_layout_and_tells_the_rest(project: Path) -> None:
    done = watchword(project, "lint", "--fix")
    assert (done.returncode, done.stdout.count("\n")) == (1, 2)
    assert done.stderr == "features/layout.feature: laid out anew\n2 findings\n"


def _no_features(project: Path) -> None:
    shutil.rmtree(project / "features")


def _no_toml(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool")


def _no_list(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.watchword.lint]\nwords = 3\n")


def _no_steps(project: Path) -> None:
    (project / "steps/sample_steps.py").write_text("import nothing_of_that_name")


def _no_register(project: Path) -> None:
    (project / "features/register.toml").write_text("[[document")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_no_features, "features: there is no such folder — run from the project's root, or name it with --root"),
        (_no_toml, "pyproject.toml: cannot be read (Expected ']' at the end of a table declaration"),
        (_no_list, "pyproject.toml: [tool.watchword.lint] words: Input should be a valid list — correct it there"),
        (_no_steps, "the step definitions of sample_steps cannot be imported (ModuleNotFoundError: No module named"),
        (_no_register, "features/register.toml: is not TOML (Expected"),
    ],
)
def test_bad_input_is_one_sentence_and_exits_2(project: Path, spoil, told: str) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    spoil(project)
    done = watchword(project, "lint")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(told)


def test_a_path_that_is_not_there_is_bad_input(project: Path) -> None:
    done = watchword(project, "lint", "nowhere")
    assert (done.returncode, done.stderr) == (
        2,
        "nowhere: there is no such file or folder — name one below p/\n",
    )


def test_binary_junk_is_told_and_the_rest_is_judged(project: Path) -> None:
    (project / "features/junk.feature").write_bytes(b"\x00\xff\xfe junk")
    done = watchword(project, "lint")
    assert (done.returncode, done.stderr) == (1, "5 findings\n")
    assert done.stdout.startswith("features/junk.feature:1: the file is not UTF-8 — save it as UTF-8 [readable]\n")
