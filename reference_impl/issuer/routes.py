"""The issuer's routes, at Better Auth's paths.

Every one is a plain function: Argon2 and the database block, so that FastAPI runs them in its threads, and the event
loop goes on serving.
"""

from typing import Annotated, Any, Final, cast

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from .cookies import CLEARED, read_cookie, set_cookie
from .refusals import SessionMissing
from .service import Issuer, Opened


class Problem(BaseModel):
    """Hold what a refusal tells (RFC 9457 §3.1)."""

    type: str
    title: str
    status: int
    code: str
    trace_id: str


_PROBLEM: Final = {"content": {"application/problem+json": {"schema": Problem.model_json_schema()}}}
_REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"description": "Refused, with a code.", **_PROBLEM} for status in (400, 401, 403, 413, 415, 422, 429, 503)
}

router = APIRouter(prefix="/api/auth", responses=_REFUSALS)

Email = Annotated[str, Field(max_length=254, pattern=r"^[!-?A-~]+@[!-?A-~]+$")]
GivenPassword = Annotated[str, Field(min_length=1, max_length=1024)]
ChosenPassword = Annotated[str, Field(min_length=8, max_length=128)]
Name = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$")]


class SignUp(BaseModel):
    """Hold what a new account is made of; members beyond these are not read."""

    email: Email
    name: Name
    password: ChosenPassword


class SignIn(BaseModel):
    """Hold what a person signs in with."""

    email: Email
    password: GivenPassword


class ChangePassword(BaseModel):
    """Hold the password in force and the one to come."""

    model_config = ConfigDict(alias_generator=lambda name: {"current": "currentPassword", "new": "newPassword"}[name])

    current: GivenPassword
    new: ChosenPassword


class DeleteUser(BaseModel):
    """Hold the password that confirms a deletion."""

    password: GivenPassword


class KeySetResponse(JSONResponse):
    """Answer with a JWK Set.

    Source: RFC 7517 §8.5.2.
    """

    media_type = "application/jwk-set+json"


@router.post("/sign-up/email")
def sign_up(request: Request, body: SignUp) -> Response:
    """Create an account and open its first session."""
    brought = _brought_cookie(request)
    email = body.email.lower()
    return _opened(_issuer(request).sign_up(email=email, name=body.name, password=body.password, cookie=brought))


@router.post("/sign-in/email")
def sign_in(request: Request, body: SignIn) -> Response:
    """Open a session."""
    brought = _brought_cookie(request)
    return _opened(_issuer(request).sign_in(email=body.email.lower(), password=body.password, cookie=brought))


@router.post("/access-token")
def access_token(request: Request) -> Response:
    """Mint an access token, and replace the session credential.

    Source: RFC 6749 §5.1.
    """
    issuer = _issuer(request)
    renewed = issuer.renew(read_cookie(request))
    lifetime_seconds = issuer.policy.access_token_lifetime_seconds
    answer = {"access_token": renewed.access_token, "token_type": "Bearer", "expires_in": lifetime_seconds}
    return _json(answer, cookie=set_cookie(renewed.cookie, lifetime_seconds=renewed.lifetime_seconds))


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session; twice is as good as once."""
    brought = _brought_cookie(request)
    if brought is not None:
        _issuer(request).sign_out(brought)
    return _signed_out({"success": True})


@router.post("/revoke-sessions")
def sign_out_everywhere(request: Request) -> Response:
    """End every session of the account."""
    _issuer(request).sign_out_everywhere(read_cookie(request))
    return _signed_out({"status": True})


@router.post("/change-password")
def change_password(request: Request, body: ChangePassword) -> Response:
    """Replace the password, and every session by a fresh one."""
    cookie = read_cookie(request)
    return _opened(_issuer(request).change_password(cookie, current=body.current, new=body.new))


@router.post("/delete-user")
def delete_user(request: Request, body: DeleteUser) -> Response:
    """Delete the account."""
    _issuer(request).delete_account(read_cookie(request), password=body.password)
    return _signed_out({"success": True})


@router.get("/jwks")
def key_set(request: Request) -> Response:
    """Publish the keys access tokens are verified with."""
    issuer = _issuer(request)
    max_age = issuer.policy.api_key_set_lifetime_seconds
    return KeySetResponse(issuer.key_set(), headers={"Cache-Control": f"public, max-age={max_age}"})


def _issuer(request: Request) -> Issuer:
    return cast("Issuer", request.app.state.issuer)


def _brought_cookie(request: Request) -> str | None:
    try:
        return read_cookie(request)
    except SessionMissing:
        return None


def _json(body: dict[str, object], *, cookie: str) -> Response:
    return JSONResponse(body, headers={"Set-Cookie": cookie, "Cache-Control": "no-store"})


def _opened(opened: Opened) -> Response:
    account = opened.account
    user = {"id": account.id, "email": account.email, "name": account.name}
    return _json({"user": user}, cookie=set_cookie(opened.cookie, lifetime_seconds=opened.lifetime_seconds))


def _signed_out(body: dict[str, object]) -> Response:
    response = _json(body, cookie=CLEARED)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
