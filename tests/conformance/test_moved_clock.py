"""A check moves the clock of the API that it starts, and waits for nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from conformance.errors import BadInvocation
from conformance.moved_clock import MovedClock, find_library
from steps.targets.remote_time import GAP_SECONDS, MovedTime
from steps.targets.unseen import NotObserved
from tests.conformance.clocks import needs_libfaketime
from tests.conformance.shell import check, reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NODE = "node examples/backends/node_standard_library.mjs"
READS = "import sys, time\nfor line in sys.stdin: print(time.time(), time.monotonic(), flush=True)"


@pytest.fixture
def clock(tmp_path: Path) -> Iterator[MovedClock]:
    clock = MovedClock(tmp_path / "libfaketime.so.1")
    yield clock
    clock.close()


def test_a_scenario_about_time_begins_with_a_second_that_no_memory_reaches(clock: MovedClock) -> None:
    before = clock.now()
    time_ = MovedTime(clock, is_timed=True)
    assert time_.now() >= before + GAP_SECONDS
    assert 0 <= clock.now() - time_.now() < 0.5


def test_more_passes_than_a_scenario_says_and_less_than_a_second_more(clock: MovedClock) -> None:
    time_ = MovedTime(clock, is_timed=True)
    began = clock.now()
    for _ in range(40):
        time_.pass_time(30)
    assert 1200 < clock.now() - began < 1201
    assert not time_.is_late()


def test_a_scenario_that_is_overtaken_by_the_time_is_not_judged(clock: MovedClock) -> None:
    time_ = MovedTime(clock, is_timed=True)
    clock.move(2)
    assert time_.is_late()
    with pytest.raises(NotObserved, match="took longer than the 1 seconds"):
        time_.pass_time(1)


def test_what_took_its_time_is_over_with_the_next_second(clock: MovedClock) -> None:
    time_ = MovedTime(clock, is_timed=True)
    began = time_.now()
    clock.move(2.5)
    time_.settle()
    assert (time_.now(), time_.is_late()) == (began + 3, False)


def test_a_library_that_is_not_there_is_told_with_what_to_install() -> None:
    with pytest.raises(BadInvocation, match=r"needs libfaketime, .*install"):
        find_library(["/usr/lib/nobody/libfaketimeMT.so.1"])


def test_only_what_the_check_starts_has_its_clock_moved() -> None:
    done = check("api", "--url", "http://127.0.0.1:1/me", "--issuer", "http://127.0.0.1:9", "--move-clock")
    assert (done.returncode, "--move-clock needs --start" in done.stderr) == (2, True), done.stderr


@needs_libfaketime
def test_a_program_reads_the_moved_clock_at_once() -> None:
    clock = MovedClock(find_library())
    command = f"{clock.preamble} exec {sys.executable} -c '{READS}'"
    with subprocess.Popen(command, shell=True, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:  # noqa: S602 -- as a check starts it
        for seconds in (0, 86_400, 0.25):
            clock.move(seconds)
            print(file=program.stdin, flush=True)
            assert program.stdout
            wall, steady = map(float, program.stdout.readline().split())
            assert abs(wall - clock.now()) < 1
            assert seconds == 0 or steady > 86_400
        program.communicate()
    clock.close()


@needs_libfaketime
def test_an_api_that_forgets_withdrawn_keys_conforms_and_no_second_is_waited() -> None:
    began = time.monotonic()
    done = check("api", "--start", NODE, "--path", "/me", "--move-clock", "--only", "JWK-03", "--only", "JWK-01")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert "(6 of 6 scenarios judged in " in done.stdout
    assert time.monotonic() - began < 60


@needs_libfaketime
def test_an_api_whose_key_set_only_ever_grows_fails() -> None:
    done = check("api", *reference("key-set-only-ever-grows"), "--move-clock", "--only", "JWK-03")
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr
    assert "withdrawn 300 seconds after the API's last fetch" in done.stdout


@needs_libfaketime
def test_an_api_that_does_not_feel_its_clock_is_told_so() -> None:
    start = f"env -u LD_PRELOAD -u DYLD_INSERT_LIBRARIES {NODE}"
    done = check("api", "--start", start, "--path", "/me", "--move-clock", "--only", "JWK-03")
    assert (done.returncode, "does not feel that its clock was moved" in done.stderr) == (2, True), done.stderr
