"""What a genuine token must say."""

import json
from typing import Any

import pytest

from tests.api.world import AUDIENCE, ISSUER, NOW, World

INVALID = "token_invalid: "
EXPIRED = "token_expired: expired"


def with_claim(world: World, name: str, value: object) -> str:
    payload = {**world.claims(), name: value}
    return world.sign(json.dumps(world.header()).encode(), json.dumps(payload).encode())


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "client_id", "iat", "exp", "jti", "sid"])
def test_every_claim_of_the_contract_is_required(world: World, name: str) -> None:
    payload = {claim: value for claim, value in world.claims().items() if claim != name}
    token = world.sign(json.dumps(world.header()).encode(), json.dumps(payload).encode())
    assert world.verdict(token) == INVALID + "claim_missing"


@pytest.mark.parametrize("name", ["iss", "sub", "client_id", "jti", "sid"])
@pytest.mark.parametrize("value", [None, "", " \t", 1, True, [ISSUER], {}])
def test_a_text_claim_is_a_text_that_is_not_blank(world: World, name: str, value: object) -> None:
    assert world.verdict(with_claim(world, name, value)) == INVALID + "claim_malformed"


@pytest.mark.parametrize("name", ["iat", "exp", "nbf"])
@pytest.mark.parametrize("value", [None, str(NOW), True, False, 0, -1, [], {}, "2027-01-15T08:00:00Z"])
def test_a_date_is_a_positive_number(world: World, name: str, value: object) -> None:
    assert world.verdict(with_claim(world, name, value)) == INVALID + "claim_malformed"


@pytest.mark.parametrize(
    "value", ["", [], [""], ["x"], "*", "https://API.example", AUDIENCE + "/", AUDIENCE[:-1], ISSUER]
)
def test_another_audience_is_refused(world: World, value: object) -> None:
    expected = "claim_malformed" if value == [] else "audience_wrong"
    assert world.verdict(world.token(aud=value)) == INVALID + expected


@pytest.mark.parametrize("value", [None, 1, {}, [1], [AUDIENCE, 1], [[AUDIENCE]], {AUDIENCE: 1}])
def test_an_audience_is_a_text_or_a_list_of_texts(world: World, value: object) -> None:
    assert world.verdict(world.token(aud=value)) == INVALID + "claim_malformed"


def test_one_audience_of_several_is_enough(world: World) -> None:
    assert world.verdict(world.token(aud=["https://other.example", AUDIENCE])) == "granted"


@pytest.mark.parametrize("value", [ISSUER + "/", "HTTPS://app.example", "http://app.example", ISSUER + ":443", "x"])
def test_the_issuer_is_compared_exactly(world: World, value: str) -> None:
    assert world.verdict(world.token(iss=value)) == INVALID + "issuer_wrong"


@pytest.mark.parametrize(("length", "verdict"), [(255, "granted"), (256, INVALID + "claim_malformed")])
def test_a_subject_is_at_most_255_characters_long(world: World, length: int, verdict: str) -> None:
    assert world.verdict(world.token(sub="s" * length)) == verdict


def test_a_client_acting_for_itself_is_no_user(world: World) -> None:
    assert world.verdict(world.token(sub="web")) == INVALID + "subject_is_client"


def test_only_a_listed_client_is_served_where_clients_are_listed(world: World) -> None:
    world.policy["client_ids"] = frozenset({"web"})
    assert world.verdict(world.token()) == "granted"
    assert world.verdict(world.token(client_id="cli")) == INVALID + "client_wrong"


@pytest.mark.parametrize("value", [{"jkt": "x"}, None])
def test_a_sender_constrained_token_is_no_bearer_token(world: World, value: object) -> None:
    assert world.verdict(world.token(cnf=value)) == INVALID + "sender_constrained"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"iat": NOW - 300, "exp": NOW - 29}, "granted"),
        ({"iat": NOW - 300, "exp": NOW - 30}, EXPIRED),
        ({"iat": NOW - 300, "exp": NOW - 29.5}, "granted"),
        ({"iat": NOW - 300, "exp": NOW - 300 + 0.5}, EXPIRED),
        ({"iat": NOW + 30}, "granted"),
        ({"iat": NOW + 31}, INVALID + "issued_in_future"),
        ({"nbf": 1}, "granted"),
        ({"nbf": NOW}, "granted"),
        ({"nbf": NOW + 30}, "granted"),
        ({"nbf": NOW + 31}, INVALID + "not_yet_valid"),
        ({"exp": NOW + 3600}, "granted"),
        ({"exp": NOW + 3601}, INVALID + "lifetime_too_long"),
        ({"exp": NOW * 1000}, INVALID + "lifetime_too_long"),
        ({"exp": 10**30}, INVALID + "payload_malformed"),
        ({"exp": NOW}, INVALID + "lifetime_not_positive"),
        ({"exp": NOW - 1}, INVALID + "lifetime_not_positive"),
        # Expiry is said only where all else is right.
        ({"iat": NOW - 900, "exp": NOW - 600, "aud": "x"}, INVALID + "audience_wrong"),
        ({"iat": NOW - 900, "exp": NOW - 600, "nbf": NOW + 60}, INVALID + "not_yet_valid"),
        ({"iat": NOW - 900, "exp": NOW - 600, "cnf": {}}, INVALID + "sender_constrained"),
    ],
)
def test_a_token_lives_between_its_instants(world: World, changes: dict[str, Any], verdict: str) -> None:
    assert world.verdict(world.token(**changes)) == verdict


def test_a_forged_expired_token_is_not_told_that_it_expired(world: World) -> None:
    header, payload, _ = world.token(iat=NOW - 900, exp=NOW - 600).split(".")
    signature = world.token().split(".")[2]
    assert world.verdict(f"{header}.{payload}.{signature}") == INVALID + "signature_wrong"


def test_a_claim_in_another_case_is_another_claim(world: World) -> None:
    assert world.verdict(world.token(exp=..., EXP=NOW + 300)) == INVALID + "claim_missing"


def test_a_strange_subject_is_taken_literally(world: World) -> None:
    subject = "'; DROP--\0\u202e\r\nx"
    answer = world.present(world.token(sub=subject))
    assert answer.json()["sub"] == subject
