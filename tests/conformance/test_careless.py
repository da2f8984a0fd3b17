"""An API is started carelessly, to see whether it refuses, only where that says anything."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from conformance.launcher import Launcher
from conformance.setup import ApiSetup
from steps.targets.unseen import Inapplicable, NotObserved
from tests.conformance.shell import SERVERS

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDS = "echo AUDIENCE must name this API; exit 1"
STARTS = f"{sys.executable} {SERVERS} grants-all {{port}}"
PARTICULAR = f'[ "$AUDIENCE" = "" ] && {{ {ENDS}; }} || exec {STARTS}'


@pytest.fixture
def launchers() -> Iterator[dict[str, Launcher]]:
    commands = {"ends": ENDS, "starts": STARTS, "particular": PARTICULAR}
    values = {"issuer": "http://127.0.0.1:9", "jwks_url": "http://127.0.0.1:9/jwks", "audience": "api"}
    made = {name: Launcher(command, port=1, patience_seconds=10, values=values) for name, command in commands.items()}
    yield made
    for each in made.values():
        each.close()


def setup(launcher: Launcher | None, *, is_careless: bool = True) -> ApiSetup:
    return ApiSetup(launcher, algorithm="EdDSA", reads=[], with_obstacles=False, is_careless=is_careless)


def test_an_api_that_refuses_to_start_says_why(launchers: dict[str, Launcher]) -> None:
    complaint = setup(launchers["particular"]).complaint_about({"AUDIENCE": ""})
    assert complaint is not None
    assert "AUDIENCE must name this API" in complaint


def test_an_api_that_starts_carelessly_has_no_complaint(launchers: dict[str, Launcher]) -> None:
    assert setup(launchers["starts"]).complaint_about({"AUDIENCE": ""}) is None


def test_an_api_that_never_starts_without_its_issuer_proves_nothing(launchers: dict[str, Launcher]) -> None:
    with pytest.raises(NotObserved, match="while its issuer is away"):
        setup(launchers["ends"]).complaint_about({"AUDIENCE": ""})


def test_a_setting_that_an_api_does_not_read_is_not_tried(launchers: dict[str, Launcher]) -> None:
    with pytest.raises(Inapplicable, match="--setting says so"):
        setup(launchers["ends"]).complaint_about({"ALGORITHMS": "none"})


def test_nobody_is_careless_unasked(launchers: dict[str, Launcher]) -> None:
    for each in (setup(None), setup(launchers["ends"], is_careless=False)):
        with pytest.raises(NotObserved, match="--careless"):
            each.complaint_about({"AUDIENCE": ""})
