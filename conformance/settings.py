"""What a check is told: by options, or by the same keys in `watchword.toml` or `[tool.watchword]`."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping  # noqa: TC003 -- a constant is annotated with it
from pathlib import Path  # noqa: TC003 -- Pydantic reads the annotation
from typing import Any, Final, Literal, TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from conformance.errors import BadInvocation

OWN_FILE = "watchword.toml"
PROJECT_FILE = "pyproject.toml"
DEFAULT_AUDIENCE = "https://api.example.test"
LOCAL_NAMES = frozenset({"localhost"})

ROUTE: Final = r"^/"
ACCOUNT_ROUTE: Final = r"^/.*\{subject\}"
POINTER: Final = r"^(/.*)?$"
SHAPES: Final[Mapping[str, str]] = {
    ROUTE: "a path begins with a slash, as in /me",
    ACCOUNT_ROUTE: "it begins with a slash and says where the account's owner stands, as in /accounts/{subject}",
    POINTER: "a JSON Pointer begins with a slash, as in /user/id (RFC 6901)",
}
"""What a person is told of a text that has not the shape of its setting."""


class Settings(BaseModel):
    """What either check can be told; the names are those of its options."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    start: str | None = None
    url: str | None = None
    issuer: str | None = None
    audience: str = Field(DEFAULT_AUDIENCE, min_length=1)
    algorithm: Literal["EdDSA", "ES256", "RS256"] = "EdDSA"
    level: Literal["must", "should", "policy"] = "must"
    only: list[str] = []
    expected_failures: Path | None = None
    report: Path | None = None
    junit: Path | None = None
    json_file: Path | None = Field(None, alias="json")
    i_own_this_host: str | None = None
    start_patience: int = Field(30, ge=1, le=600)


class ApiSettings(Settings):
    """Everything `watchword check api` can be told."""

    path: str = Field("/", pattern=ROUTE)
    public_path: str | None = Field(None, pattern=ROUTE)
    account_path: str | None = Field(None, pattern=ACCOUNT_ROUTE)
    body_path: str | None = Field(None, pattern=ROUTE)
    socket_path: str | None = Field(None, pattern=ROUTE)
    defect_path: str | None = Field(None, pattern=ROUTE)
    setting: list[
        Literal["ALGORITHMS", "ALLOWED_ORIGINS", "CLIENT_IDS", "DENIED_KEY_IDS", "ENVIRONMENT", "TRUSTED_PROXIES"]
    ] = []
    obstacles: bool = False
    careless: bool = False
    log: Path | None = None
    events: bool = False
    token_type: Literal["at+jwt", "JWT", "none"] = "at+jwt"  # noqa: S105 -- a media type
    claims: dict[str, Any] = {}
    leeway: int | None = Field(None, ge=0, le=300)
    patience: int | None = Field(None, ge=0, le=86_400)
    move_clock: bool = False
    subject_pointer: str | None = Field(None, pattern=POINTER)
    stay: bool = False


class IssuerSettings(Settings):
    """Everything `watchword check issuer` can be told."""

    paths: Literal["better-auth", "nextjs-better-auth", "reference"] = "better-auth"
    profile: Literal["stateless", "strict"] = "stateless"
    grace: int = Field(10, ge=0, le=300)


Kind = TypeVar("Kind", bound=Settings)

TABLES: Final[Mapping[type[Settings], str]] = {ApiSettings: "check", IssuerSettings: "check-issuer"}
"""The table of a settings file that each check reads."""


def settle(options: Mapping[str, Any], folder: Path, kind: type[Kind]) -> Kind:
    """Join the options with what the folder's file says; an option wins.

    Raises:
        BadInvocation: a key or value makes no sense; the message names it and its place.
    """
    place, written = _written(folder, TABLES[kind])
    given = {name: value for name, value in options.items() if value not in (None, [], ())}
    try:
        kind.model_validate({name.replace("-", "_"): value for name, value in written.items()}, strict=False)
    except ValidationError as error:
        raise BadInvocation(f"{place}: {_first(error, kind)}") from None
    merged = {**{name.replace("-", "_"): value for name, value in written.items()}, **given}
    try:
        settings = kind.model_validate(merged, strict=False)
    except ValidationError as error:
        raise BadInvocation(f"--{_first(error, kind)}") from None
    _refuse_nonsense(settings)
    return settings


def _written(folder: Path, table: str) -> tuple[str, Mapping[str, Any]]:
    own, project = folder / OWN_FILE, folder / PROJECT_FILE
    if own.is_file():
        whole = _read(own)
        for name in sorted(whole.keys() - TABLES.values()):
            known = " and ".join(f"[{each}]" for each in TABLES.values())
            raise BadInvocation(f"{OWN_FILE}: {name} stands where only {known} may — put it under one of them")
        return OWN_FILE, _table(whole, table, OWN_FILE)
    if project.is_file():
        place = f"{PROJECT_FILE} [tool.watchword]"
        return place, _table(_table(_table(_read(project), "tool", place), "watchword", place), table, place)
    return "", {}


def _table(whole: Mapping[str, Any], name: str, place: str) -> Mapping[str, Any]:
    found = whole.get(name, {})
    if not isinstance(found, dict):
        raise BadInvocation(f"{place}: {name} is {found!r}, and has to be a table")
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInvocation(f"{path.name} is not TOML ({error}) — correct it there") from None


def _first(error: ValidationError, kind: type[Settings]) -> str:
    fault = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in fault["loc"]).replace("_", "-") or "settings"
    if fault["type"] == "extra_forbidden":
        command = "api" if kind is ApiSettings else "issuer"
        return f"{name} is no key of a check — `watchword check {command} --help` lists them"
    if fault["type"] == "string_pattern_mismatch":
        return f"{name} is {fault['input']!r}: {SHAPES[fault['ctx']['pattern']]}"
    return f"{name} is {fault['input']!r}: {fault['msg'][0].lower()}{fault['msg'][1:]}"


def _refuse_nonsense(settings: Settings) -> None:
    is_api = isinstance(settings, ApiSettings)
    party = "API" if is_api else "issuer"
    if settings.start is not None and not settings.start.strip():
        raise BadInvocation(f"--start is empty — give the command that starts the {party}")
    if (settings.start is None) == (settings.url is None):
        raise BadInvocation(
            f"say either --start COMMAND, to have the {party} started, or --url URL, where it already runs"
        )
    if is_api and settings.url is not None and settings.issuer is None:
        raise BadInvocation("--url needs --issuer URL: where this check listens as the issuer that your API trusts")
    if isinstance(settings, ApiSettings) and settings.move_clock and settings.start is None:
        raise BadInvocation(
            "--move-clock needs --start COMMAND: only a program that this check starts has its clock moved"
        )
    # What an issuer calls itself in its tokens is a name; nothing is sent there.
    for option, url in (("--url", settings.url), *([("--issuer", settings.issuer)] if is_api else [])):
        if url is not None:
            require_local(option, url, settings.i_own_this_host)


def require_local(option: str, text: str, owned_host: str | None) -> httpx.URL:
    """Return a URL on this machine, or on the host its owner has named.

    Raises:
        BadInvocation: it is no URL, or somebody else's host.
    """
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme != "http" or not url.host:
        raise BadInvocation(f"{option} {text} is no http:// URL — give one such as http://127.0.0.1:8080/me")
    if not (is_loopback(url.host) or url.host == owned_host):
        raise BadInvocation(
            f"{option} {text} is not on this machine — attacks are sent to loopback only; "
            f"if the host is yours, say so with --i-own-this-host {url.host}"
        )
    return url


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine, whatever a resolver says."""
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
