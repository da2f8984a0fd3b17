"""Sessions in both profiles: opened, renewed, ended."""

from collections.abc import Callable

import jwt
import pytest

from reference_impl.issuer import Operator
from tests.issuer.browser import ADA, Browser, MovableClock, verdict

DAY = 86_400
Browsers = Callable[[], Browser]


def claims_of(token: str | None) -> dict[str, object]:
    assert token is not None
    return dict(jwt.decode(token, options={"verify_signature": False}))


def test_a_renewal_answers_an_access_token_and_replaces_the_cookie(ada: Browser) -> None:
    before = ada.cookie
    response = ada.renew()
    assert {"token_type": "Bearer", "expires_in": 300}.items() <= response.json().items()
    assert response.headers["cache-control"] == "no-store"
    assert ada.cookie != before


@pytest.mark.parametrize(("waited", "expected"), [(7 * DAY - 1, "granted"), (7 * DAY, "session_expired")])
def test_the_idle_limit_ends_a_session_at_its_instant(
    ada: Browser, clock: MovableClock, waited: int, expected: str
) -> None:
    clock.now += waited
    assert verdict(ada.renew()) == expected


@pytest.mark.parametrize(("last_wait", "expected"), [(2 * DAY - 1, "granted"), (2 * DAY, "session_expired")])
def test_the_absolute_limit_is_not_moved_by_renewals(
    ada: Browser, clock: MovableClock, last_wait: int, expected: str
) -> None:
    for _ in range(7):
        clock.now += 4 * DAY
        assert verdict(ada.renew()) == "granted"
    clock.now += last_wait
    assert verdict(ada.renew()) == expected


def test_a_renewal_moves_neither_the_session_nor_its_beginning(ada: Browser, clock: MovableClock) -> None:
    before = claims_of(ada.cookie)
    clock.now += DAY
    ada.renew()
    after = claims_of(ada.cookie)
    assert {name for name in after if after[name] != before[name]} == {"iat", "exp", "jti"}


def test_a_refused_session_takes_the_cookie_back(ada: Browser, operator: Operator) -> None:
    operator.disable_account(ADA["email"])
    response = ada.renew()
    assert verdict(response) == "session_revoked"
    cleared = "__Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"
    assert response.headers["set-cookie"] == cleared


def test_sign_out_ends_the_session_on_every_copy(ada: Browser) -> None:
    copy = ada.cookie
    assert verdict(ada.post("/sign-out")) == "granted"
    assert ada.cookie is None
    ada.cookie = str(copy)
    assert verdict(ada.renew()) == "session_revoked"


def test_sign_out_of_a_lapsed_copy_ends_the_session_that_was_renewed_since(ada: Browser, clock: MovableClock) -> None:
    lapsed = ada.cookie
    clock.now += 6 * DAY
    ada.renew()
    newest = ada.cookie
    clock.now += DAY
    ada.cookie = str(lapsed)
    assert verdict(ada.post("/sign-out")) == "granted"
    clock.now += 4 * DAY
    ada.cookie = str(newest)
    assert verdict(ada.renew()) == "session_revoked"


@pytest.mark.parametrize("cookie", ["", "nonsense", "a.b.c"])
def test_sign_out_is_idempotent_and_asks_for_no_session(ada: Browser, cookie: str) -> None:
    ada.cookie = cookie
    assert [verdict(ada.post("/sign-out")) for _ in range(2)] == ["granted", "granted"]


def test_sign_out_ends_no_other_session_of_the_account(ada: Browser, browsers: Browsers) -> None:
    other = browsers()
    other.sign_in()
    ada.post("/sign-out")
    assert verdict(other.renew()) == "granted"


def test_the_33rd_remembered_end_raises_the_epoch_instead(ada: Browser, browsers: Browsers) -> None:
    phone = browsers()
    for _ in range(32):
        phone.sign_in()
        phone.post("/sign-out")
    assert verdict(ada.renew()) == "granted"
    phone.sign_in()
    phone.post("/sign-out")
    assert verdict(ada.renew()) == "session_revoked"
    assert verdict(ada.sign_in()) == "granted"


def test_ends_are_forgotten_once_their_sessions_would_have_lapsed(
    ada: Browser, browsers: Browsers, clock: MovableClock
) -> None:
    phone = browsers()
    for _ in range(3):
        for _ in range(30):
            phone.sign_in()
            phone.post("/sign-out")
        for _ in range(2):
            clock.now += 4 * DAY
            assert verdict(ada.renew()) == "granted"


def test_sign_out_everywhere_ends_every_session_of_this_account_alone(ada: Browser, browsers: Browsers) -> None:
    phone, bob = browsers(), browsers()
    phone.sign_in()
    bob.post("/sign-up/email", {**ADA, "email": "bob@example.test"})
    assert verdict(ada.post("/revoke-sessions")) == "granted"
    assert [verdict(browser.renew()) for browser in (ada, phone, bob)] == [
        "session_missing",
        "session_revoked",
        "granted",
    ]


def test_signing_in_again_ends_the_session_the_browser_brought(ada: Browser) -> None:
    before = ada.cookie
    ada.sign_in()
    assert claims_of(ada.cookie)["sid"] != claims_of(before)["sid"]
    ada.cookie = str(before)
    assert verdict(ada.renew()) == "session_revoked"


def test_a_failed_sign_in_changes_nothing(ada: Browser) -> None:
    before = ada.cookie
    assert verdict(ada.sign_in("wrong")) == "credentials_invalid"
    assert ada.cookie == before
    assert verdict(ada.renew()) == "granted"


def test_a_changed_password_ends_the_other_sessions_and_gives_a_fresh_one(ada: Browser, browsers: Browsers) -> None:
    phone = browsers()
    phone.sign_in()
    before = claims_of(ada.cookie)
    changed = ada.post("/change-password", {"currentPassword": ADA["password"], "newPassword": "staple battery"})
    assert verdict(changed) == "granted"
    assert claims_of(ada.cookie)["sid"] != before["sid"]
    assert [verdict(ada.renew()), verdict(phone.renew())] == ["granted", "session_revoked"]
    assert [verdict(phone.sign_in()), verdict(phone.sign_in("staple battery"))] == ["credentials_invalid", "granted"]


def test_a_password_is_not_changed_without_the_current_one(ada: Browser) -> None:
    refused = ada.post("/change-password", {"currentPassword": "wrong", "newPassword": "staple battery"})
    assert verdict(refused) == "credentials_invalid"
    assert [verdict(ada.renew()), verdict(ada.sign_in())] == ["granted", "granted"]


def test_a_deleted_account_is_gone_and_its_address_starts_anew(ada: Browser, browsers: Browsers) -> None:
    phone = browsers()
    first = phone.sign_in().json()["user"]["id"]
    assert verdict(ada.post("/delete-user", {"password": ADA["password"]})) == "granted"
    assert [verdict(phone.renew()), verdict(phone.sign_in())] == ["session_revoked", "credentials_invalid"]
    assert ada.sign_up().json()["user"]["id"] != first


def test_a_disabled_account_comes_back_without_its_old_sessions(ada: Browser, operator: Operator) -> None:
    operator.disable_account(ADA["email"])
    assert verdict(ada.sign_in()) == "credentials_invalid"
    old = str(ada.cookie)
    operator.enable_account(ADA["email"])
    ada.cookie = old
    assert verdict(ada.renew()) == "session_revoked"
    assert verdict(ada.sign_in()) == "granted"
