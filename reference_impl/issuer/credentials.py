"""Issue and read session credentials: the refresh tokens that live in the cookie alone."""

import re

import jwt
from pydantic import BaseModel, ConfigDict, ValidationError

from .keys import SigningKey
from .policy import Policy
from .refusals import Reason, SessionMissing

CREDENTIAL_TYPE = "refresh+jwt"
_ALGORITHM = "EdDSA"
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_SIZE_LIMIT_BYTES = 2048


class Credential(BaseModel):
    """Hold the claims of one session credential.

    Source: CONTRACT §2.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    iss: str
    sub: str
    aud: str
    iat: int
    exp: int
    jti: str
    sid: str
    auth_time: int
    epoch: int


class Credentials:
    """Issue and read session credentials under a key and a type of their own, so that no API takes one."""

    def __init__(self, policy: Policy, key: SigningKey) -> None:
        self._policy = policy
        self._key = key

    def issue(self, *, subject: str, sid: str, jti: str, auth_time: int, epoch: int, now: int) -> Credential:  # noqa: PLR0913 -- each is a claim
        """Return a credential that lapses at the idle or the absolute limit, whichever comes first."""
        policy = self._policy
        exp = min(now + policy.session_idle_limit_seconds, auth_time + policy.session_absolute_limit_seconds)
        return Credential(
            iss=policy.issuer,
            sub=subject,
            aud=policy.issuer,
            iat=now,
            exp=exp,
            jti=jti,
            sid=sid,
            auth_time=auth_time,
            epoch=epoch,
        )

    def sign(self, credential: Credential) -> str:
        """Return a credential as the cookie's value; the same credential always gives the same value."""
        headers = {"typ": CREDENTIAL_TYPE, "kid": self._key.kid}
        return jwt.encode(credential.model_dump(), self._key.private, algorithm=_ALGORITHM, headers=headers)

    def read(self, value: str) -> Credential:
        """Return the credential a cookie carries, however old it is.

        Raises:
            SessionMissing: this issuer did not make it.
        """
        if len(value) > _SIZE_LIMIT_BYTES or not _COMPACT.fullmatch(value):
            raise SessionMissing(Reason.CREDENTIAL_MALFORMED)
        try:
            decoded = jwt.decode_complete(
                value,
                self._key.private.public_key(),
                algorithms=[_ALGORITHM],
                audience=self._policy.issuer,
                issuer=self._policy.issuer,
                options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
            credential = Credential.model_validate(decoded["payload"])
        except (jwt.PyJWTError, ValidationError):
            raise SessionMissing(Reason.CREDENTIAL_FORGED) from None
        if decoded["header"].get("typ") != CREDENTIAL_TYPE:
            raise SessionMissing(Reason.CREDENTIAL_FORGED)
        return credential
