"""Hold every number and name the issuer is run with, in one place.

Source: CONTRACT §3. A wrong value stops the start with one sentence that names the variable.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self, TypeVar
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from reference_impl.api import Policy as ApiPolicy

VARIABLES: Final = {
    "ISSUER": "the URL this issuer is known by, exactly as its tokens name it",
    "AUDIENCE": "the identifier of the API its access tokens are for",
    "CLIENT_ID": "the frontend that asks for access tokens",
    "DATABASE_URL": "a SQLite file or a PostgreSQL database",
    "PROFILE": "what is remembered about a live session: stateless or strict",
    "ALGORITHM": "what access tokens are signed with: EdDSA or ES256",
    "ENVIRONMENT": "production or development",
    "TRUSTED_ORIGINS": "the origins whose pages may change state here, separated by commas",
    "TRUSTED_PROXIES": "the addresses whose X-Forwarded-* headers are believed, separated by commas",
    "DOCS_URL": "the site that explains each code",
}
"""Every environment variable the issuer reads, and what it is."""

TOKEN_SIZE_LIMIT_BYTES: Final = 512
"""What an access token stays under (CONTRACT §2)."""

_FIXED_TOKEN_BYTES: Final = 156
"""An access token's header, signature and dots: all of fixed width."""

_FIXED_CLAIMS_BYTES: Final = 161
"""The claims of an access token whose issuer, audience and client id are empty: the rest has a fixed width."""

_API: Final[Mapping[str, Any]] = {name: field.default for name, field in ApiPolicy.__dataclass_fields__.items()}
"""What the API this issuer serves is run with, unless it says otherwise."""

_NAME: Final = re.compile(r"[!#-\[\]-~]{1,255}")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


class ConfigurationError(ValueError):
    """Say, in one sentence that names the variable, why the issuer does not start."""


class Profile(StrEnum):
    """Name what the issuer remembers about a live session (CONTRACT §2)."""

    STATELESS = "stateless"
    STRICT = "strict"


class Algorithm(StrEnum):
    """Name the algorithms an access token may be signed with."""

    EDDSA = "EdDSA"
    ES256 = "ES256"


