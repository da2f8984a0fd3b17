"""State what the frontend's server passes on, and to whom."""

from dataclasses import dataclass

from reference_impl.api.policy import DOCS_URL


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Name the parties and the list of what may be asked through this server.

    Args:
        origin: where its pages come from.
        issuer: the issuer, which is given the session cookie.
        api: the API, which is given a token.
        passed_on: methods and paths of the API; a browser does not choose what else this server calls.
        docs_url: the site that explains each code.
    """

    origin: str
    issuer: str
    api: str
    passed_on: frozenset[tuple[str, str]] = frozenset({("GET", "/me"), ("POST", "/echo")})
    docs_url: str = DOCS_URL
