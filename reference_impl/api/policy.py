"""Every number and name that decides a verdict, in one place.

Source: CONTRACT §3. A wrong value stops the start with one sentence that names the variable.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal, Self, cast
from urllib.parse import urlsplit

SUPPORTED_ALGORITHMS: Final = ("EdDSA", "Ed25519", "ES256", "RS256")
DOCS_URL: Final = "https://watchword.example"
_ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?")
_REALM: Final = re.compile(r"[ !#-\[\]-~]+")
_LONGEST_LEEWAY_SECONDS: Final = 300


class PolicyError(ValueError):
    """A value no safe API can start with; its text is one sentence naming the variable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What this API trusts, tolerates and caches.

    Args:
        issuer: the one issuer trusted, compared exactly with `iss`.
        audience: this API's identifier, which `aud` must contain.
        jwks_url: where the issuer publishes its keys; empty means Better Auth's path under the issuer.
        client_ids: the frontends served; empty means any the issuer names.
        denied_key_ids: keys refused in an emergency although still published.
        trusted_proxies: addresses whose `X-Forwarded-*` headers are believed; empty means nobody's.
        docs_url: the site that explains each code.
    """

    issuer: str
    audience: str
    jwks_url: str = ""
    algorithms: tuple[str, ...] = ("EdDSA",)
    allowed_origins: tuple[str, ...] = ()
    client_ids: frozenset[str] = frozenset()
    denied_key_ids: frozenset[str] = frozenset()
    trusted_proxies: tuple[str, ...] = ()
    environment: Literal["production", "development"] = "production"
    realm: str = "api"
    docs_url: str = DOCS_URL
    leeway_seconds: int = 30
    longest_lifetime_seconds: int = 3600
    largest_token_bytes: int = 8192
    jwk_set_lifetime_seconds: int = 300
    refetch_cooldown_seconds: int = 30
    stale_limit_seconds: int = 86_400
    unavailable_retry_seconds: int = 5
    fetch_timeout_seconds: float = 3.0
    largest_jwk_set_bytes: int = 65_536

    def __post_init__(self) -> None:
        if not self.jwks_url:
            object.__setattr__(self, "jwks_url", f"{self.issuer.rstrip('/')}/api/auth/jwks")
        object.__setattr__(self, "docs_url", self.docs_url.rstrip("/"))
        self._check_names()
        self._check_algorithms()
        self._check_origins()
        self._check_numbers()

    @property
    def requires_https(self) -> bool:
        """Plain HTTP is for development alone.

        Source: ASVS 4.1.2, 12.2.1.
        """
        return self.environment == "production"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read the policy from environment variables; lists are separated by commas.

        Raises:
            PolicyError: a value is missing or unsafe.
        """
        return cls(
            issuer=environ.get("ISSUER", ""),
            audience=environ.get("AUDIENCE", ""),
            jwks_url=environ.get("JWKS_URL", ""),
            algorithms=_listed(environ.get("ALGORITHMS", "EdDSA")),
            allowed_origins=_listed(environ.get("ALLOWED_ORIGINS", "")),
            client_ids=frozenset(_listed(environ.get("CLIENT_IDS", ""))),
            denied_key_ids=frozenset(_listed(environ.get("DENIED_KEY_IDS", ""))),
            trusted_proxies=_listed(environ.get("TRUSTED_PROXIES", "")),
            environment=cast("Literal['production', 'development']", environ.get("ENVIRONMENT", "production")),
            docs_url=environ.get("DOCS_URL", DOCS_URL),
        )

    def _check_names(self) -> None:
        if self.environment not in {"production", "development"}:
            raise PolicyError('ENVIRONMENT must be "production" or "development".')
        if not self.audience.strip():
            raise PolicyError("AUDIENCE must name this API, or tokens meant for other services would be accepted.")
        if not _REALM.fullmatch(self.realm):
            raise PolicyError("REALM must be printable ASCII without quotes and backslashes.")
        self._check_url("ISSUER", self.issuer)
        self._check_url("JWKS_URL", self.jwks_url)

    def _check_url(self, variable: str, url: str) -> None:
        # Better no key than one from a file, a look-alike host or an open line (RFC 8725 §3.10, ASVS 12.3.2).
        allowed = ("https",) if self.requires_https else ("https", "http")
        try:
            parts = urlsplit(url)
            is_complete = parts.scheme in allowed and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_complete = False
        if not is_complete or parts.username is not None or parts.fragment:
            kinds = " or ".join(allowed)
            raise PolicyError(
                f"{variable} must be an {kinds} URL without user name and fragment in {self.environment}."
            )

    def _check_algorithms(self) -> None:
        if not self.algorithms:
            raise PolicyError("ALGORITHMS must list at least one algorithm.")
        unsupported = [name for name in self.algorithms if name not in SUPPORTED_ALGORITHMS]
        if unsupported:
            # "none" and HS* end here too: neither proves an issuer to someone who holds only public keys.
            raise PolicyError(f"ALGORITHMS may list only {', '.join(SUPPORTED_ALGORITHMS)}.")

    def _check_origins(self) -> None:
        if "*" in self.trusted_proxies:
            raise PolicyError("TRUSTED_PROXIES must list addresses, or every client could claim to speak HTTPS.")
        for origin in self.allowed_origins:
            if not _ORIGIN.fullmatch(origin):
                raise PolicyError(
                    "ALLOWED_ORIGINS must list exact origins such as https://app.example, never a wildcard."
                )
            if self.requires_https and not origin.startswith("https://"):
                raise PolicyError("ALLOWED_ORIGINS must list https origins in production.")

    def _check_numbers(self) -> None:
        if not 0 <= self.leeway_seconds <= _LONGEST_LEEWAY_SECONDS:
            # RFC 7519 §4.1.4: "no more than a few minutes".
            raise PolicyError(f"LEEWAY_SECONDS must lie between 0 and {_LONGEST_LEEWAY_SECONDS}.")
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, int | float) and value <= 0 and field.name != "leeway_seconds":
                raise PolicyError(f"{field.name.upper()} must be greater than 0.")


def _listed(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(",") if item.strip())
