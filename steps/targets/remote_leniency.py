"""What is accepted from an API that nobody told of this house: every outcome that the sources leave open."""

from collections.abc import Sequence
from typing import Final

import httpx

from steps.targets.remote_mint import algorithm_of
from steps.targets.unseen import Inapplicable
from steps.targets.wire import Exchange
from steps.vocabulary import GRANTED, Verdict

STATUSES: Final[dict[str, frozenset[int]]] = {
    "token_missing": frozenset({400, 401, 403}),
    "token_invalid": frozenset({400, 401, 403, 413, 414, 431}),
    "token_expired": frozenset({400, 401, 403}),
    "request_invalid": frozenset({400, 401, 403, 413, 414, 431}),
    "keys_unavailable": frozenset({401, 403, 500, 502, 503, 504}),
    "not_found": frozenset({404}),
    "permission_denied": frozenset({403, 404}),
}
"""The statuses by which an API may refuse; RFC 6750 §3.1 only says SHOULD of its 400 and 401, and a server may turn
away a header that is too large before the API sees it. A failing program is no refusal."""

ADVISED: Final[dict[str, frozenset[int]]] = {
    "token_missing": frozenset({400, 401}),
    "token_invalid": frozenset({400, 401, 413, 414, 431}),
    "token_expired": frozenset({400, 401}),
    "request_invalid": frozenset({400, 401, 413, 414, 431}),
    "keys_unavailable": frozenset({503}),
}
"""Those among them that the sources advise. Source: RFC 6750 §3.1; RFC 9110 §15.6.4."""

UNROUTED: Final = frozenset({404, 405, 501})
"""A server may say that it knows no such method before it looks for a token."""


class Leniency:
    """Compares outcomes for one scenario.

    Args:
        algorithm: the one that the API is set up for.

    Attributes:
        is_algorithm_chosen: whether the scenario said itself that the API accepts this algorithm alone.
        advice: what the sources advise against in an outcome that they accept, one sentence each.
    """

    def __init__(self, *, algorithm: str) -> None:
        self._algorithm = algorithm
        self.is_algorithm_chosen = False
        self.advice: list[str] = []

    def accepts(self, seen: Verdict, expected: Verdict, archive: Sequence[Exchange]) -> bool:
        """Return whether an outcome is as specified, or as good as that."""
        if not archive:
            return seen == expected
        request, response = archive[-1]
        self._refuse_other_setups(expected, request)
        if expected == GRANTED:
            return response.is_success
        allowed = STATUSES.get(expected.code or "", frozenset())
        if request.method not in {"GET", "HEAD"}:
            allowed |= UNROUTED
        if response.status_code in allowed - ADVISED.get(expected.code or "", allowed) - UNROUTED:
            self.advice.append(f"{response.status_code} refuses, but another status is advised (RFC 6750 section 3.1)")
        return response.status_code in allowed

    def _refuse_other_setups(self, expected: Verdict, request: httpx.Request) -> None:
        if expected.code == "https_required":
            raise Inapplicable("on loopback every call is over plain HTTP")
        if request.method == "OPTIONS":
            raise Inapplicable("what OPTIONS tells anybody is the server's choice")
        named = algorithm_of(_token_of(request))
        if expected == GRANTED and named is not None and named != self._algorithm:
            raise Inapplicable(f"this API was told to accept {self._algorithm}, not {named}")


def _token_of(request: httpx.Request) -> str:
    return str(request.headers.get("authorization", "")).partition(" ")[2]
