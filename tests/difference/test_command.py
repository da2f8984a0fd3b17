"""`watchword diff`, as a shell sees it: revisions and folders, verdicts, exit codes, bad input."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.difference.conftest import EVIDENCE, run_scenarios, watchword
from tests.difference.constructed import AUDIENCE, CHANGES, SIGN_OUT, project

if TYPE_CHECKING:
    from pathlib import Path

CONSTRUCTED = {change.name: change for change in CHANGES}
IDENTITY = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", "-c", "commit.gpgsign=false"]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path) -> str:
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "a change")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Lay out a repository with two commits: the sample, and a claim dropped."""
    root = project(tmp_path / "repository")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root)
    CONSTRUCTED["drop-a-claim"].apply(root)
    commit(root)
    return root


def test_two_revisions_are_compared(repository: Path) -> None:
    done = watchword(repository, "diff", "HEAD~1", "main")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = git(repository, "rev-parse", "HEAD~1")[:10], git(repository, "rev-parse", "HEAD")[:10]
    assert done.stdout.splitlines()[2] == f"From `HEAD~1 ({first})` to `main ({second})`: 1 scenario changed."


def test_a_revision_is_compared_with_the_files_as_they_lie_there(repository: Path) -> None:
    CONSTRUCTED["change-a-level"].apply(repository)
    said = watchword(repository, "diff", "HEAD").stdout
    assert "its level was **MUST**, is **SHOULD**" in said
    assert "sub" not in said


def test_a_project_below_its_repository_is_found(tmp_path: Path) -> None:
    root = project(tmp_path / "outer" / "inner")
    git(tmp_path / "outer", "init", "--quiet")
    commit(tmp_path / "outer")
    CONSTRUCTED["drop-a-claim"].apply(root)
    assert "**Breaking for callers:** `sub` was removed." in watchword(root, "diff", "HEAD").stdout


def test_what_stands_is_no_difference(repository: Path) -> None:
    (repository / AUDIENCE).write_text((repository / AUDIENCE).read_text() + "\n    # a remark\n")
    said = watchword(repository, "diff", "HEAD").stdout
    assert "nothing that is written in the features differs" in said
    assert said.endswith(f"Only layout or comments differ in `{AUDIENCE}`.\n")


def test_json_says_all_of_it(repository: Path) -> None:
    said = json.loads(watchword(repository, "diff", "HEAD~1", "--json").stdout)
    assert (said["format"], said["is_breaking"], said["has_lost"]) == (1, True, False)
    (table,) = said["tables"]
    assert (table["breaking"], table["row"]["row"][0]) == ("breaking", "sub")


@pytest.mark.parametrize(
    ("name", "refused", "code"),
    [
        ("drop-a-claim", ["breaking"], 1),
        ("drop-a-claim", ["lost"], 0),
        ("drop-a-claim", [], 0),
        ("remove-a-feature", ["lost"], 1),
        ("remove-a-feature", ["breaking"], 0),
        ("reword-a-step", ["breaking", "lost"], 0),
        ("break-a-feature", ["breaking"], 1),
        ("break-a-feature", ["lost"], 1),
    ],
)
def test_a_change_may_be_refused(tmp_path: Path, name: str, refused: list[str], code: int) -> None:
    project(tmp_path / "base")
    project(tmp_path / "head", CONSTRUCTED[name])
    options = [option for word in refused for option in ("--fail-on", word)]
    assert watchword(tmp_path, "diff", "base", "head", *options).returncode == code


def test_a_verdict_of_other_bytes_or_other_code_is_not_shown(tmp_path: Path) -> None:
    project(tmp_path / "base")
    head = project(tmp_path / "head", CONSTRUCTED["add-a-scenario"])
    run_scenarios(head)
    asked = ["diff", "base", "head", "--evidence", f"head/{EVIDENCE}"]
    assert "**Verdicts:** ✓ 14 passed, of 14 cases" in watchword(tmp_path, *asked).stdout
    audience = head / AUDIENCE
    audience.write_text(f"{audience.read_text()}\n")
    said = watchword(tmp_path, *asked).stdout
    assert "**Verdicts:** ? 6 not run, ✓ 8 passed, of 14 cases" in said
    assert "**Added:** ? not run," in said
    (head / "steps/sample_steps.py").write_text("")
    said = watchword(tmp_path, *asked).stdout
    assert "**Verdicts:** none to show, as the run was of other code: steps changed since." in said
    assert "passed" not in said


