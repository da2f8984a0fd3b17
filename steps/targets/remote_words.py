"""A scenario's names and times, as this API knows them.

The features speak of one issuer, one audience and a leeway of 30 seconds. A foreign API has names of its own, and
the leeway is left to it: "some small leeway, usually no more than a few minutes". Source: RFC 7519 §4.1.4.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Final

from steps.targets.remote_issuer import RemoteIssuer
from steps.targets.remote_mint import LIFETIME_SECONDS
from steps.targets.unseen import Inapplicable, NotObserved

WRITTEN_ISSUER: Final = "https://app.example.test"
WRITTEN_AUDIENCE: Final = "https://api.example.test"
WRITTEN_STRANGER: Final = "https://mallory.example.test"
WRITTEN_HOST: Final = "mallory.example.test"
WRITTEN_LEEWAY_SECONDS: Final = 30
WRITTEN_TYPE: Final = "at+jwt"

LONGEST_LEEWAY_SECONDS: Final = 300
"""A few minutes: past them a token has expired for everybody."""

PATIENCE_ENDS: Final = frozenset({5, 30, 300})
"""From these ages on the contract has an API look at the key set again: after a vain attempt, for an id, at all."""

SLACK_SECONDS: Final = 5
"""What real time may take away from a boundary between minting a token and its arrival."""

DATES: Final = frozenset({"exp", "nbf", "iat"})
_RELATIVE: Final = re.compile(r"now(?: ([+-]) (\d+(?:\.\d+)?))?")


class Words:
    """Translates what a scenario says.

    Args:
        issuer: the suite as an issuer, which knows its own name and the audience.
        leeway_seconds: what the API tolerates, or None where nobody said.
        patience_seconds: how long it may take at least to see that a key is new, or gone.
        is_exact: whether the API is called in the very second that the scenario is in.
    """

    def __init__(
        self,
        issuer: RemoteIssuer,
        *,
        leeway_seconds: int | None,
        patience_seconds: int = 0,
        is_exact: bool = False,
    ) -> None:
        mint = issuer.mint
        self._leeway_seconds = leeway_seconds
        self._patience_seconds = patience_seconds
        self._slack_seconds = 0 if is_exact else SLACK_SECONDS
        self._mint = mint
        host = f"{issuer.stranger.host}:{issuer.stranger.port}"
        self._names: Mapping[str, str] = {
            **_near(WRITTEN_ISSUER, mint.issuer),
            **_near(WRITTEN_AUDIENCE, mint.audience),
            WRITTEN_STRANGER: f"http://{host}",
            WRITTEN_HOST: host,
        }
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile("|".join(re.escape(name) for name in longest_first))

    def translated(self, text: str, *, member: str) -> str:
        """Return the JSON text of a claim or header parameter as this API's issuer would write it."""
        if member in DATES:
            return self._dated(text, member)
        if member == "typ" and self._mint.token_type != WRITTEN_TYPE:
            raise Inapplicable(f"this API's tokens are typed {self._mint.token_type or 'not at all'}")
        if member == "alg" and text == '"EdDSA"':
            return f'"{self._mint.algorithm}"'
        return self._pattern.sub(lambda found: self._names[found[0]], text)

    def stretched(self, seconds: int) -> int:
        """Return how long to wait so that a token is as dead, or alive, as the scenario means it."""
        late = seconds - LIFETIME_SECONDS
        if late < 0:
            slack = self._slack_seconds
            return min(seconds, LIFETIME_SECONDS - slack) if late > -slack else seconds
        return LIFETIME_SECONDS + int(self._late(late))

    def patient(self, seconds: int) -> int:
        """Return how long to wait so that the API has had its time to see a new key, or that one is gone."""
        return max(seconds, self._patience_seconds) if seconds in PATIENCE_ENDS else seconds

    def off(self, seconds: int) -> int:
        """Return how far the API's clock is to be off so that its leeway covers it, or does not, as is meant."""
        return int(math.copysign(self._late(abs(seconds)), seconds)) if seconds else 0

    def _dated(self, text: str, member: str) -> str:
        found = _RELATIVE.fullmatch(text)
        if found is None:
            return text
        seconds = float(found[2] or 0) * (-1 if found[1] == "-" else 1)
        if member == "exp":
            return _relative(-self._late(-seconds) if seconds <= 0 else max(seconds, self._slack_seconds + seconds % 1))
        return _relative(self._early(seconds) if seconds > 0 else seconds)

    def _late(self, seconds: float) -> float:
        beyond = seconds - WRITTEN_LEEWAY_SECONDS
        if beyond >= 0:
            return beyond + (LONGEST_LEEWAY_SECONDS if self._leeway_seconds is None else self._leeway_seconds)
        return self._within_leeway() + min(beyond, -self._slack_seconds)

    def _early(self, seconds: float) -> float:
        beyond = seconds - WRITTEN_LEEWAY_SECONDS
        if beyond > 0:
            longest = LONGEST_LEEWAY_SECONDS if self._leeway_seconds is None else self._leeway_seconds
            return beyond + longest + self._slack_seconds
        return self._within_leeway() + beyond

    def _within_leeway(self) -> int:
        if self._leeway_seconds is None:
            raise NotObserved("how much leeway the API gives is its own choice; --leeway says which to hold it to")
        return self._leeway_seconds


def _relative(seconds: float) -> str:
    return f"now {'-' if seconds < 0 else '+'} {abs(seconds):g}"


CHANGES: Final[tuple[Callable[[str], str], ...]] = (
    str,
    lambda name: name[:-1],
    lambda name: re.sub(r"^https?", lambda found: "http" if found[0] == "https" else "https", name),
    lambda name: name.partition("://")[2],
    lambda name: name.replace(".", "%2E", 1),
    lambda name: name.replace(".", "X", 1),
    lambda name: "\\u0068" + name[1:].replace("/", "\\/"),
)
"""What the features do to a name so that it is almost right, or right in another spelling."""


def _near(written: str, actual: str) -> dict[str, str]:
    """Pair each spelling of a name in the features with the same one of the actual name."""
    host = written.partition("://")[2]
    letters = host.partition(".")[0]
    found = {change(written): change(actual) for change in CHANGES}
    found[written.replace(letters, letters.upper(), 1)] = actual.swapcase()
    # A change that this name does not notice would make a wrong name right.
    return {said: meant for said, meant in found.items() if meant and (meant == actual) == (said == written)}
