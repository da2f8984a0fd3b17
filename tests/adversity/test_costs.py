"""What strangers send costs the API little: no memory that stays, and less time than an honest token."""

from __future__ import annotations

import gc
import logging
import time
import tracemalloc
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.adversity.asgi import ask
from tests.adversity.trusted import Trusted, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKENS = 800
WARM_UP = 200
LARGEST_GROWTH_BYTES = 16 * TOKENS
"""Sixteen bytes per token: less than the smallest thing that could be kept of one."""

MEGABYTE = 1_000_000


@contextmanager
def logging_into_the_void() -> Iterator[None]:
    """Let the API log, and nobody keep it: pytest would keep every record."""
    logger = logging.getLogger("reference_impl.api")
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [logging.NullHandler()], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate


def growth_bytes(act: Callable[[str], object], tokens: list[str]) -> int:
    """Return by how much memory grows while an act is done with one token after another, once it is warmed up."""
    for token in tokens[:WARM_UP]:
        act(token)
    tracemalloc.start()
    try:
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for token in tokens[WARM_UP:]:
            act(token)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def good_token(trusted: Trusted, number: int) -> str:
    return trusted.token(sub=f"account-{number}", jti=f"jti-{number}", sid=f"sid-{number}")


def token_of_unknown_key(trusted: Trusted, number: int) -> str:
    return trusted.sign(written(trusted.header | {"kid": f"kid-{number}"}), written(trusted.claims))


def token_of_another_algorithm(trusted: Trusted, number: int) -> str:
    return trusted.sign(written(trusted.header | {"alg": f"alg-{number}"}), written(trusted.claims))


@pytest.mark.parametrize("make", [good_token, token_of_unknown_key, token_of_another_algorithm])
def test_nothing_is_kept_of_a_token(trusted: Trusted, tried: Counter[str], make: Callable[[Trusted, int], str]) -> None:
    tokens = [make(trusted, number) for number in range(WARM_UP + TOKENS)]
    codes: Counter[str | None] = Counter()
    with logging_into_the_void():
        grown = growth_bytes(lambda token: codes.update([trusted.present(token).code]), tokens)
    assert grown < LARGEST_GROWTH_BYTES
    assert codes == {None if make is good_token else "token_invalid": len(tokens)}
    tried[f"distinct tokens like a {make.__name__.replace('_', ' ')}"] += len(tokens)


def seconds(act: Callable[[], object], *, times: int = 50) -> float:
    """Return what the quickest of a few runs of an act takes, in processor time."""

    def run() -> float:
        started = time.process_time()
        for _ in range(times):
            act()
        return time.process_time() - started

    return min(run() for _ in range(5)) / times


def test_a_megabyte_is_refused_in_less_time_than_a_good_token_is_verified(trusted: Trusted) -> None:
    # The header is written once: copying a megabyte is the sender's cost.
    good, large = (f"Bearer {token}".encode() for token in (trusted.token(), trusted.token(padding="x" * MEGABYTE)))
    assert trusted.run(ask(trusted.app, large)).code == "token_invalid"
    with logging_into_the_void():
        refused = seconds(lambda: trusted.run(ask(trusted.app, large)))
        assert refused < seconds(lambda: trusted.run(ask(trusted.app, good)))
