"""A dependency over PyJWT, as FastAPI's tutorial writes it, for tokens somebody else has issued with Ed25519.

The tutorial's secret becomes the issuer's public key; audience and issuer are compared, as PyJWT's documentation asks.
Three routes differ in where the key comes from.

Source: https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/ ("Update the dependencies").
"""

import os
from collections.abc import Awaitable, Callable
from typing import Annotated

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from fastapi import Depends, FastAPI, HTTPException, status
from fastapi.security import OAuth2PasswordBearer
from jwt.exceptions import InvalidTokenError
from pydantic import BaseModel

PUBLIC_KEY = os.environ["PUBLIC_KEY"]
ALGORITHM = "EdDSA"

app = FastAPI()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="token")
jwks_client = jwt.PyJWKClient(os.environ["JWKS_URL"])
loaded_key = load_pem_public_key(PUBLIC_KEY.encode())


class TokenData(BaseModel):
    """What the tutorial reads from a token."""

    username: str | None = None


class User(BaseModel):
    """The tutorial's user."""

    username: str
    email: str | None = None
    full_name: str | None = None
    disabled: bool | None = None


users = {os.environ["SUBJECT"]: {"username": "ada", "email": "ada@example.org", "full_name": "Ada", "disabled": False}}


def current_user(key_of: Callable[[str], object]) -> Callable[..., Awaitable[User]]:
    """Return the tutorial's two dependencies as one, with the key found in the given way."""

    async def get_current_user(token: Annotated[str, Depends(oauth2_scheme)]) -> User:
        credentials_exception = HTTPException(
            status_code=status.HTTP_401_UNAUTHORIZED,
            detail="Could not validate credentials",
            headers={"WWW-Authenticate": "Bearer"},
        )
        try:
            payload = jwt.decode(
                token,
                key_of(token),  # type: ignore[arg-type]
                algorithms=[ALGORITHM],
                audience=os.environ["AUDIENCE"],
                issuer=os.environ["ISSUER"],
            )
            token_data = TokenData(username=payload.get("sub"))
        except InvalidTokenError:
            raise credentials_exception from None
        if token_data.username is None or token_data.username not in users:
            raise credentials_exception
        return User.model_validate(users[token_data.username])

    async def get_current_active_user(user: Annotated[User, Depends(get_current_user)]) -> User:
        if user.disabled:
            raise HTTPException(status_code=400, detail="Inactive user")
        return user

    return get_current_active_user


@app.get("/pem")
async def read_with_text(user: Annotated[User, Depends(current_user(lambda _: PUBLIC_KEY))]) -> User:
    """The key is a text in a constant, as the tutorial's secret is."""
    return user


@app.get("/jwks")
async def read_with_client(
    user: Annotated[User, Depends(current_user(jwks_client.get_signing_key_from_jwt))],
) -> User:
    """The key is found by PyJWT's own client of a JWK Set, as its documentation shows."""
    return user


@app.get("/loaded")
async def read_with_key(user: Annotated[User, Depends(current_user(lambda _: loaded_key))]) -> User:
    """The key was loaded once: the fastest that a dependency over PyJWT can be."""
    return user
