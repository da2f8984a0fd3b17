"""An ordinary API: FastAPI and PyJWT with its own key client, plain JSON, no error codes.

pip install fastapi "pyjwt[crypto]" uvicorn
ISSUER=… JWKS_URL=… AUDIENCE=… uvicorn fastapi_pyjwt:app --port 8080
watchword check api --start "uvicorn fastapi_pyjwt:app --port {port}" --path /me
"""

import json
import os
import re
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jwt.utils import base64url_decode

ISSUER, AUDIENCE = os.environ["ISSUER"], os.environ["AUDIENCE"]

app = FastAPI()
bearer = HTTPBearer(auto_error=False)
keys = jwt.PyJWKClient(os.environ["JWKS_URL"], timeout=3)


def refuse_other_writings(token: str) -> None:
    """Refuse what PyJWT would read, and RFC 7515 section 5.2 would not: padding, UTF-16."""
    if not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token, re.ASCII):
        raise ValueError(token)
    for segment in token.split(".")[:2]:
        json.loads(base64url_decode(segment).decode("utf-8"))


def authenticate(given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
    """Return the subject of the request's access token."""
    refused = HTTPException(401, "Not authenticated", {"WWW-Authenticate": "Bearer"})
    if given is None:
        raise refused
    try:
        token = given.credentials
        refuse_other_writings(token)
        # PyJWT leaves the type to its caller, which alone tells an access token from others (RFC 8725, section 3.11).
        if jwt.get_unverified_header(token).get("typ", "").lower().removeprefix("application/") != "at+jwt":
            raise jwt.InvalidTokenError("not an access token")
        claims = jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token),
            algorithms=["EdDSA"],
            issuer=ISSUER,
            audience=AUDIENCE,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
        if not claims["sub"]:
            raise jwt.InvalidSubjectError("nobody")
        claims["sub"].encode()  # JSON can spell text that no answer can repeat
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, RecursionError):
        raise refused from None
    return claims["sub"]


@app.get("/me")
def read_me(subject: Annotated[str, Depends(authenticate)]) -> dict[str, str]:
    """Say who calls."""
    return {"user": subject}
