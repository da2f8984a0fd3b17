"""What tells the two profiles apart: a replaced credential."""

import asyncio
from collections.abc import Callable

import pytest

from tests.issuer.browser import ADA, Browser, MovableClock, verdict
from tests.issuer.conftest import Apps


@pytest.fixture
def strict(apps: Apps, runner: asyncio.Runner) -> Callable[[], Browser]:
    app = apps(profile="strict")
    return lambda: Browser(app, runner)


@pytest.fixture
def ada(strict: Callable[[], Browser]) -> Browser:
    browser = strict()
    browser.sign_up().raise_for_status()
    return browser


def with_cookie(browser: Browser, cookie: str | None) -> Browser:
    browser.cookie = str(cookie)
    return browser


def test_stateless_does_not_tell_a_replaced_credential_from_its_successor(apps: Apps, runner: asyncio.Runner) -> None:
    ada = Browser(apps(profile="stateless"), runner)
    ada.sign_up()
    replaced = ada.cookie
    ada.renew()
    assert verdict(with_cookie(ada, replaced).renew()) == "granted"


@pytest.mark.parametrize(("waited", "expected"), [(9, "granted"), (10, "session_revoked")])
def test_strict_refuses_a_replaced_credential_after_the_grace(
    ada: Browser, clock: MovableClock, waited: int, expected: str
) -> None:
    replaced = ada.cookie
    ada.renew()
    clock.now += waited
    assert verdict(with_cookie(ada, replaced).renew()) == expected


def test_strict_ends_the_whole_session_when_a_replaced_credential_is_used(
    ada: Browser, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    replaced = ada.cookie
    ada.renew()
    newest = ada.cookie
    clock.now += 10
    with_cookie(ada, replaced).renew()
    assert caplog.records[-1].__dict__["event"] == "reuse_detected"
    assert verdict(with_cookie(ada, newest).renew()) == "session_revoked"


@pytest.mark.parametrize("path", ["/revoke-sessions", "/change-password", "/delete-user"])
def test_strict_detects_reuse_wherever_the_credential_is_shown(ada: Browser, clock: MovableClock, path: str) -> None:
    replaced = ada.cookie
    ada.renew()
    newest = ada.cookie
    clock.now += 10
    passwords = {"password": ADA["password"], "currentPassword": ADA["password"], "newPassword": "staple battery"}
    assert verdict(with_cookie(ada, replaced).post(path, passwords)) == "session_revoked"
    assert verdict(with_cookie(ada, newest).renew()) == "session_revoked"


def test_strict_gives_two_tabs_the_same_successor(ada: Browser, clock: MovableClock) -> None:
    replaced = ada.cookie
    ada.renew()
    first = ada.cookie
    clock.now += 3
    with_cookie(ada, replaced).renew()
    assert ada.cookie == first
    clock.now += 300
    assert verdict(ada.renew()) == "granted"


def test_strict_keeps_one_credential_through_the_grace_however_often_it_is_renewed(
    ada: Browser, clock: MovableClock
) -> None:
    opened = ada.cookie
    ada.renew()
    newest = ada.cookie
    for presented in (newest, opened, newest):
        clock.now += 3
        with_cookie(ada, presented).renew()
        assert ada.cookie == newest
    clock.now += 1
    ada.renew()
    assert ada.cookie != newest


def test_strict_keeps_other_sessions_of_the_account(
    ada: Browser, strict: Callable[[], Browser], clock: MovableClock
) -> None:
    phone = strict()
    phone.sign_in()
    replaced = ada.cookie
    ada.renew()
    clock.now += 10
    with_cookie(ada, replaced).renew()
    assert verdict(phone.renew()) == "granted"


def test_a_session_signed_out_under_strict_stays_ended_under_stateless(
    ada: Browser, apps: Apps, runner: asyncio.Runner
) -> None:
    copy = ada.cookie
    ada.post("/sign-out")
    stateless = Browser(apps(profile="stateless"), runner)
    assert verdict(with_cookie(stateless, copy).renew()) == "session_revoked"


def test_a_session_opened_under_stateless_is_refused_under_strict(apps: Apps, runner: asyncio.Runner) -> None:
    ada = Browser(apps(profile="stateless"), runner)
    ada.sign_up()
    strict = Browser(apps(profile="strict"), runner)
    assert verdict(with_cookie(strict, ada.cookie).renew()) == "session_revoked"
