"""Signing keys: published before use, kept after, withdrawn at once."""

import asyncio
from collections.abc import Callable

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.issuer import Operator
from tests.issuer.browser import ADA, ISSUER, Browser, MovableClock, verdict
from tests.issuer.conftest import Apps

CACHE, OVERLAP = 300, 300 + 300 + 30


def kid_in_use(browser: Browser) -> str:
    return str(jwt.get_unverified_header(browser.renew().json()["access_token"])["kid"])


def published(browser: Browser) -> list[dict[str, str]]:
    keys: list[dict[str, str]] = browser.send("GET", "/jwks").json()["keys"]
    return keys


@pytest.mark.parametrize(
    ("algorithm", "members"),
    [("EdDSA", {"kty", "crv", "x", "kid", "alg", "use"}), ("ES256", {"kty", "crv", "x", "y", "kid", "alg", "use"})],
)
def test_a_token_verifies_under_the_published_key_and_says_what_the_contract_lists(
    apps: Apps, runner: asyncio.Runner, clock: MovableClock, algorithm: str, members: set[str]
) -> None:
    ada = Browser(apps(algorithm=algorithm), runner)
    account = ada.sign_up().json()["user"]["id"]
    token = ada.renew().json()["access_token"]
    (key,) = published(ada)
    assert set(key) == members
    options: jwt.types.Options = {"verify_exp": False, "verify_iat": False}
    decoded = jwt.decode_complete(
        token, jwt.PyJWK(key), algorithms=[algorithm], audience="https://api.example", issuer=ISSUER, options=options
    )
    assert decoded["header"] == {"typ": "at+jwt", "alg": algorithm, "kid": key["kid"]}
    claims = decoded["payload"]
    assert set(claims) == {"iss", "sub", "aud", "client_id", "iat", "exp", "jti", "sid"}
    assert (claims["sub"], claims["iat"], claims["exp"]) == (account, clock.now, clock.now + 300)
    assert len(token) <= 512


def test_the_key_set_may_be_kept_for_one_cache_lifetime(ada: Browser) -> None:
    response = ada.send("GET", "/jwks")
    assert response.headers["content-type"] == "application/jwk-set+json"
    assert response.headers["cache-control"] == "public, max-age=300"


def test_token_ids_are_unique_within_one_second(ada: Browser) -> None:
    tokens = [ada.renew().json()["access_token"] for _ in range(20)]
    assert len({jwt.decode(token, options={"verify_signature": False})["jti"] for token in tokens}) == 20


def test_a_new_key_signs_one_cache_lifetime_after_it_was_published(
    ada: Browser, operator: Operator, clock: MovableClock
) -> None:
    old = kid_in_use(ada)
    new = operator.rotate_signing_key()
    assert [key["kid"] for key in published(ada)] == [old, new]
    clock.now += CACHE - 1
    assert kid_in_use(ada) == old
    clock.now += 1
    assert kid_in_use(ada) == new


def test_an_old_key_stays_published_until_its_last_token_is_dead_everywhere(
    ada: Browser, operator: Operator, clock: MovableClock
) -> None:
    old = kid_in_use(ada)
    new = operator.rotate_signing_key()
    clock.now += CACHE + OVERLAP - 1
    assert operator.signing_key_ids() == [old, new]
    clock.now += 1
    assert operator.signing_key_ids() == [new]


def test_a_withdrawn_key_is_replaced_at_once(ada: Browser, operator: Operator) -> None:
    old = kid_in_use(ada)
    operator.withdraw_signing_key(old)
    assert operator.signing_key_ids() == [kid_in_use(ada)] != [old]


def test_an_announced_key_takes_over_from_a_withdrawn_one(ada: Browser, operator: Operator) -> None:
    old, announced = kid_in_use(ada), operator.rotate_signing_key()
    operator.withdraw_signing_key(old)
    assert kid_in_use(ada) == announced


def test_withdrawing_an_announced_key_leaves_the_one_in_use(
    ada: Browser, operator: Operator, clock: MovableClock
) -> None:
    old, announced = kid_in_use(ada), operator.rotate_signing_key()
    operator.withdraw_signing_key(announced)
    clock.now += CACHE
    assert kid_in_use(ada) == old


def test_a_retired_key_never_comes_back(ada: Browser, operator: Operator, clock: MovableClock) -> None:
    old, new = kid_in_use(ada), operator.rotate_signing_key()
    clock.now += CACHE + OVERLAP
    operator.withdraw_signing_key(new)
    assert old not in operator.signing_key_ids()


def test_a_restart_keeps_keys_and_sessions(apps: Apps, runner: asyncio.Runner) -> None:
    ada = Browser(apps(), runner)
    ada.sign_up()
    restarted = Browser(apps(), runner)
    restarted.cookie = str(ada.cookie)
    assert published(restarted) == published(ada)
    assert verdict(restarted.renew()) == "granted"


def test_another_algorithm_is_announced_before_it_signs(
    apps: Apps, runner: asyncio.Runner, clock: MovableClock
) -> None:
    ada = Browser(apps(), runner)
    ada.sign_up()
    restarted = Browser(apps(algorithm="ES256"), runner)
    restarted.cookie = str(ada.cookie)
    eddsa, es256 = published(restarted)
    assert (eddsa["alg"], es256["alg"], kid_in_use(restarted)) == ("EdDSA", "ES256", eddsa["kid"])
    clock.now += CACHE
    assert kid_in_use(restarted) == es256["kid"]


def test_the_session_key_is_no_published_key(ada: Browser, operator: Operator) -> None:
    kid = jwt.get_unverified_header(str(ada.cookie))["kid"]
    assert kid not in {key["kid"] for key in published(ada)}
    assert isinstance(operator.session_key(), Ed25519PrivateKey)


def test_nothing_a_person_can_edit_reaches_a_token(ada: Browser, browsers: Callable[[], Browser]) -> None:
    edited = {**ADA, "email": "eve@example.test", "name": "e" * 255, "sub": "ada", "role": "admin", "aud": "any"}
    eve = browsers()
    eve.post("/sign-up/email", edited)
    tokens = [browser.renew().json()["access_token"] for browser in (ada, eve)]
    assert len(tokens[0]) == len(tokens[1])
    assert not {"role", "name", "email"} & set(jwt.decode(tokens[1], options={"verify_signature": False}))
