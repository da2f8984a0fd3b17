"""What is accepted from an issuer that nobody told of this house: every outcome that the sources leave open."""

from collections.abc import Mapping, Sequence
from typing import Final

from steps.targets.leniency import Leniency, Rows
from steps.targets.messages import Answer
from steps.targets.unseen import Inapplicable
from steps.vocabulary import GRANTED, Verdict

OK: Final = 200
UNAUTHORIZED: Final = 401
REFUSED: Final = frozenset({400, 401, 403})

STATUSES: Final[Mapping[str, frozenset[int]]] = {
    # An address that is taken is a conflict for some, and a fault of the form for others.
    "credentials_invalid": REFUSED | {409, 422},
    "session_missing": REFUSED,
    "session_expired": REFUSED,
    "session_revoked": REFUSED,
    "origin_untrusted": REFUSED,
    "too_many_attempts": REFUSED | {429},
    "request_invalid": frozenset({400, 413, 415, 422}),
    "method_not_allowed": frozenset({403, 404, 405, 501}),
    # What is not there may be kept from whoever brings no session, or asks in the wrong way.
    "not_found": frozenset({400, 401, 403, 404, 405, 415, 422}),
}
"""The statuses by which an issuer may refuse. A program that fails has not refused."""

REQUIRED: Final = frozenset({"iss", "exp", "aud", "sub", "client_id", "iat", "jti", "typ", "alg", "kid"})
"""What the profile of access tokens requires. Source: RFC 9068 §2.1, §2.2; OpenID Connect Core §10.1 for `kid`."""

OWN_VALUES: Final = frozenset({"client_id"})
"""What each issuer names as it pleases."""

ALWAYS_ITS_OWN: Final = frozenset({"iat", "exp", "jti", "sid"})
"""In what two tokens of one issuer may differ, at whatever instant they were made."""

LONGEST_LIFETIME_SECONDS: Final = 3600
"""Source: RFC 6750 §5.3."""

LONGEST_GROWTH: Final = 8
"""By how many letters two tokens of one issuer may differ, whose ids are numbers for some."""

SAME_SITE: Final = frozenset({"lax", "strict"})


class IssuerLeniency(Leniency):
    """Compares an issuer's outcomes.

    Args:
        cookie: the name of its session cookie.
        is_secure: whether it is reached over HTTPS.
    """

    def __init__(self, *, cookie: str, is_secure: bool) -> None:
        super().__init__()
        self._cookie = cookie
        self._is_secure = is_secure

    @staticmethod
    def accepts(seen: Verdict, expected: Verdict) -> bool:
        """Return whether an outcome is as specified, or as good as that."""
        if expected.code == "https_required":
            raise Inapplicable("on loopback every call is over plain HTTP")
        if seen == expected or GRANTED in {seen, expected} or not (seen.answered and expected.answered):
            return seen == expected
        return status_of(seen) in STATUSES.get(expected.code or "", frozenset())

    def challenge_fits(self, answer: Answer, error: str | None) -> bool:
        """Return whether a 401 carries a challenge, as any must. Source: RFC 9110 §15.5.2."""
        del error
        return answer.status != UNAUTHORIZED or answer.header("www-authenticate") is not None

    def keeps_from_caches(self, answer: Answer) -> bool:
        """Return whether no cache may keep an answer: where a token is in it, by name. Source: RFC 6749 §5.1."""
        if answer.verdict == GRANTED and isinstance(answer.body, dict) and "access_token" in answer.body:
            return "no-store" in (answer.header("cache-control") or "")
        return super().keeps_from_caches(answer)

    def judge_cookie(self, answer: Answer, specified: Mapping[str, str]) -> None:
        """Compare the session cookie with what any session cookie needs. Source: ASVS 3.3.1 to 3.3.4."""
        attributes = self._attributes(answer, is_cleared=specified.get("Max-Age") == "0")
        assert "httponly" in attributes, f"script can read the session cookie: {attributes}"
        same_site = attributes.get("samesite", "").lower()
        assert same_site in SAME_SITE, f"foreign pages' requests carry the session cookie: {attributes}"
        if self._is_secure:
            assert "secure" in attributes, f"the session cookie is sent in the clear: {attributes}"
        if "domain" in attributes:
            self.advice.append("the session cookie names a Domain, and so is sent to other hosts")
        if attributes.get("path") != "/":
            self.advice.append("the session cookie's Path is not /, which no prefix __Host- allows")

    def _attributes(self, answer: Answer, *, is_cleared: bool) -> Mapping[str, str]:
        lines = [value for name, value in answer.headers if name == "set-cookie" and self._is_session(value)]
        assert lines or not is_cleared, "the session cookie is not taken back"
        if not lines:
            raise Inapplicable("this answer sets no session cookie: the one that was set lives on")
        pair, *attributes = (part.strip().partition("=") for part in lines[-1].split(";"))
        found = {name.lower(): value for name, _, value in attributes}
        assert bool(pair[2]) != is_cleared or found.get("max-age") == "0", f"the session cookie is {lines[-1]}"
        return found

    def _is_session(self, line: str) -> bool:
        return line.partition("=")[0].strip() == self._cookie

    def judge_difference(self, found: Sequence[str], specified: Sequence[str], *, growth: int) -> None:
        """Refuse a difference in any claim that says whose token it is, or for what, and one that is a text long."""
        assert growth <= LONGEST_GROWTH, f"one is {growth} letters longer than the other"
        strange = set(found) - set(specified) - ALWAYS_ITS_OWN
        assert not strange, f"they differ in {', '.join(sorted(strange))} too"

    def judge_lifetime(self, seconds: int) -> None:
        """Refuse what lives longer than bearer tokens may."""
        assert 0 < seconds <= LONGEST_LIFETIME_SECONDS, f"it lives {seconds} seconds"

    def required_members(self, found: Mapping[str, object], specified: Rows) -> Rows:
        """Keep the rows that the profile requires; what stands beside them is told, and refused by nobody."""
        beside = sorted(set(found) - set(specified))
        if beside:
            self.advice.append(f"tokens also carry {', '.join(beside)}: RFC 9068 section 6 asks to think twice of it")
        kept = {name: row for name, row in specified.items() if name in REQUIRED}
        missing = sorted(set(kept) - set(found))
        assert not missing, f"it carries no {', '.join(missing)}"
        return {name: {**row, "value": "" if name in OWN_VALUES else row["value"]} for name, row in kept.items()}


def status_of(seen: Verdict) -> int:
    """Return the status that a refusal came with."""
    text = (seen.code or "").removeprefix("status_")
    return int(text) if text.isdigit() else OK
