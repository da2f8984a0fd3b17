"""The repository's workflows: what they run can be run here, with no more rights than needed, on no moving code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
PINNED = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}")
# The jobs that may write, and what.
RIGHTS = {
    "comment": {"actions": "read", "contents": "read", "pull-requests": "write"},
    "publish": {"pages": "write", "id-token": "write"},
}

every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    # YAML 1.1 takes the key `on` for a truth value.
    return {("on" if key is True else key): value for key, value in yaml.safe_load(path.read_text()).items()}


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values() if "jobs" in workflow else [workflow["runs"]]:
        yield from job["steps"]


@every_workflow
def test_each_step_is_a_target_of_the_makefile(path: Path) -> None:
    for step in steps(read(path)):
        command = step.get("run", "")
        assert command in {"", ".ci/run"} or command.removeprefix("make ") in TARGETS, command


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_each_action_is_pinned_by_its_commit(path: Path) -> None:
    for step in steps(read(path)):
        assert "uses" not in step or PINNED.fullmatch(step["uses"]), step


@every_workflow
def test_one_action_has_one_commit_everywhere(path: Path) -> None:
    used = {step["uses"] for other in [*WORKFLOWS, ACTION] for step in steps(read(other)) if "uses" in step}
    assert len({each.partition("@")[0] for each in used}) == len(used), path


@every_workflow
def test_no_checkout_keeps_its_credentials(path: Path) -> None:
    for step in steps(read(path)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@every_workflow
def test_rights_are_the_least(path: Path) -> None:
    workflow = read(path)
    rights = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert rights == {name: RIGHTS[name] for name in workflow["jobs"] if name in RIGHTS}


@every_workflow
def test_foreign_code_meets_no_secret(path: Path) -> None:
    """What a pull request starts has no secret, what may write runs main's code; no shell takes an expression."""
    text, workflow = path.read_text(encoding="utf-8"), read(path)
    assert "pull_request_target" not in text
    assert "secrets." not in text
    assert not any("${{" in step.get("run", "") for step in steps(workflow))
    if "workflow_run" in workflow["on"]:
        (checkout,) = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
        assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"


def test_hooks_are_targets_too() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert {hook["entry"].removeprefix("make --silent ") for hook in repository["hooks"]} <= TARGETS
