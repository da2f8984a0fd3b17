"""How soon an API sees that a key is new or gone is its own matter, unless somebody says how soon it has to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.moved_clock import MovedClock
from conformance.timing import A_DAY_SECONDS, Timing
from steps.drafts import Draft
from steps.targets.remote_issuer import RemoteIssuer
from steps.targets.remote_mint import Mint
from watchword.specification import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.specification import Pickle

PICKLES = read(Path(__file__).parents[2]).pickles


@pytest.fixture
def issuer() -> Iterator[RemoteIssuer]:
    issuer = RemoteIssuer(Mint("http://127.0.0.1:0", "https://api.example.test"))
    yield issuer
    issuer.close()


def about(requirement: str) -> Pickle:
    return next(pickle for pickle in PICKLES if requirement in pickle.tags)


def given(issuer: RemoteIssuer, requirement: str, patience_seconds: int) -> list[int]:
    """Say how long an API is given where a scenario says 29, 30, 299 and 300 seconds."""
    with closing(MovedClock(Path("libfaketime.so.1"))) as clock:
        timing = Timing(issuer, 30, patience_seconds, clock)
        pace = timing.pace(about(requirement), timing.words(about(requirement)))
    return [pace.stretched(seconds) for seconds in (29, 30, 299, 300)]


@pytest.mark.parametrize(
    ("requirement", "patience", "seconds"),
    [
        ("JWK-03", A_DAY_SECONDS, [29, A_DAY_SECONDS, 299, A_DAY_SECONDS]),
        ("JWK-01", 60, [29, 60, 299, 300]),
        ("JWK-03", 0, [29, 30, 299, 300]),
        ("JWK-07", A_DAY_SECONDS, [29, 30, 299, 300]),
        ("EXP-07", A_DAY_SECONDS, [29, 30, 299, 300]),
    ],
)
def test_only_what_is_new_may_take_its_time(
    issuer: RemoteIssuer, requirement: str, patience: int, seconds: list[int]
) -> None:
    assert given(issuer, requirement, patience) == seconds


def test_a_token_that_was_held_before_is_as_young_after_a_day_as_the_scenario_has_it(issuer: RemoteIssuer) -> None:
    mint = issuer.mint
    token = mint.mint("account-ada", now=1000)
    later = Draft(mint.reissued(token, later_seconds=86_100, before=2000), lambda key_id: mint.signer(key_id, now=1000))
    assert (later.value_of("iat"), later.value_of("exp")) == (87_100, 87_400)


def test_a_token_that_was_made_since_is_left_as_it_is(issuer: RemoteIssuer) -> None:
    token = issuer.mint.mint("account-ada", now=2000)
    assert issuer.mint.reissued(token, later_seconds=86_100, before=2000) == token
    assert issuer.mint.reissued("another.one.altogether", later_seconds=86_100, before=2000) == "another.one.altogether"
