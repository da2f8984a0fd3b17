"""The cache of the issuer's keys: fresh, rotated, withdrawn, unreachable, hostile."""

import asyncio
import logging
import tracemalloc
from contextlib import suppress
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.api import Policy
from reference_impl.api.keys import Keys
from reference_impl.api.refusals import Refusal
from reference_impl.api.verification import Verifier
from tests.api.world import AUDIENCE, ISSUER, Line, World, public_jwk

UNKNOWN = "token_invalid: key_unknown"
UNAVAILABLE = "keys_unavailable: keys_unreachable"


def flood(world: World, tokens: list[str]) -> list[int]:
    async def present_all() -> list[httpx.Response]:
        requests = [world.ask_async(headers={"Authorization": f"Bearer {token}"}) for token in tokens]
        return await asyncio.gather(*requests)

    return [answer.status_code for answer in world.runner.run(present_all())]


def test_a_warm_set_is_not_fetched_again_within_its_lifetime(world: World) -> None:
    assert world.verdict(world.token()) == "granted"
    world.now += 299
    assert world.verdict(world.token()) == "granted"
    assert world.issuer.fetches == 1
    world.now += 1
    assert world.verdict(world.token()) == "granted"
    assert world.issuer.fetches == 2


def test_parallel_first_requests_share_one_fetch(world: World) -> None:
    assert flood(world, [world.token(jti=f"jti-{number}") for number in range(50)]) == [200] * 50
    assert world.issuer.fetches == 1


def test_a_new_key_is_found_without_a_restart(world: World, other_key: Ed25519PrivateKey) -> None:
    world.verdict(world.token())
    world.issuer.keys.append(public_jwk(other_key, "key-2"))
    world.now += 30
    tokens = [world.token({"kid": "key-2"}, other_key, jti=f"jti-{number}") for number in range(20)]
    assert flood(world, tokens) == [200] * 20
    assert world.issuer.fetches == 2


@pytest.mark.parametrize(("seconds", "fetches"), [(29, 1), (30, 2)])
def test_an_unknown_key_id_causes_at_most_one_fetch_per_cooldown(world: World, seconds: int, fetches: int) -> None:
    world.verdict(world.token())
    world.now += seconds
    for number in range(100):
        assert world.verdict(world.token({"kid": f"unknown-{number}"})) == UNKNOWN
    assert world.verdict(world.token()) == "granted"
    assert world.issuer.fetches == fetches


def test_a_flood_of_unknown_key_ids_is_reported_as_an_attack(world: World) -> None:
    world.verdict(world.token())
    world.verdict(world.token({"kid": "unknown"}))
    assert [record.__dict__["reason"] for record in world.records("attack_suspected")] == ["key_unknown"]


def test_a_withdrawn_key_dies_within_one_cache_lifetime(world: World, other_key: Ed25519PrivateKey) -> None:
    world.verdict(world.token())
    world.issuer.keys = [public_jwk(other_key, "key-2")]
    world.now += 299
    assert world.verdict(world.token()) == "granted"
    world.now += 1
    assert world.verdict(world.token()) == UNKNOWN


def test_new_material_under_an_old_key_id_replaces_it(world: World, other_key: Ed25519PrivateKey) -> None:
    world.verdict(world.token())
    world.issuer.keys = [public_jwk(other_key, "key-1")]
    world.now += 300
    assert world.verdict(world.token()) == "token_invalid: signature_wrong"
    assert world.verdict(world.token(key=other_key)) == "granted"


def test_known_keys_outlive_the_issuer_for_a_day(world: World) -> None:
    world.verdict(world.token())
    world.issuer.is_cut = True
    world.now += 86_399
    assert world.verdict(world.token()) == "granted"
    world.now += 1
    assert world.verdict(world.token()) == UNAVAILABLE


def test_without_any_key_nobody_is_granted_and_a_time_to_retry_is_named(world: World) -> None:
    world.issuer.is_cut = True
    answer = world.present(world.token())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "WWW-Authenticate" not in answer.headers
    world.issuer.is_cut = False
    world.now += 4
    assert world.verdict(world.token()) == UNAVAILABLE
    world.now += 1
    assert world.verdict(world.token()) == "granted"


def test_an_outage_is_tried_once_per_cooldown(world: World) -> None:
    world.verdict(world.token())
    world.issuer.is_cut = True
    world.now += 300
    for _ in range(10):
        assert world.verdict(world.token()) == "granted"
    world.now += 30
    world.verdict(world.token())
    assert world.issuer.fetches == 3


def test_a_slow_issuer_holds_up_one_request_only(world: World) -> None:
    world.policy["fetch_timeout_seconds"] = 0.2
    world.verdict(world.token())
    world.issuer.delay_seconds = 5
    world.now += 300
    world.verdict(world.token())
    world.now += 30

    async def overtake() -> bool:
        headers = {"Authorization": f"Bearer {world.token()}"}
        first = asyncio.create_task(world.ask_async(headers=headers))
        await asyncio.sleep(0.02)
        second = await world.ask_async(headers=headers)
        return not first.done() and second.status_code == (await first).status_code == httpx.codes.OK

    assert world.runner.run(overtake())


