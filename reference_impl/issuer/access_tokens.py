"""Mint access tokens."""

import jwt

from .accounts import new_identifier
from .keys import SigningKey
from .policy import Policy

TOKEN_TYPE = "at+jwt"  # noqa: S105 -- a media type


def mint(policy: Policy, key: SigningKey, *, subject: str, sid: str, now: int) -> str:
    """Return a signed access token: these claims and no other, none of them a user's to edit.

    Source: RFC 9068 §2.1, §2.2; CONTRACT §2.
    """
    claims = {
        "iss": policy.issuer,
        "sub": subject,
        "aud": policy.audience,
        "client_id": policy.client_id,
        "iat": now,
        "exp": now + policy.access_token_lifetime_seconds,
        "jti": new_identifier(),
        "sid": sid,
    }
    return jwt.encode(claims, key.private, algorithm=key.algorithm, headers={"typ": TOKEN_TYPE, "kid": key.kid})