class Environment(StrEnum):
    """Name where the issuer runs; production takes nothing over plain HTTP."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What this issuer is, whom it trusts, and for how long.

    Args:
        issuer: the URL its tokens name, compared exactly by every API.
        audience: the API its access tokens are for.
        client_id: the frontend that asks for them.
        trusted_origins: whose pages may change state here; empty means the issuer's own origin.
        trusted_proxies: addresses whose `X-Forwarded-*` headers are believed; empty means nobody's.
        api_leeway_seconds: the clock skew an API tolerates.
        api_key_set_lifetime_seconds: how long an API keeps a key set before it asks again.

    Raises:
        ConfigurationError: a value is unusable.
    """

    issuer: str
    audience: str
    client_id: str = "web"
    database_url: str = "sqlite:///issuer.sqlite"
    profile: Profile = Profile.STATELESS
    algorithm: Algorithm = Algorithm.EDDSA
    environment: Environment = Environment.PRODUCTION
    trusted_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    docs_url: str = _API["docs_url"]
    access_token_lifetime_seconds: int = 300
    api_leeway_seconds: int = _API["leeway_seconds"]
    api_key_set_lifetime_seconds: int = _API["jwk_set_lifetime_seconds"]
    session_idle_limit_seconds: int = 7 * 86_400
    session_absolute_limit_seconds: int = 30 * 86_400
    replacement_grace_seconds: int = 10
    ended_sessions_kept: int = 32
    failed_sign_ins_allowed: int = 5
    failed_sign_in_window_seconds: int = 15 * 60
    unavailable_retry_seconds: int = 5
    argon2_time_cost: int = 3
    argon2_memory_kibibytes: int = 64 * 1024
    argon2_parallelism: int = 4

    def __post_init__(self) -> None:
        for name, words in (("profile", Profile), ("algorithm", Algorithm), ("environment", Environment)):
            object.__setattr__(self, name, _choice(words, getattr(self, name), name.upper()))
        _check_url("ISSUER", self.issuer, is_production=self.is_production)
        _check_name("AUDIENCE", self.audience)
        _check_name("CLIENT_ID", self.client_id)
        self._check_token_size()
        _check_database_url(self.database_url)
        origins = tuple(self.trusted_origins) or (_origin_of(self.issuer),)
        for origin in origins:
            _check_origin(origin, is_production=self.is_production)
        object.__setattr__(self, "trusted_origins", origins)
        object.__setattr__(self, "docs_url", self.docs_url.rstrip("/"))
        self._check_numbers()

    @property
    def is_production(self) -> bool:
        """Tell whether plain HTTP is refused."""
        return self.environment is Environment.PRODUCTION

    @property
    def key_overlap_seconds(self) -> int:
        """Return how long a replaced key stays published after its last signature.

        Its last token lives out its lifetime and the leeway, at an API whose key set is one cache lifetime old.
        """
        return self.access_token_lifetime_seconds + self.api_key_set_lifetime_seconds + self.api_leeway_seconds

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read the policy from environment variables; lists are separated by commas.

        Raises:
            ConfigurationError: a variable is missing or wrong.
        """
        given = {name: environ[name].strip() for name in VARIABLES if environ.get(name, "").strip()}
        for name in ("ISSUER", "AUDIENCE"):
            if name not in given:
                raise ConfigurationError(f"{name} is not set: it is {VARIABLES[name]}.")
        lists = {name.lower(): _listed(given.pop(name, "")) for name in ("TRUSTED_ORIGINS", "TRUSTED_PROXIES")}
        texts = {name.lower(): value for name, value in given.items()}
        return cls(**texts, **lists)  # type: ignore[arg-type]  # words are checked and made enums after

    def _check_token_size(self) -> None:
        named = sum(map(len, (self.issuer, self.audience, self.client_id)))
        if _FIXED_TOKEN_BYTES + ((_FIXED_CLAIMS_BYTES + named) * 4 + 2) // 3 > TOKEN_SIZE_LIMIT_BYTES:
            raise ConfigurationError(
                f"ISSUER, AUDIENCE and CLIENT_ID are {named} characters together, "
                f"too long for an access token within {TOKEN_SIZE_LIMIT_BYTES} bytes."
            )

    def _check_numbers(self) -> None:
        for name, field in self.__dataclass_fields__.items():
            if field.type is int and getattr(self, name) <= 0:
                raise ConfigurationError(f"{name.upper()} must be greater than 0.")
        if self.session_absolute_limit_seconds < self.session_idle_limit_seconds:
            raise ConfigurationError("SESSION_ABSOLUTE_LIMIT_SECONDS must not be below SESSION_IDLE_LIMIT_SECONDS.")


_Word = TypeVar("_Word", bound=StrEnum)


def _choice(words: type[_Word], value: str, variable: str) -> _Word:
    try:
        return words(value)
    except ValueError:
        raise ConfigurationError(f"{variable} must be {' or '.join(words)}.") from None


def _listed(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(",") if item.strip())


def _origin_of(url: str) -> str:
    """Return the origin of a URL, as a browser writes it (RFC 6454 §6.2)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _check_name(variable: str, value: str) -> None:
    if not _NAME.fullmatch(value):
        raise ConfigurationError(f"{variable} must be 1 to 255 printable ASCII characters without space and quotes.")


def _check_url(variable: str, value: str, *, is_production: bool) -> None:
    _check_name(variable, value)
    try:
        parts = urlsplit(value)
        has_address = bool(parts.hostname) and parts.port != 0
    except ValueError:
        has_address = False
    if not has_address or parts.scheme not in {"https", "http"}:
        raise ConfigurationError(f"{variable} must be an https URL.")
    if parts.scheme == "http" and is_production:
        raise ConfigurationError(f"{variable} must be an https URL in production.")
    if parts.username is not None or parts.query or parts.fragment:
        raise ConfigurationError(f"{variable} must carry neither user information nor a query or a fragment.")


def _check_origin(value: str, *, is_production: bool) -> None:
    _check_url("TRUSTED_ORIGINS", value, is_production=is_production)
    if value != _origin_of(value).lower() or "*" in value:
        raise ConfigurationError(
            "TRUSTED_ORIGINS must list exact origins such as https://app.example, never a wildcard."
        )


def _check_database_url(value: str) -> None:
    try:
        url = make_url(value)
    except ArgumentError:
        raise ConfigurationError("DATABASE_URL must be sqlite:///FILE or postgresql://HOST/NAME.") from None
    is_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    if not is_file and url.get_backend_name() not in {"postgresql", "postgres"}:
        raise ConfigurationError("DATABASE_URL must name a SQLite file or a PostgreSQL database.")
