"""How long a check waits is known before it begins."""

from __future__ import annotations

import asyncio
import logging
import socket
from pathlib import Path

import httpx
import pytest

from conformance.issuer_stage import GRACE, USED_ONCE, IssuerStage
from conformance.outlook import silent_seconds, slow_seconds, told
from steps.targets.foreign_issuer import ForeignIssuer
from steps.targets.issuer_paths import PATHS
from steps.targets.obstacles import OBSTACLES, Obstacle
from steps.targets.remote_channel import SILENCE_SECONDS
from steps.targets.remote_listener import Answers, Listener
from steps.targets.witness import Witness
from watchword.specification import read

PICKLES = read(Path(__file__).parents[2]).pickles


def slow_scenarios(obstacle: str) -> set[int]:
    met = f"every fetch of the key set meets {obstacle}"
    # The first step is what it meets, unless the scenario is about a fetch of long ago.
    slow = [pickle for pickle in PICKLES if pickle.steps[0].text == met]
    return {slow_seconds([pickle], with_obstacles=True, with_moved_clock=False) for pickle in slow}


def test_a_run_says_what_it_waits_for_and_how_long_at_most() -> None:
    assert told(3, {"for a": 5, "for b": 0, "for c": 2}) == (
        "Playing 3 scenarios, of which at most 7 s are waiting: 5 s for a, 2 s for c"
    )


def test_a_run_that_waits_for_nothing_says_so() -> None:
    assert told(3, {"for a": 0}) == "Playing 3 scenarios; none of them waits"


@pytest.mark.parametrize(
    ("obstacle", "seconds"),
    [
        ("an answer in 2 parts, a second each", 2),
        ("an answer in 60 parts, a second each", 10),
        ("a minute of silence", 10),
        ("fifty megabytes", 0),
    ],
)
def test_a_slow_key_set_is_waited_for_no_longer_than_any_answer(obstacle: str, seconds: int) -> None:
    assert slow_scenarios(obstacle) == {seconds}


def test_a_key_set_that_comes_slowly_long_after_another_is_waited_for_where_the_clock_is_moved() -> None:
    silent = [pickle for pickle in PICKLES if any("a minute of silence" in step.text for step in pickle.steps)]
    waits = [slow_seconds(silent, with_obstacles=False, with_moved_clock=is_moved) for is_moved in (False, True)]
    assert waits == [0, 20]


def test_a_listener_that_ends_in_the_middle_of_an_answer_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    silence = OBSTACLES["a minute of silence"]
    assert silence is not None
    listener = Listener(_answering(silence), host="127.0.0.1")
    with socket.create_connection(("127.0.0.1", listener.port)) as line, caplog.at_level(logging.DEBUG, "asyncio"):
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 200"
        listener.close()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def _answering(obstacle: Obstacle) -> Answers:
    return lambda _: obstacle(b'{"keys":[]}')


@pytest.mark.parametrize(("profile", "seconds"), [("strict", 42), ("stateless", 0)])
def test_only_who_claims_that_a_credential_is_used_once_is_waited_for(profile: str, seconds: int) -> None:
    witness = Witness(issuer="http://127.0.0.1", audience="api", algorithm="EdDSA")
    issuer = ForeignIssuer(httpx.URL("http://127.0.0.1"), PATHS["reference"], profile, witness)
    with asyncio.Runner() as runner:
        stage = IssuerStage(issuer, runner, grace_seconds=20)
        assert stage.waits([pickle for pickle in PICKLES if USED_ONCE in pickle.tags])[GRACE] == seconds


def test_a_channel_on_which_nobody_speaks_is_waited_for() -> None:
    assert silent_seconds(PICKLES) == SILENCE_SECONDS
