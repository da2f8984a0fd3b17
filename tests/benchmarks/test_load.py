"""The load generator: whole answers are counted, others are not taken for them."""

import multiprocessing
from collections.abc import Iterator

import pytest

from benchmarks.arena import free_port, wait_for
from benchmarks.load import Request, UnexpectedAnswer, drive, send_each
from benchmarks.servers.ceiling import main


@pytest.fixture
def port() -> Iterator[int]:
    port = free_port()
    server = multiprocessing.get_context("spawn").Process(target=main, args=(port,))
    server.start()
    try:
        wait_for(port, server.is_alive)
        yield port
    finally:
        server.kill()
        server.join()


def test_every_token_is_sent_once(port: int) -> None:
    assert send_each(Request(port, "/", ("a", "b", "c", "d", "e")), connections=2) == 5


def test_answers_are_counted_for_the_time_given(port: int) -> None:
    count, seconds = drive(Request(port, "/"), connections=2, seconds=0.05)

    assert count > 0
    assert seconds >= 0.05


def test_another_status_is_no_answer(port: int) -> None:
    with pytest.raises(UnexpectedAnswer, match="200 OK"):
        send_each(Request(port, "/", status=401), connections=1)
