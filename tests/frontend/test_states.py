"""A session's states, walked by a person in a browser."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.frontend.person import CALL, MINT, PASSWORD, Person, Wire

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from tests.frontend.parties import Parties

NEW_PASSWORD = "another horse battery"


@pytest.fixture
def wire(context: BrowserContext) -> Wire:
    """What the browser sends."""
    found = Wire()
    context.on("request", found.listen)
    return found


@pytest.fixture
def ada(context: BrowserContext) -> Person:
    """Ada, who has just signed up."""
    return Person(context.new_page()).sign_up()


def test_an_account_is_known_to_the_api_at_once(ada: Person, wire: Wire) -> None:
    ada.call()
    ada.expect_granted()
    assert wire.since() == [MINT, CALL]


def test_the_same_session_is_known_both_ways(ada: Person, wire: Wire) -> None:
    ada.call()
    ada.expect_granted()
    direct = ada.session()
    wire.since()
    ada.call("Through this server")
    ada.expect_granted()
    assert ada.session() == direct
    assert wire.since() == [("GET", "/bff/me")]


def test_a_token_in_memory_serves_until_its_end(ada: Person, wire: Wire) -> None:
    ada.call()
    ada.call()
    assert wire.since() == [MINT, CALL, CALL]


def test_renewal_adds_one_round_trip(ada: Person, wire: Wire) -> None:
    ada.call()
    wire.since()
    ada.let_token_expire()
    ada.call()
    ada.expect_granted()
    assert wire.since() == [MINT, CALL]


def test_a_tab_whose_clock_stood_still_renews_once_and_retries_once(ada: Person, wire: Wire) -> None:
    ada.call()
    ada.expect_granted()
    wire.since()
    # As after a sleep: some systems stop the clock that a tab counts by.
    ada.page.evaluate("(now => { performance.now = () => now })(performance.now())")
    ada.let_token_expire()
    ada.call()
    expect(ada.page.get_by_role("listitem")).to_have_text(
        ["APItoken_expired401", "Issueranswered200", "APIanswered200"]
    )
    assert wire.since() == [CALL, MINT, CALL]


def test_two_tabs_renewing_at_once_ask_once(ada: Person, context: BrowserContext, wire: Wire) -> None:
    other = Person(context.new_page(), ada.email)
    other.page.goto("/account")
    ada.call()
    other.call()
    other.let_token_expire()
    wire.since()
    for tab in (ada, other):
        tab.page.evaluate(
            """() => {
                const button = [...document.querySelectorAll("button")].find((b) => b.textContent === "Call the API");
                setTimeout(() => button.click(), 600 - (Date.now() % 500));
            }"""
        )
    deadline = time.monotonic() + 20
    while wire.requests.count(CALL) < 2 and time.monotonic() < deadline:
        ada.page.wait_for_timeout(100)
    sent = wire.since()
    assert (sent.count(MINT), sent.count(CALL)) == (1, 2)


def test_signing_out_in_one_tab_ends_the_other(ada: Person, context: BrowserContext) -> None:
    other = Person(context.new_page(), ada.email)
    other.page.goto("/account")
    other.call()
    ada.press("Sign out")
    ada.expect_signed_out()
    other.expect_signed_out()


def test_signing_out_everywhere_ends_the_other_device(ada: Person, chrome: Browser, parties: Parties) -> None:
    elsewhere = chrome.new_context(base_url=parties.url)
    phone = Person(elsewhere.new_page(), ada.email).sign_in()
    phone.expect_signed_in()
    ada.press("Sign out everywhere")
    ada.expect_signed_out()
    phone.call_to_no_avail()
    elsewhere.close()


def test_a_new_password_ends_the_other_device_and_keeps_this_one(
    ada: Person, chrome: Browser, parties: Parties
) -> None:
    elsewhere = chrome.new_context(base_url=parties.url)
    phone = Person(elsewhere.new_page(), ada.email).sign_in()
    phone.expect_signed_in()
    ada.change_password(PASSWORD, NEW_PASSWORD)
    expect(ada.page.get_by_text("The password is changed.")).to_be_visible()
    ada.page.get_by_role("link", name="Back to the account").click()
    ada.expect_signed_in()
    ada.call()
    ada.expect_granted()
    phone.call_to_no_avail()
    phone.sign_in(PASSWORD)
    expect(phone.page.get_by_role("alert").filter(has_text="do not belong together")).to_be_visible()
    phone.sign_in(NEW_PASSWORD)
    phone.expect_signed_in()
    elsewhere.close()


def test_a_wrong_current_password_changes_nothing(ada: Person) -> None:
    ada.change_password("wrong horse battery", NEW_PASSWORD)
    expect(ada.page.get_by_text("That is not the current password.")).to_be_visible()
    expect(ada.page.get_by_label("New password")).to_have_value(NEW_PASSWORD)


def test_the_back_button_shows_nothing_after_sign_out(ada: Person) -> None:
    ada.page.goto("/account/password")
    ada.page.goto("/account")
    ada.press("Sign out")
    ada.expect_signed_out()
    for _ in range(2):
        ada.page.go_back()
        ada.expect_signed_out()


def test_an_account_that_was_signed_out_signs_in_again(ada: Person) -> None:
    ada.press("Sign out")
    ada.expect_signed_out()
    ada.sign_in().expect_signed_in()


def test_guesses_are_stopped_and_what_was_typed_stays(ada: Person) -> None:
    ada.press("Sign out")
    ada.expect_signed_out()
    for _ in range(5):
        ada.sign_in("wrong horse battery")
        expect(ada.page.get_by_role("alert").filter(has_text="do not belong together")).to_be_visible()
    ada.sign_in()
    expect(ada.page.get_by_text("Wait 15 minutes")).to_be_visible()
    expect(ada.page.get_by_label("E-mail address")).to_have_value(ada.email)