def test_a_caller_who_leaves_does_not_end_the_fetch_of_the_others(world: World) -> None:
    world.issuer.delay_seconds = 0.05

    async def leave() -> int:
        headers = {"Authorization": f"Bearer {world.token()}"}
        leaver, stayer = (asyncio.create_task(world.ask_async(headers=headers)) for _ in range(2))
        await asyncio.sleep(0.01)
        leaver.cancel()
        return (await stayer).status_code

    assert world.runner.run(leave()) == httpx.codes.OK
    assert world.issuer.fetches == 1


BAD_ANSWERS: dict[str, dict[str, Any]] = {
    "an error": {"status": 500},
    "a redirect": {"status": 302, "headers": {"Location": "https://evil.example/jwks"}},
    "no content": {"status": 204, "body": b""},
    "HTML": {"body": b"<html>"},
    "no object": {"body": b"[]"},
    "no list": {"body": b'{"keys":{}}'},
    "an empty set": {"body": b'{"keys":[]}'},
    "a repeated name": {"body": b'{"keys":[],"keys":[]}'},
    "too much": {"body": b'{"keys":[' + b" " * 65_536 + b"]}"},
    "compressed": {"headers": {"Content-Encoding": "gzip"}, "body": b"\x1f\x8b"},
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_a_bad_answer_leaves_the_last_good_set(world: World, name: str) -> None:
    world.verdict(world.token())
    for attribute, value in BAD_ANSWERS[name].items():
        setattr(world.issuer, attribute, value)
    world.now += 300
    assert world.verdict(world.token()) == "granted"
    assert len(world.records("keys_refresh_failed")) == 1


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_a_bad_first_answer_grants_nobody(world: World, name: str) -> None:
    for attribute, value in BAD_ANSWERS[name].items():
        setattr(world.issuer, attribute, value)
    assert world.verdict(world.token()) == UNAVAILABLE


CAUSES = {
    b"[]": "not strict JSON: not an object",
    b'{"keys":[],"keys":[]}': "not strict JSON: a name is repeated",
    b'{"keys":NaN}': "not strict JSON: NaN is not JSON",
    b'{"keys":1e400}': "not strict JSON: a number is too large",
    b'{"keys":100000000000000000}': "not strict JSON: an integer is too large",
    b'{"keys":' + b"[" * 16 + b"]" * 16 + b"}": "not strict JSON: nested too deep",
    b'{"keys":{}}': "no list of keys",
    b'{"keys":[]}': "no usable key",
}


@pytest.mark.parametrize("body", CAUSES)
def test_the_log_says_what_is_wrong_with_a_key_set(world: World, body: bytes) -> None:
    world.issuer.body = body
    assert world.verdict(world.token()) == UNAVAILABLE
    assert [record.__dict__["cause"] for record in world.records("keys_refresh_failed")] == [
        f"KeySetMalformed {CAUSES[body]}"
    ]


def test_a_denied_key_is_refused_at_once(world: World, other_key: Ed25519PrivateKey) -> None:
    world.policy["denied_key_ids"] = frozenset({"key-1"})
    world.issuer.keys.append(public_jwk(other_key, "key-2"))
    assert world.verdict(world.token()) == "token_invalid: key_denied"
    assert world.verdict(world.token({"kid": "key-2"}, other_key)) == "granted"


def test_no_request_changes_how_the_next_is_verified(world: World, other_key: Ed25519PrivateKey) -> None:
    poisons: list[dict[str, object]] = [{"alg": "none"}, {"kid": "x"}, {"kid": 1}, {"alg": "HS256"}]
    for poison in poisons:
        world.verdict(world.token(poison))
        assert world.verdict(world.token(key=other_key)) == "token_invalid: signature_wrong"
        assert world.verdict(world.token()) == "granted"


def test_distinct_key_ids_and_tokens_leave_nothing_behind(world: World) -> None:
    world.log.set_level(logging.CRITICAL, "reference_impl.api")
    policy = Policy(issuer=ISSUER, audience=AUDIENCE)
    verifier = Verifier(policy, Keys(policy, transport=Line(world.issuer)))

    async def verify(numbers: range) -> None:
        for number in numbers:
            await verifier.verify(world.token(jti=f"jti-{number}"), now=world.now)
            with suppress(Refusal):
                await verifier.verify(world.token({"kid": f"kid-{number}"}), now=world.now)

    world.runner.run(verify(range(50)))
    tracemalloc.start()
    world.runner.run(verify(range(50, 550)))
    held_bytes = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held_bytes < 50_000