def test_evidence_that_is_torn_says_nothing(tmp_path: Path) -> None:
    project(tmp_path / "base")
    head = project(tmp_path / "head", CONSTRUCTED["add-a-scenario"])
    run_scenarios(head)
    (head / EVIDENCE).write_bytes((head / EVIDENCE).read_bytes()[:-80])
    said = watchword(tmp_path, "diff", "base", "head", "--evidence", f"head/{EVIDENCE}").stdout
    assert "none to show, as the evidence is torn" in said


def test_notes_stand_on_the_heads_feature_lines(tmp_path: Path) -> None:
    project(tmp_path / "base")
    run_scenarios(project(tmp_path / "head", CONSTRUCTED["drop-a-claim"]))
    said = watchword(tmp_path, "diff", "base", "head", "--evidence", f"head/{EVIDENCE}", "--annotations").stdout
    place = "file=features/tokens/access_token.feature,line=7"
    assert said.splitlines() == [
        f"::warning {place},title=breaking::claims: `sub` was removed",
        f"::error {place},title=failed::The claims of an access token: 1 failed",
    ]


def test_what_finds_no_room_is_said(tmp_path: Path) -> None:
    project(tmp_path / "base")
    project(tmp_path / "head", CONSTRUCTED["remove-a-feature"])
    said = watchword(tmp_path, "diff", "base", "head", "--at-most", "600").stdout
    assert len(said) <= 600
    assert said.endswith("more blocks find no room here: `watchword diff` tells all of it.*\n")


def test_a_broken_feature_on_one_side_leaves_the_others_to_be_compared(tmp_path: Path) -> None:
    project(tmp_path / "base", CONSTRUCTED["break-a-feature"])
    head = project(tmp_path / "head", CONSTRUCTED["drop-a-claim"])
    (head / SIGN_OUT).write_bytes(b"\x00\xff\xfe junk")
    said = watchword(tmp_path, "diff", "base", "head").stdout
    assert f"At the base, `{AUDIENCE}` cannot be read. Its 3 scenarios can be read now" in said
    assert f"At the head, `{SIGN_OUT}` cannot be read. Its 1 scenario will not run" in said
    assert "`sub` was removed" in said
    assert "lost" not in said


def test_a_new_file_of_binary_junk_is_one_that_cannot_run(tmp_path: Path) -> None:
    project(tmp_path / "base")
    (project(tmp_path / "head") / SIGN_OUT).with_name("junk.feature").write_bytes(b"\x00\xff\xfe junk")
    said = watchword(tmp_path, "diff", "base", "head").stdout
    assert "session/junk.feature` cannot be read. It cannot run." in said


@pytest.mark.parametrize("base", ["HEAD~1", "origin/main~1"])
def test_a_shallow_clone_says_how_to_get_the_base(repository: Path, tmp_path: Path, base: str) -> None:
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(clone))
    done = watchword(clone, "diff", base)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"{base}: this shallow clone does not hold the revision — fetch its history: `git fetch --unshallow`\n"
    )
    git(clone, "fetch", "--quiet", "--unshallow")
    assert watchword(clone, "diff", base).returncode == 0


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("nowhere", "nowhere: there is no such folder or git revision — see `git log` and `git branch --all`\n"),
        ("main:README", "main:README: there is no such folder or git revision — see"),
        ("steps", "steps: the folder holds no features/ — name a project's root, or a git revision\n"),
        ("bare", "bare: the revision holds no features/ — name one that does\n"),
        ("", "a side has no name — name a git revision, or a folder that holds a project\n"),
    ],
)
def test_a_side_that_is_none_is_one_sentence(repository: Path, base: str, told: str) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "bare")
    git(repository, "rm", "-r", "--quiet", "--cached", ".")
    git(repository, "add", "pyproject.toml")
    git(repository, "commit", "--quiet", "--message", "nothing but settings")
    done = watchword(repository, "diff", base, "main")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(told)


def test_outside_of_a_repository_a_revision_is_none(tmp_path: Path) -> None:
    project(tmp_path / "head")
    done = watchword(tmp_path, "diff", "main", "head")
    assert done.returncode == 2
    assert done.stderr == (
        f"main: there is no such folder, and {tmp_path} is in no git repository — name two folders, or run in one\n"
    )


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("[tool", "head: pyproject.toml is not TOML (Expected ']'"),
        (
            "[[tool.watchword.tables]]\nname = 'x'\n",
            "pyproject.toml: [[tool.watchword.tables]] 0.columns: Field required",
        ),
    ],
)
def test_settings_that_cannot_be_read_are_one_sentence(tmp_path: Path, settings: str, told: str) -> None:
    project(tmp_path / "base")
    (project(tmp_path / "head") / "pyproject.toml").write_text(settings)
    done = watchword(tmp_path, "diff", "base", "head")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(told)
