"""No alteration of a genuine token is accepted, whatever bit, letter or span of it is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from tests.adversity.trusted import Trusted

EXAMPLES = 1000
REFUSALS = frozenset({"token_invalid", "request_invalid"})


def each_bit_flipped(token: bytes) -> Iterator[bytes]:
    for place, octet in enumerate(token):
        for bit in range(8):
            yield token[:place] + bytes([octet ^ 1 << bit]) + token[place + 1 :]


def each_octet_dropped(token: bytes) -> Iterator[bytes]:
    for place in range(len(token)):
        yield token[:place] + token[place + 1 :]


def each_octet_doubled(token: bytes) -> Iterator[bytes]:
    for place in range(len(token)):
        yield token[: place + 1] + token[place:]


def each_beginning(token: bytes) -> Iterator[bytes]:
    for length in range(len(token)):
        yield token[:length]


def each_end(token: bytes) -> Iterator[bytes]:
    for length in range(len(token)):
        yield token[len(token) - length :]


def is_the_same(altered: bytes, token: bytes) -> bool:
    """Tell whether HTTP takes both for one token: spaces around it are no part of it (RFC 9110 §5.5, §11.4)."""
    return altered.lstrip(b" ").rstrip(b" \t") == token


def test_every_small_alteration_is_refused(trusted: Trusted, tried: Counter[str]) -> None:
    token = trusted.token().encode()
    for alter in (each_bit_flipped, each_octet_dropped, each_octet_doubled, each_beginning, each_end):
        codes = [(altered, trusted.present(altered).code) for altered in alter(token)]
        assert [altered for altered, code in codes if code not in REFUSALS] == []
        tried[f"tokens with {alter.__name__.replace('_', ' ')}"] += len(codes)
    assert trusted.present(token).code is None


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_rearrangement_is_refused(trusted: Trusted, tried: Counter[str], data: st.DataObject) -> None:
    token = trusted.token().encode()
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(token))] * 2)))
    inserted = data.draw(st.one_of(st.binary(max_size=40), st.just(token), st.just(token[first:last] * 2)))
    altered = token[:first] + inserted + token[last:]
    code = trusted.present(altered).code
    assert code is None if is_the_same(altered, token) else code in REFUSALS
    tried["spans of a token replaced"] += 1
    assert trusted.present(token).code is None


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(segments=st.lists(st.one_of(st.sampled_from([0, 1, 2]), st.binary(max_size=30)), max_size=6))
def test_no_other_arrangement_of_segments_is_accepted(
    trusted: Trusted, tried: Counter[str], segments: list[int | bytes]
) -> None:
    own = trusted.token().encode().split(b".")
    altered = b".".join(own[each] if isinstance(each, int) else each for each in segments)
    code = trusted.present(altered).code
    assert code is None if segments == [0, 1, 2] else code in REFUSALS
    tried["other arrangements of segments"] += 1
