"""The suite as an issuer announces, uses, keeps and withdraws its keys as the contract has it."""

from __future__ import annotations

import pytest

from steps.keys import ed25519_key
from steps.targets.remote_keys import KeyRing


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing(ed25519_key)


@pytest.mark.parametrize(("age", "place"), [(0, 0), (299, 0), (300, 1)])
def test_a_new_key_signs_once_it_was_published_for_a_cache_lifetime(ring: KeyRing, age: int, place: int) -> None:
    ring.rotate(1000)
    assert ring.signing(1000 + age) is ring.published(1000)[place]


@pytest.mark.parametrize(("age", "count"), [(0, 2), (929, 2), (930, 1)])
def test_a_replaced_key_stays_published_until_its_last_token_has_ended(ring: KeyRing, age: int, count: int) -> None:
    ring.rotate(1000)
    assert len(ring.published(1000 + age)) == count


def test_an_announced_key_takes_over_at_once_from_one_that_is_withdrawn(ring: KeyRing) -> None:
    ring.rotate(1000)
    announced = ring.published(1000)[1]
    ring.withdraw(1000)
    assert (ring.signing(1000), list(ring.published(1000))) == (announced, [announced])


def test_a_new_key_takes_the_place_of_the_only_one_until_all_is_as_before(ring: KeyRing) -> None:
    ring.withdraw(1000, ring.first.jwk["kid"])
    assert ring.signing(1000) is not ring.first
    assert ring.named(ring.first.jwk["kid"]) is None
    ring.reset()
    assert ring.signing(1000) is ring.first
