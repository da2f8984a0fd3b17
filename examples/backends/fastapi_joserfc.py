"""An ordinary API: FastAPI and joserfc.

pip install fastapi httpx joserfc uvicorn
ISSUER=… JWKS_URL=… AUDIENCE=… uvicorn fastapi_joserfc:app --port 8080
watchword check api --start "uvicorn fastapi_joserfc:app --port {port}" --path /me
watchword check api --start "ALGORITHM=RS256 uvicorn fastapi_joserfc:app --port {port}" --algorithm RS256 --path /me
"""

import base64
import json
import os
import re
import time
from contextlib import suppress
from typing import Annotated

import httpx
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key
from joserfc.jws import JWSRegistry

ISSUER, JWKS_URL, AUDIENCE = os.environ["ISSUER"], os.environ["JWKS_URL"], os.environ["AUDIENCE"]
ALGORITHM = os.environ.get("ALGORITHM", "EdDSA")
FAMILY = {"EdDSA": ("OKP", "Ed25519"), "ES256": ("EC", "P-256"), "RS256": ("RSA", None)}[ALGORITHM]
CACHE_SECONDS = 300
COOLDOWN_SECONDS = 10

CLAIMS = jwt.JWTClaimsRegistry(
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": AUDIENCE},
    sub={"essential": True},
    exp={"essential": True},
    iat={"essential": True},
)

# A header parameter that nobody knows is ignored, unless the token calls it critical (RFC 7515, section 4).
REGISTRY = JWSRegistry(algorithms=[ALGORITHM], strict_check_header=False)

app = FastAPI()


class Keys:
    """The issuer's keys, fetched when they are old or one is unknown."""

    def __init__(self) -> None:
        self._keys: dict[str, Key] = {}
        self._fetched_at = 0.0

    def find(self, kid: object) -> Key:
        """Return the key of an id."""
        age = time.monotonic() - self._fetched_at
        if age > CACHE_SECONDS or (kid not in self._keys and age > COOLDOWN_SECONDS):
            self._fetch()
        if not isinstance(kid, str) or kid not in self._keys:
            raise LookupError(kid)
        return self._keys[kid]

    def _fetch(self) -> None:
        self._fetched_at = time.monotonic()
        entries = httpx.get(JWKS_URL, timeout=3).raise_for_status().json()["keys"]
        self._keys = {}
        for jwk in entries:
            # One entry that is no usable key must not spoil the others (RFC 7517, section 5).
            with suppress(JoseError, ValueError, TypeError, KeyError, AttributeError):
                if (jwk["kty"], jwk.get("crv")) == FAMILY:
                    self._keys[jwk["kid"]] = JWKRegistry.import_key(jwk)


keys = Keys()
bearer = HTTPBearer(auto_error=False)


def refuse_other_writings(token: str) -> None:
    """Refuse what joserfc would read, and RFC 7515 section 5.2 would not: padding, white space, UTF-16."""
    if not re.fullmatch(r"([\w-]+)\.([\w-]+)\.[\w-]+", token, re.ASCII):
        raise ValueError(token)
    for segment in token.split(".")[:2]:
        json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)).decode("utf-8"))


def authenticate(given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
    """Return the subject of the request's access token."""
    refused = HTTPException(401, "Not authenticated", {"WWW-Authenticate": "Bearer"})
    if given is None:
        raise refused
    try:
        refuse_other_writings(given.credentials)
        token = jwt.decode(given.credentials, lambda found: keys.find(found.headers().get("kid")), registry=REGISTRY)
        CLAIMS.validate(token.claims)
        token.claims["sub"].encode()  # JSON can spell text that no answer can repeat
    except (JoseError, LookupError, ValueError, TypeError, RecursionError):
        raise refused from None
    if str(token.header.get("typ", "")).lower().removeprefix("application/") != "at+jwt":
        raise refused
    return token.claims["sub"]


@app.get("/me")
def read_me(subject: Annotated[str, Depends(authenticate)]) -> dict[str, str]:
    """Say who calls."""
    return {"sub": subject}
