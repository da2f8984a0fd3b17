"""What is accepted from a party that nobody told of this house: every outcome that the sources leave open."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn

import httpx

from steps.targets.messages import Answer
from steps.targets.remote_mint import algorithm_of
from steps.targets.unseen import Inapplicable, OwnChoice
from steps.targets.wire import Exchange
from steps.vocabulary import GRANTED, Verdict

TOO_LARGE: Final = frozenset({413, 414, 431})
"""A server may turn away a header that is too large before the API sees it. Source: RFC 6585 §5."""

STATUSES: Final[dict[str, frozenset[int]]] = {
    "token_missing": frozenset({400, 401, 403}),
    "token_invalid": frozenset({400, 401, 403}) | TOO_LARGE,
    "token_expired": frozenset({400, 401, 403}),
    "request_invalid": frozenset({400, 401, 403}) | TOO_LARGE,
    "keys_unavailable": frozenset({401, 403, 500, 502, 503, 504}),
    "not_found": frozenset({404}),
    "method_not_allowed": frozenset({405}),
    "permission_denied": frozenset({403, 404}),
    "https_required": frozenset({400, 403, 404, 421, 426}),
    "internal_error": frozenset({500, 502, 503, 504}),
}
"""The statuses by which an API may refuse. A program that fails has not refused."""

UNADVISED: Final[dict[str, frozenset[int]]] = {
    **dict.fromkeys(("token_missing", "token_invalid", "token_expired", "request_invalid"), frozenset({403})),
    "keys_unavailable": frozenset({401, 403, 500, 502, 504}),
}
"""Those among them that the sources advise against. Source: RFC 6750 §3.1; RFC 9110 §15.6.4."""

CONTRACT: Final[dict[str, frozenset[int]]] = {
    "token_missing": frozenset({401}),
    "token_invalid": frozenset({401}),
    "token_expired": frozenset({401}),
    "request_invalid": frozenset({400, 422}) | TOO_LARGE,
    "permission_denied": frozenset({403}),
    "https_required": frozenset({403}),
    "not_found": frozenset({404}),
    "method_not_allowed": frozenset({405}),
    "keys_unavailable": frozenset({503}),
    "internal_error": frozenset({500}),
}
"""The status of each code, for who adopts the contract. Source: CONTRACT §5."""

UNROUTED: Final = frozenset({404, 405, 501})
SHARED_CACHE_LEAVE: Final = re.compile(r"\b(public|s-maxage|must-revalidate)\b")
"""What lets a shared cache keep an answer to a request with credentials. Source: RFC 9111 §3.5."""

Rows = dict[str, dict[str, str]]
"""The rows of a table by their names, each with its type and value."""

# A challenge among others, on one line or on several: its parameters go on until a comma that a scheme follows.
# Source: RFC 9110 §11.2, §11.6.1.
_PARAMETER: Final = r"[\w-]+ *= *(?:\"(?:[^\"\\]|\\.)*\"|[^\s\",]+)"
_BEARER: Final = re.compile(
    rf"(?:^|, *)(Bearer(?: +{_PARAMETER}(?: *, *{_PARAMETER})*)?)(?=$| *, *[\w-]+(?:$| *,| +[^=\s]))", re.IGNORECASE
)
_VOLATILE: Final = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4,})+|\d+", re.IGNORECASE)


class Leniency:
    """Compares outcomes for one scenario; what only one of the parties does, only its own leniency compares.

    Attributes:
        advice: what the sources advise against in an outcome that they accept, one sentence each.
        departures: what this contract alone has otherwise, one sentence each.
        adopts_contract: whether a party is held to what the sources leave open, too.
        sees_every_fetch: whether an API had no key set any more when the scenario began.
    """

    adopts_contract = False
    sees_every_fetch = False

    def __init__(self) -> None:
        self.advice: list[str] = []
        self.departures: list[str] = []

    def challenge_fits(self, answer: Answer, error: str | None) -> bool:
        """Return whether a refusal carries the challenge that it must."""
        return _of_the_other_party(answer, error)

    def keeps_from_caches(self, answer: Answer) -> bool:
        """Return whether no shared cache may keep an answer. Source: RFC 9111 §3.5."""
        said = answer.header("cache-control") or ""
        if "no-store" not in said:
            self.advice.append("an answer without Cache-Control: no-store may be kept by the caller's own cache")
        return not SHARED_CACHE_LEAVE.search(said)

    @staticmethod
    def is_same(answer: Answer, other: Answer) -> bool:
        """Return whether two answers tell a stranger the same, numbers and ids of a request apart."""
        challenges = [each.header("www-authenticate") for each in (answer, other)]
        texts = [_VOLATILE.sub("#", each.text) for each in (answer, other)]
        return answer.status == other.status and challenges[0] == challenges[1] and texts[0] == texts[1]

    def judge_cookie(self, answer: Answer, specified: Mapping[str, str]) -> None:
        """Compare the session cookie of an answer with its specified attributes, in so far as it must have them."""
        _of_the_other_party(answer, specified)

    def judge_difference(self, found: Sequence[str], specified: Sequence[str], *, growth: int) -> None:
        """Compare the names of the claims in which two tokens differ, and their sizes, with what may differ."""
        _of_the_other_party(found, specified, growth)

    def judge_lifetime(self, seconds: int) -> None:
        """Compare how long an access token lives with how long it may."""
        _of_the_other_party(seconds)

    def required_members(self, found: Mapping[str, object], specified: Rows) -> Rows:
        """Return those rows of a table of claims or header parameters that any issuer is held to."""
        return _of_the_other_party(found, specified)


class ApiLeniency(Leniency):
    """Compares an API's outcomes.

    Args:
        algorithm: the one that the API is set up for.
        paths: the paths that the check knows, as they are written.
        own_account: the path that was seen to answer its owner, or None.
        names_origins: whether the API was told from which origins pages may read its answers.
        adopts_contract: whether the API is held to what the sources leave open, too.
        is_in_production: whether it is to speak HTTPS only.

    Attributes:
        algorithms: what the API is set up for by now.
    """

    def __init__(  # noqa: PLR0913 -- what is known of an API
        self,
        *,
        algorithm: str,
        paths: Sequence[str],
        own_account: str | None,
        names_origins: bool,
        adopts_contract: bool,
        is_in_production: bool = False,
    ) -> None:
        super().__init__()
        self.adopts_contract = adopts_contract
        self._is_in_production = is_in_production
        self.algorithms = frozenset({algorithm})
        self._paths = paths
        self._own_account = own_account
        self._names_origins = names_origins

    def accepts(self, expected: Verdict, exchange: Exchange) -> bool:
        """Return whether an outcome is as specified, or as good as that."""
        request, response = exchange
        self._refuse_other_setups(expected, request)
        try:
            is_accepted = self._accepts(expected, request, response)
        except OwnChoice:
            if not self.adopts_contract:
                raise
            is_accepted = True
        if is_accepted and self.adopts_contract:
            self._compare(expected, response)
        return is_accepted

    def _accepts(self, expected: Verdict, request: httpx.Request, response: httpx.Response) -> bool:
        self._refuse_choices(expected, request, response)
        if expected == GRANTED:
            return is_granted(response)
        code, status = expected.code or "", response.status_code
        if self._is_other_path(request):
            # Nothing was opened: how it says so is a matter of its routes.
            return not is_granted(response) and not response.is_server_error
        if status in UNADVISED.get(code, frozenset()):
            self.advice.append(f"{status} refuses, but RFC 6750 section 3.1 and RFC 9110 advise another status")
        return status in STATUSES.get(code, frozenset())

    def _compare(self, expected: Verdict, response: httpx.Response) -> None:
        code, status = expected.code or "", response.status_code
        told = _problem(response).get("code", code)
        if is_granted(response) != (expected == GRANTED) or status not in CONTRACT.get(code, frozenset({status})):
            self.departures.append(f"expected {expected}, the answer was {status}")
        elif told != code:
            self.departures.append(f"expected {expected}, the answer has the code {told}")

    def challenge_fits(self, answer: Answer, error: str | None) -> bool:
        """Return whether a refusal carries the challenge that RFC 6750 §3 asks for, in so far as it must."""
        if answer.status != httpx.codes.UNAUTHORIZED:
            return True
        found = bearer_challenge(answer)
        if found is None:
            return False
        if "=" not in found:
            self.advice.append(
                "the challenge is the bare word Bearer, where RFC 6750 section 3 has parameters follow it"
            )
        elif (error or "") not in found or (not error and "error=" in found):
            self.advice.append("RFC 6750 section 3.1 advises another error in the challenge, or none")
        return True

    def expected_advice(self, answer: Answer, specified: str) -> str:
        """Return what Retry-After must hold: what it holds, for nobody has to say it. Source: RFC 9110 §15.6.4."""
        said = answer.header("retry-after")
        if said != specified:
            self.departures.append(f"expected Retry-After: {specified}, the answer has {said or 'none'}")
        return said or "absent"

    @staticmethod
    def refuse_unrouted(exchange: Exchange) -> None:
        """Judge nothing by what a server says to a method that it does not know.

        Raises:
            OwnChoice: this was such an answer.
        """
        request, response = exchange
        if request.method != "GET" and response.status_code in UNROUTED:
            raise OwnChoice(f"the API knows no {request.method} here")

    def _is_other_path(self, request: httpx.Request) -> bool:
        return _path_of(request) not in self._paths

    def _refuse_other_setups(self, expected: Verdict, request: httpx.Request) -> None:
        if expected.code == "https_required" and not self._is_in_production:
            raise Inapplicable("on loopback every call is over plain HTTP")
        if request.method == "OPTIONS" and "origin" in request.headers and not self._names_origins:
            raise Inapplicable("which origins this API allows was not said")
        named = algorithm_of(token_of(request))
        if expected == GRANTED and named is not None and named not in self.algorithms:
            raise Inapplicable(f"this API was told to accept {', '.join(sorted(self.algorithms))}, not {named}")

    def _refuse_choices(self, expected: Verdict, request: httpx.Request, response: httpx.Response) -> None:
        if request.method == "OPTIONS" and "origin" not in request.headers:
            raise OwnChoice("what OPTIONS tells anybody is the server's choice")
        if expected.code != "method_not_allowed":
            self.refuse_unrouted((request, response))
        elif response.status_code != httpx.codes.METHOD_NOT_ALLOWED:
            raise OwnChoice("how an API refuses a method that it does not know is its own choice")
        opens = expected == GRANTED and _path_of(request) != self._own_account
        if self._is_other_path(request) and (opens or expected.code == "not_found"):
            raise OwnChoice("which spellings of its paths an API knows is its own choice")


def is_granted(response: httpx.Response) -> bool:
    """Say whether a request was granted: it was answered, or its handshake accepted."""
    return response.is_success or response.status_code == httpx.codes.SWITCHING_PROTOCOLS


def bearer_challenge(answer: Answer) -> str | None:
    """Return the challenge for a bearer token that stands among an answer's challenges, or None."""
    found = _BEARER.search(answer.header("www-authenticate") or "")
    return None if found is None else found[1]


def _problem(response: httpx.Response) -> Mapping[str, object]:
    try:
        said = response.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _of_the_other_party(*_: object) -> NoReturn:
    raise Inapplicable("this is about the other party")


def _path_of(request: httpx.Request) -> str:
    return request.url.raw_path.decode("ascii").partition("?")[0]


def token_of(request: httpx.Request) -> str:
    """Return what a request presents as its token, or nothing."""
    return str(request.headers.get("authorization", "")).partition(" ")[2]
