"""Signing in and up: what is told, how often, and what is never written down."""

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

import jwt
import pytest

from reference_impl.issuer import Operator
from tests.issuer.browser import ADA, Browser, MovableClock, verdict
from tests.issuer.conftest import Apps

UNKNOWN = "nobody@example.test"


def answer(browser: Browser, email: str, password: str) -> tuple[int, dict[str, object], set[str]]:
    response = browser.sign_in(password, email)
    body = response.json()
    body.pop("trace_id", None)
    return response.status_code, body, set(response.headers)


def test_an_unknown_a_disabled_and_a_known_account_are_refused_alike(ada: Browser, operator: Operator) -> None:
    known, unknown = answer(ada, ADA["email"], "wrong"), answer(ada, UNKNOWN, "wrong")
    operator.disable_account(ADA["email"])
    disabled = answer(ada, ADA["email"], ADA["password"])
    assert known == unknown == disabled
    assert known[0] == 401


def test_an_unknown_account_costs_as_many_hashes_as_a_known_one(apps: Apps, runner: asyncio.Runner) -> None:
    """Measured in processor time, with an Argon2 slow enough to be seen: 60 ms here, where all else takes 5."""
    ada = Browser(apps(argon2_time_cost=6, argon2_memory_kibibytes=16 * 1024, failed_sign_ins_allowed=99), runner)
    ada.sign_up()

    def seconds(email: str) -> float:
        begun = time.process_time()
        ada.sign_in("wrong", email)
        return time.process_time() - begun

    known, unknown = (min(seconds(email) for _ in range(5)) for email in (ADA["email"], UNKNOWN))
    assert 0.5 < unknown / known < 2


@pytest.mark.parametrize("email", [ADA["email"], UNKNOWN])
def test_the_sixth_attempt_within_the_window_is_not_looked_at(ada: Browser, clock: MovableClock, email: str) -> None:
    for _ in range(5):
        assert verdict(ada.sign_in("wrong", email)) == "credentials_invalid"
        clock.now += 60
    refused = ada.sign_in(ADA["password"], email)
    assert (refused.status_code, verdict(refused)) == (429, "too_many_attempts")
    assert refused.headers["retry-after"] == str(15 * 60 - 5 * 60)


def test_the_instant_retry_after_names_is_soon_enough(ada: Browser, clock: MovableClock) -> None:
    for _ in range(5):
        ada.sign_in("wrong")
    clock.now += 15 * 60 - 1
    assert verdict(ada.sign_in()) == "too_many_attempts"
    clock.now += 1
    assert verdict(ada.sign_in()) == "granted"


def test_an_address_counts_as_one_account_however_it_is_spelled(ada: Browser) -> None:
    for email in ("ada@example.test", "ADA@example.test", "Ada@Example.Test", "ada@EXAMPLE.test", "aDa@example.test"):
        ada.sign_in("wrong", email)
    assert verdict(ada.sign_in()) == "too_many_attempts"


def test_attempts_for_one_account_do_not_hinder_another(ada: Browser) -> None:
    for _ in range(6):
        ada.sign_in("wrong", UNKNOWN)
    assert verdict(ada.sign_in()) == "granted"


def test_successes_are_not_counted(ada: Browser) -> None:
    assert {verdict(ada.sign_in()) for _ in range(8)} == {"granted"}


def test_the_current_password_cannot_be_guessed_from_a_stolen_session(ada: Browser) -> None:
    guess = {"currentPassword": "guess", "newPassword": "staple battery"}
    verdicts = [verdict(ada.post("/change-password", guess)) for _ in range(6)]
    assert verdicts == ["credentials_invalid"] * 5 + ["too_many_attempts"]


def test_signing_up_again_is_signing_in(ada: Browser) -> None:
    first = ada.sign_in().json()["user"]["id"]
    assert ada.sign_up().json()["user"]["id"] == first


@pytest.mark.usefixtures("ada")
def test_signing_up_with_a_taken_address_is_a_failed_sign_in(browsers: Callable[[], Browser]) -> None:
    eve = browsers()
    refused = eve.post("/sign-up/email", {**ADA, "password": "eve's password"})
    assert verdict(refused) == "credentials_invalid"
    assert eve.cookie is None


@pytest.mark.parametrize(("length", "expected"), [(7, "request_invalid"), (8, "granted"), (128, "granted")])
def test_a_chosen_password_has_8_to_128_characters(browsers: Callable[[], Browser], length: int, expected: str) -> None:
    assert verdict(browsers().post("/sign-up/email", {**ADA, "password": "x" * length})) == expected


def test_an_access_token_is_no_session_credential(ada: Browser) -> None:
    ada.cookie = ada.renew().json()["access_token"]
    assert verdict(ada.renew()) == "session_missing"


@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({"aud": "https://api.example"}, {}),
        ({"iss": "https://evil.example"}, {}),
        ({"epoch": "0"}, {}),
        ({"epoch": True}, {}),
        ({"extra": 1}, {}),
        ({"jti": None}, {}),
        ({}, {"typ": "at+jwt"}),
        ({}, {"typ": "JWT"}),
    ],
)
def test_a_credential_of_another_shape_is_none(
    ada: Browser, operator: Operator, changes: dict[str, object], headers: dict[str, str]
) -> None:
    claims = jwt.decode(str(ada.cookie), options={"verify_signature": False})
    own = {**jwt.get_unverified_header(str(ada.cookie)), **headers}
    ada.cookie = jwt.encode({**claims, **changes}, operator.session_key(), algorithm="EdDSA", headers=own)
    assert verdict(ada.renew()) == "session_missing"


def test_a_credential_signed_by_an_access_token_key_is_none(ada: Browser, operator: Operator) -> None:
    claims = jwt.decode(str(ada.cookie), options={"verify_signature": False})
    key = operator.signing_key(operator.signing_key_ids()[0])
    ada.cookie = jwt.encode(claims, key, algorithm="EdDSA", headers=jwt.get_unverified_header(str(ada.cookie)))
    assert verdict(ada.renew()) == "session_missing"


def test_the_log_names_reasons_and_keeps_no_secret(
    ada: Browser, browsers: Callable[[], Browser], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = ada.renew().json()["access_token"]
    secrets = [str(ada.cookie), token, ADA["password"], "a wrong guess", ADA["email"]]
    ada.sign_in("a wrong guess")
    browsers().renew()
    ada.send("GET", f"/unknown%0d%0aforged?token={token}")
    ada.post("/sign-out")
    reasons = [record.__dict__.get("reason") for record in caplog.records if record.name == "reference_impl.issuer"]
    assert [reason for reason in reasons if reason] == ["password_wrong", "cookie_missing", "route_unknown"]
    text = "\n".join(str(vars(record)) for record in caplog.records if record.name == "reference_impl.issuer")
    assert not [secret for secret in secrets if secret in text]
    assert "\r" not in caplog.text


def test_an_unreachable_database_refuses_instead_of_guessing(
    ada: Browser, operator: Operator, database_url: str
) -> None:
    operator.close()
    Path(database_url.removeprefix("sqlite:///")).write_bytes(b"no database")
    refused = ada.renew()
    assert (refused.status_code, verdict(refused)) == (503, "issuer_unavailable")
    assert refused.headers["retry-after"] == "5"
    assert "database" not in refused.text
