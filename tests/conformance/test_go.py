"""An API in a language that compiles, on its standard library alone: checked where Go is installed."""

from __future__ import annotations

import shutil

import pytest

from tests.conformance.clocks import needs_libfaketime
from tests.conformance.shell import check, is_left

START = "cd examples/backends && go run go_standard_library.go"

pytestmark = pytest.mark.skipif(shutil.which("go") is None, reason="Go is not installed: no example in it was checked")


def test_the_example_in_go_conforms_and_nothing_of_it_is_left() -> None:
    done = check("api", "--start", START, "--path", "/me")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "CONFORMS at level MUST" in done.stdout
    assert not is_left("go_standard_library")


@needs_libfaketime
def test_a_program_that_asks_the_kernel_for_the_time_is_told_so_and_ended() -> None:
    done = check("api", "--start", START, "--path", "/me", "--move-clock", "--only", "JWK-03")
    assert (done.returncode, "does not feel that its clock was moved" in done.stderr) == (2, True), done.stderr
    assert not is_left("go_standard_library")
