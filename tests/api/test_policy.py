"""A wrong value stops the start with one sentence that names the variable."""

from typing import Any

import pytest

from reference_impl.api import Policy, create_app
from reference_impl.api.policy import PolicyError

GOOD = {"ISSUER": "https://app.example", "AUDIENCE": "https://api.example"}


def test_two_variables_are_enough() -> None:
    policy = Policy.from_environment(GOOD)
    assert policy.jwks_url == "https://app.example/api/auth/jwks"
    assert policy.algorithms == ("EdDSA",)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ISSUER", ""),
        ("ISSUER", "http://app.example"),
        ("ISSUER", "app.example"),
        ("ISSUER", "https://user@app.example"),
        ("ISSUER", "https://[bad"),
        ("ISSUER", "https://app.example:port"),
        ("ISSUER", "https://app.example#part"),
        ("AUDIENCE", ""),
        ("AUDIENCE", " "),
        ("JWKS_URL", "http://app.example/jwks"),
        ("JWKS_URL", "file:///etc/passwd"),
        ("JWKS_URL", "data:application/json,{}"),
        ("ALGORITHMS", ""),
        ("ALGORITHMS", "none"),
        ("ALGORITHMS", "EdDSA,HS256"),
        ("ALGORITHMS", "eddsa"),
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", "https://*.example"),
        ("ALLOWED_ORIGINS", "http://app.example"),
        ("ALLOWED_ORIGINS", "https://app.example/"),
        ("ALLOWED_ORIGINS", "null"),
        ("ENVIRONMENT", "prod"),
        ("TRUSTED_PROXIES", "*"),
    ],
)
def test_an_unsafe_variable_stops_the_start(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    for name, good in {**GOOD, variable: value}.items():
        monkeypatch.setenv(name, good)
    with pytest.raises(SystemExit) as stop:
        create_app()
    sentence = str(stop.value)
    assert sentence.startswith(variable)
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "change",
    [{"leeway_seconds": -1}, {"leeway_seconds": 301}, {"jwk_set_lifetime_seconds": 0}, {"realm": 'a"b'}, {"realm": ""}],
)
def test_an_unsafe_number_or_name_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(PolicyError, match=next(iter(change)).upper()):
        Policy(issuer="https://app.example", audience="https://api.example", **change)


def test_development_may_use_plain_http() -> None:
    policy = Policy.from_environment({**GOOD, "ISSUER": "http://localhost:8000", "ENVIRONMENT": "development"})
    assert policy.jwks_url == "http://localhost:8000/api/auth/jwks"
