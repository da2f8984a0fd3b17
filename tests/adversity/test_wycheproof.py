"""The JWS vectors of Project Wycheproof, through the API.

A vector's payload is no set of claims, and its header names no type. So the header is read as if it said `at+jwt`, and
a vector counts as accepted where the API gets past the signature and stumbles over the payload only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reference_impl.api import Policy, create_app, key_set, policy, structure
from tests.adversity.asgi import present
from tests.adversity.trusted import AUDIENCE, ISSUER, NOW, publisher

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from tests.adversity.trusted import Trusted

FILE = Path(__file__).parents[3] / "shared/data/wycheproof/json_web_signature_test.json"
ABSENT = "the Wycheproof vectors are not beside this checkout (../shared/data/wycheproof)"
PAST_THE_SIGNATURE = frozenset({"payload_malformed", "claim_missing"})
ALGORITHMS = {"RSA": "RS256", "EC": "ES256"}
"""What a key without an algorithm of its own is offered for."""

EMPTY = "its payload is empty, and an access token's never is (RFC 7519 §7.2)"
MISNAMED = 'its key names "ES521", which is no algorithm (RFC 7518 §3.1: ES512)'
DISAGREES = "its key was published for PS256 and its header says PS384 (RFC 8725 §3.1)"
LENIENT = "a letter outside the alphabet is in a segment (RFC 7515 §2), and the signature was made over other text"
TWIN = "it is, octet for octet, vector 357, which is called valid: its padding got lost in the file"
DEPARTURES = {
    **dict.fromkeys((259, 264, 268, 272, 320, 325), ("invalid", EMPTY)),
    **dict.fromkeys((347, 351), ("invalid", MISNAMED)),
    **dict.fromkeys((346, 350), ("invalid", DISAGREES)),
    **dict.fromkeys((372, 373), ("invalid", LENIENT)),
    **dict.fromkeys((367, 370), ("valid", TWIN)),
}
"""Vectors that the contract answers otherwise than their file, each with the reason."""


def groups() -> Iterator[Any]:
    if not FILE.is_file():
        yield pytest.param({}, marks=pytest.mark.skip(reason=ABSENT), id="absent")
        return
    for number, group in enumerate(json.loads(FILE.read_text(encoding="utf-8"))["testGroups"]):
        yield pytest.param(group, id=f"{number}-{group['comment']}")


@pytest.mark.parametrize("group", list(groups()))
def test_every_vector_is_answered_as_it_says(
    group: dict[str, Any],
    trusted: Trusted,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tried: Counter[str],
) -> None:
    verdict = verifier(group.get("public") or group["private"], trusted, monkeypatch, caplog)
    expected = {each["tcId"]: each["result"] for each in group["tests"]}
    expected |= {number: DEPARTURES[number][0] for number in expected if number in DEPARTURES}
    actual = {each["tcId"]: verdict(each["jws"]) for each in group["tests"]}
    assert expected == actual
    tried.update(f"vectors {each}" for each in actual.values())
    tried.update(f"of them against the file: {DEPARTURES[number][1]}" for number in actual if number in DEPARTURES)


def test_all_vectors_are_here() -> None:
    if not FILE.is_file():
        pytest.skip(ABSENT)
    vectors = json.loads(FILE.read_text(encoding="utf-8"))
    assert sum(len(group["tests"]) for group in vectors["testGroups"]) == 401


def verifier(
    jwk: dict[str, Any], bystander: Trusted, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Callable[[str], str]:
    """Return what presents a vector to an API that allows its algorithm and trusts its key, and another one."""
    _read_every_header_as_an_access_token(monkeypatch)
    algorithm = jwk["alg"] if "alg" in jwk else ALGORITHMS[jwk["kty"]]
    _support(algorithm, jwk, monkeypatch)
    trusting = Policy(issuer=ISSUER, audience=AUDIENCE, algorithms=(algorithm,))
    app = create_app(trusting, clock=lambda: NOW, transport=publisher([jwk, *bystander.keys]))

    def verdict(token: str) -> str:
        caplog.clear()
        answer = bystander.run(present(app, token))
        assert answer.code in {"token_invalid", "request_invalid"}, (token, answer)
        return "valid" if PAST_THE_SIGNATURE.intersection(reasons(caplog)) else "invalid"

    return verdict


def reasons(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [vars(record)["reason"] for record in caplog.records if vars(record).get("event") == "token_refused"]


def _read_every_header_as_an_access_token(monkeypatch: pytest.MonkeyPatch) -> None:
    read_header = structure.read_header

    def read(parameters: structure.JsonObject, *, algorithms: frozenset[str]) -> tuple[str, str]:
        return read_header({"typ": "at+jwt", **parameters}, algorithms=algorithms)

    monkeypatch.setattr(structure, "read_header", read)


def _support(algorithm: str, jwk: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Extend the closed lists by one algorithm, and by shared secrets where it needs one."""
    family = (jwk["kty"], jwk.get("crv"), (algorithm,))
    monkeypatch.setattr(policy, "SUPPORTED_ALGORITHMS", (algorithm,))
    monkeypatch.setattr(key_set, "_FAMILIES", (*vars(key_set)["_FAMILIES"], family))
    if jwk["kty"] == "oct":
        monkeypatch.setattr(key_set, "_PRIVATE", frozenset())
