"""What the sources leave open to an API, what the contract does not, and what stands for a challenge."""

from __future__ import annotations

import httpx
import pytest

from steps.targets.leniency import ApiLeniency, bearer_challenge
from steps.targets.messages import Answer
from steps.targets.unseen import Inapplicable
from steps.vocabulary import GRANTED, Verdict


@pytest.mark.parametrize(
    ("said", "challenge"),
    [
        ('Bearer realm="api", error="invalid_token"', 'Bearer realm="api", error="invalid_token"'),
        ("Bearer", "Bearer"),
        ("bearer realm=api", "bearer realm=api"),
        ('Basic realm="old", charset="UTF-8", Bearer realm="api"', 'Bearer realm="api"'),
        ('Negotiate, Bearer error="invalid_token", scope="a, b"', 'Bearer error="invalid_token", scope="a, b"'),
        ('Bearer realm="api", DPoP algs="ES256"', 'Bearer realm="api"'),
        ("Bearer, Negotiate", "Bearer"),
        (None, None),
        ("Basic realm=api", None),
        ('Bearer realm="api', None),
        ("Bearerx", None),
        ('Basic realm="x, Bearer"', None),
    ],
)
def test_a_bearer_challenge_is_found_among_others(said: str | None, challenge: str | None) -> None:
    headers = [] if said is None else [("www-authenticate", said)]
    assert bearer_challenge(Answer(Verdict("status_401"), 401, headers, None, "")) == challenge


def leniency(*, adopts_contract: bool) -> ApiLeniency:
    return ApiLeniency(
        algorithm="EdDSA", paths=["/me"], own_account=None, names_origins=False, adopts_contract=adopts_contract
    )


def exchange(
    status: int, body: object = None, *, method: str = "GET", path: str = "/me"
) -> tuple[httpx.Request, httpx.Response]:
    return httpx.Request(method, f"http://127.0.0.1{path}"), httpx.Response(status, json=body)


@pytest.mark.parametrize(
    ("status", "body", "departures"),
    [
        (401, {"code": "token_missing"}, 0),
        (401, {"detail": "no"}, 0),
        (401, {"code": "token_invalid"}, 1),
        (400, {"detail": "no"}, 1),
    ],
)
def test_who_adopts_the_contract_is_held_to_its_statuses_and_codes(status: int, body: object, departures: int) -> None:
    said = exchange(status, body)
    adopting, other = leniency(adopts_contract=True), leniency(adopts_contract=False)
    assert adopting.accepts(Verdict("token_missing"), said)
    assert other.accepts(Verdict("token_missing"), said)
    assert (len(adopting.departures), other.departures) == (departures, [])


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (GRANTED, exchange(404, path="/%6de")),
        (Verdict("not_found"), exchange(200, path="/ME")),
        (Verdict("token_missing"), exchange(200, method="OPTIONS")),
        (Verdict("method_not_allowed"), exchange(404, method="PROPFIND")),
    ],
)
def test_what_is_an_api_s_own_choice_departs_from_the_contract(
    expected: Verdict, said: tuple[httpx.Request, httpx.Response]
) -> None:
    adopting = leniency(adopts_contract=True)
    assert adopting.accepts(expected, said)
    assert len(adopting.departures) == 1
    with pytest.raises(Inapplicable):
        leniency(adopts_contract=False).accepts(expected, said)


def test_who_adopts_the_contract_still_fails_where_any_api_does() -> None:
    assert not leniency(adopts_contract=True).accepts(Verdict("token_invalid"), exchange(200))


@pytest.mark.parametrize(("said", "departs"), [("5", False), ("30", True), (None, True)])
def test_when_to_ask_again_is_said_by_whom_it_pleases(said: str | None, *, departs: bool) -> None:
    judge = leniency(adopts_contract=False)
    answer = Answer(Verdict("status_503"), 503, [("retry-after", said)] if said else [], None, "")
    assert (judge.expected_advice(answer, "5"), bool(judge.departures)) == (said or "absent", departs)
