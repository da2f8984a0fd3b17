"""Where a foreign issuer does what, and how it likes to be asked: one table for each family of issuers.

A scenario speaks of the paths, the cookie and the members of the reference; what differs elsewhere stands here and
nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from steps.targets.messages import SESSION_COOKIE

BASE: Final = "/api/auth"
"""What every path of the reference begins with."""


@dataclass(frozen=True)
class IssuerPaths:
    """One family of issuers.

    Attributes:
        base: what its paths begin with.
        cookies: the names its session cookie may have; where it is served over HTTPS, the last.
        has_readable_credential: whether the session credential is a JWT, and not a text that only the issuer reads.
        changes_password_with: what a change of password is asked with besides the two passwords.
    """

    base: str = BASE
    cookies: tuple[str, ...] = (SESSION_COOKIE,)
    has_readable_credential: bool = True
    changes_password_with: Mapping[str, Any] = field(default_factory=dict)


PATHS: Final[Mapping[str, IssuerPaths]] = {
    "reference": IssuerPaths(),
    # Better Auth as examples/nextjs-better-auth sets it up: at the contract's paths, with the contract's cookie.
    "nextjs-better-auth": IssuerPaths(has_readable_credential=False),
    # It signs a session's random name, and ends the other sessions of who changes a password only if asked to. Its own
    # /token is a GET; /access-token is what an application adds whose access tokens are those of RFC 9068.
    "better-auth": IssuerPaths(
        cookies=("better-auth.session_token", "__Secure-better-auth.session_token"),
        has_readable_credential=False,
        changes_password_with={"revokeOtherSessions": True},
    ),
}
