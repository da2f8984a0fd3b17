"""What a check prints may hold anything that was sent or answered: it is shown, and nothing obeys it."""

from __future__ import annotations

import subprocess

import httpx
import pytest

from conformance.printout import curl, received, sent

URL = "http://127.0.0.1:8080/me"


def carrying(value: bytes) -> httpx.Request:
    return httpx.Request("GET", URL, headers=[(b"authorization", value)])


def test_control_characters_are_shown() -> None:
    assert list(sent(carrying(b"Bearer \0\x1b[2J\x7f")))[1] == r"authorization: Bearer \x00\x1b[2J\x7f"
    assert list(received(httpx.Response(200, text="\x1b]0;owned\a\u202e")))[1] == r"\x1b]0;owned\x07\u202e"


@pytest.mark.parametrize("value", [b"Bearer a.b.c", b"Bearer it's \\ 100 %", b"Bearer \xe9\xc3\xa9\t", b"a\r\nb\n"])
def test_a_command_line_holds_the_octets_that_were_sent(value: bytes) -> None:
    line = curl(carrying(value)).replace("curl -i -X GET -H", "printf %s", 1).rpartition(" ")[0]
    done = subprocess.run(["bash", "-c", line], capture_output=True, check=True)
    assert done.stdout == b"authorization: " + value


def test_a_nul_is_sent_by_other_means() -> None:
    line = curl(carrying(b"Bearer \0 100 % it's"))
    assert line.endswith("| nc 127.0.0.1 8080")
    done = subprocess.run(["bash", "-c", line.rpartition("|")[0]], capture_output=True, check=True)
    assert b"\r\nauthorization: Bearer \0 100 % it's\r\n" in done.stdout
    assert "\0" not in line
