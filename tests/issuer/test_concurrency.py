"""Several workers on one database, really at the same time, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fastapi import FastAPI

from reference_impl.issuer.refusals import CredentialsInvalid, Refusal, SessionRevoked, TooManyAttempts
from reference_impl.issuer.service import Issuer
from tests.issuer.browser import ADA, MovableClock
from tests.issuer.conftest import Apps

WORKERS = 4
ACTS = 12

Workers = Callable[[str], list[FastAPI]]


@pytest.fixture
def workers(apps: Apps, either_database_url: str) -> Workers:
    return lambda profile: [apps(profile=profile, database_url=either_database_url) for _ in range(WORKERS)]


def issuers(apps: list[FastAPI]) -> list[Issuer]:
    return [app.state.issuer for app in apps]


def at_once(act: Callable[[int], object], times: int = ACTS) -> list[object]:
    """Start every act at the same moment, and return what each came to."""
    barrier = Barrier(times)

    def run(index: int) -> object:
        barrier.wait()
        try:
            return act(index)
        except Refusal as refusal:
            return type(refusal)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def signed_up(issuer: Issuer) -> str:
    return issuer.sign_up(**ADA, cookie=None).cookie


def test_simultaneous_renewals_get_one_successor(workers: Workers) -> None:
    some = issuers(workers("strict"))
    cookie = signed_up(some[0])
    successors = at_once(lambda index: some[index % WORKERS].renew(cookie).cookie)
    assert len(set(successors)) == 1
    assert cookie not in successors


def test_simultaneous_reuse_refuses_everybody_and_leaves_no_session(workers: Workers, clock: MovableClock) -> None:
    some = issuers(workers("strict"))
    replaced = signed_up(some[0])
    newest = some[0].renew(replaced).cookie
    clock.now += 10
    outcomes = at_once(lambda index: some[index % WORKERS].renew(replaced))
    assert all(isinstance(outcome, type) and issubclass(outcome, SessionRevoked) for outcome in outcomes)
    assert at_once(lambda _: some[0].renew(newest), times=1) == [SessionRevoked]


@pytest.mark.parametrize("profile", ["stateless", "strict"])
def test_a_sign_out_amid_renewals_wins(workers: Workers, profile: str) -> None:
    some = issuers(workers(profile))
    cookie = signed_up(some[0])

    def act(index: int) -> object:
        if index > 0:
            return some[index % WORKERS].renew(cookie).cookie
        some[1].sign_out(cookie)
        return None

    renewed = [outcome for outcome in at_once(act) if isinstance(outcome, str)]
    assert set(at_once(lambda index: some[0].renew([cookie, *renewed][index]), times=1 + len(renewed))) == {
        SessionRevoked
    }


def test_simultaneous_guesses_do_not_outrun_the_limit(workers: Workers) -> None:
    some = issuers(workers("stateless"))
    signed_up(some[0])
    outcomes = at_once(
        lambda index: some[index % WORKERS].sign_in(email=ADA["email"], password=f"guess {index}", cookie=None)
    )
    assert outcomes.count(CredentialsInvalid) == 5
    assert outcomes.count(TooManyAttempts) == ACTS - 5


def test_simultaneous_sign_ups_make_one_account(workers: Workers) -> None:
    some = issuers(workers("stateless"))
    opened = at_once(lambda index: some[index].sign_up(**ADA, cookie=None).account.id, times=WORKERS)
    assert len(set(opened)) == 1


def test_simultaneous_password_changes_let_one_through(workers: Workers) -> None:
    some = issuers(workers("strict"))
    cookie = signed_up(some[0])

    def change(index: int) -> str:
        return some[index].change_password(cookie, current=ADA["password"], new=f"staple battery {index}").cookie

    outcomes = at_once(change, times=WORKERS)
    assert outcomes.count(SessionRevoked) == WORKERS - 1


def test_simultaneous_sign_outs_and_ends_everywhere_do_not_wait_for_each_other(workers: Workers) -> None:
    some = issuers(workers("strict"))
    signed_up(some[0])
    cookies = [some[0].sign_in(email=ADA["email"], password=ADA["password"], cookie=None).cookie for _ in range(ACTS)]

    def act(index: int) -> None:
        issuer = some[index % WORKERS]
        end = issuer.sign_out_everywhere if index % 3 == 0 else issuer.sign_out
        end(cookies[index])

    assert set(at_once(act)) <= {None, SessionRevoked}


def test_workers_starting_together_agree_on_one_key(apps: Apps, either_database_url: str) -> None:
    key_sets = at_once(lambda _: apps(database_url=either_database_url).state.issuer.key_set(), times=WORKERS)
    assert all(key_set == key_sets[0] for key_set in key_sets)
    assert isinstance(key_sets[0], dict)
    assert len(key_sets[0]["keys"]) == 1
