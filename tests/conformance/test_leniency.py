"""What stands for a challenge of RFC 6750 among what servers write."""

from __future__ import annotations

import pytest

from steps.targets.leniency import bearer_challenge
from steps.targets.messages import Answer
from steps.vocabulary import Verdict


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
