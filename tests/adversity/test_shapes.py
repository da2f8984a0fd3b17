"""Whatever JSON the trusted key signs: the API accepts exactly what the contract describes, and never fails.

The contract is written down here a second time, as a description of good headers and good claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.adversity.trusted import AUDIENCE, ISSUER, KEY_ID, NOW, written

if TYPE_CHECKING:
    from collections import Counter

    from tests.adversity.trusted import Trusted

EXAMPLES = 500
LARGEST_TOKEN = 8192

numbers = st.one_of(
    st.integers(NOW - 400, NOW + 400),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(NOW - 400, NOW + 400),
)
texts = st.one_of(
    st.sampled_from([ISSUER, AUDIENCE, KEY_ID, "at+jwt", "JWT", "EdDSA", "none", "HS256", "web", "", " ", "x" * 256]),
    st.text(max_size=20),
)
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=5,
)
headers = st.dictionaries(
    st.one_of(st.sampled_from(["alg", "typ", "kid", "crit", "b64", "jwk", "jku", "x5c", "cty", "zip"]), texts),
    values,
    max_size=2,
)
claims = st.dictionaries(
    st.one_of(st.sampled_from(["iss", "sub", "aud", "client_id", "iat", "exp", "nbf", "jti", "sid", "cnf"]), texts),
    values,
    max_size=2,
)
unwanted = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def is_text(value: object, longest: int = LARGEST_TOKEN) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest


def is_date(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and value > 0 and is_sound(value)


def is_sound(value: object) -> bool:
    """Tell whether a value is inside the bounds that every reader of it shares: 17 digits, no lone surrogate."""
    if isinstance(value, dict):
        return all(is_sound(each) for pair in value.items() for each in pair)
    if isinstance(value, list):
        return all(map(is_sound, value))
    if isinstance(value, str):
        return not any("\ud800" <= letter <= "\udfff" for letter in value)
    return not isinstance(value, int) or len(str(value)) <= 17


def is_good_header(header: dict[str, Any]) -> bool:
    return (
        is_sound(header)
        and header.get("alg") == "EdDSA"
        and str(header.get("typ")).lower() in {"at+jwt", "application/at+jwt"}
        and header.get("kid") == KEY_ID
        and "crit" not in header
        and header.get("b64", True) is True
    )


def is_good(payload: dict[str, Any]) -> bool:
    audience = payload.get("aud")
    names = audience if isinstance(audience, list) else [audience]
    return (
        is_sound(payload)
        and payload.get("iss") == ISSUER
        and all(isinstance(name, str) for name in names)
        and AUDIENCE in names
        and is_text(payload.get("sub"), 255)
        and all(is_text(payload.get(name)) for name in ("client_id", "jti", "sid"))
        and payload["sub"] != payload["client_id"]
        and "cnf" not in payload
        and all(is_date(payload.get(name)) for name in ("iat", "exp"))
        and is_living(payload)
    )


def is_living(payload: dict[str, Any]) -> bool:
    begins, ends = payload["iat"], payload["exp"]
    not_before = payload.get("nbf", begins)
    return bool(
        0 < ends - begins <= 3600
        and begins <= NOW + 30
        and ends + 30 > NOW
        and is_date(not_before)
        and not_before <= NOW + 30
    )


def judge(trusted: Trusted, tried: Counter[str], header: dict[str, Any], payload: dict[str, Any]) -> None:
    """Present what the trusted key signed, and compare with the contract."""
    token = trusted.sign(written(header), written(payload))
    is_expected = is_good_header(header) and is_good(payload) and len(token) <= LARGEST_TOKEN
    answer = trusted.present(token)
    tried[f"tokens {'granted' if is_expected else 'refused'}"] += 1
    assert (answer.code is None) == is_expected, answer
    assert answer.code in {None, "token_invalid", "token_expired"}
    assert answer.code is not None or answer.subject == payload["sub"]
    assert trusted.present(trusted.token()).code is None


@unwanted
@given(changes=headers)
@example(changes={"b64": True, "cty": "JWT", "jku": "https://evil.example", "typ": "AT+JWT"})
def test_a_header_is_accepted_as_the_contract_says(
    trusted: Trusted, tried: Counter[str], changes: dict[str, Any]
) -> None:
    judge(trusted, tried, trusted.header | changes, trusted.claims)


@unwanted
@given(changes=claims, missing=st.sets(st.sampled_from(["iss", "sub", "aud", "client_id", "iat", "exp"]), max_size=1))
@example(changes={"aud": ["https://files.example", AUDIENCE], "nbf": NOW + 30, "role": "admin"}, missing=set())
def test_claims_are_accepted_as_the_contract_says(
    trusted: Trusted, tried: Counter[str], changes: dict[str, Any], missing: set[str]
) -> None:
    payload = {name: value for name, value in (trusted.claims | changes).items() if name not in missing}
    judge(trusted, tried, trusted.header, payload)


@unwanted
@given(changes=st.fixed_dictionaries({}, optional=dict.fromkeys(("iat", "exp", "nbf"), numbers)))
@example(changes={"iat": NOW - 300, "exp": NOW - 30})
@example(changes={"iat": NOW - 300, "exp": NOW - 29})
def test_times_are_accepted_as_the_contract_says(
    trusted: Trusted, tried: Counter[str], changes: dict[str, Any]
) -> None:
    judge(trusted, tried, trusted.header, trusted.claims | changes)


@unwanted
@given(header=values, payload=values)
def test_any_other_json_is_refused(trusted: Trusted, tried: Counter[str], header: object, payload: object) -> None:
    for first, second in ((header, trusted.claims), (trusted.header, payload), (header, payload)):
        assert trusted.present(trusted.sign(written(first), written(second))).code == "token_invalid"
        tried["pairs of JSON values refused"] += 1


@unwanted
@given(header=st.binary(max_size=60), payload=st.binary(max_size=60))
def test_any_other_octets_are_refused(trusted: Trusted, tried: Counter[str], header: bytes, payload: bytes) -> None:
    for first, second in ((header, written(trusted.claims)), (written(trusted.header), payload)):
        assert trusted.present(trusted.sign(first, second)).code == "token_invalid"
        tried["pairs of octets refused"] += 1
