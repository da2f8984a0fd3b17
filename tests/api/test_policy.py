"""A wrong value stops the start with one sentence that names the variable."""

from typing import Any

import pytest

from reference_impl.api import Policy, create_app
from reference_impl.api.policy import PolicyError

GOOD = {"ISSUER": "https://app.example", "AUDIENCE": "https://api.example"}
NAMES: dict[str, Any] = {name.lower(): value for name, value in GOOD.items()}


def test_two_variables_are_enough() -> None:
    policy = Policy.from_environment(GOOD)
    assert policy.jwks_url == "https://app.example/api/auth/jwks"
    assert policy.algorithms == ("EdDSA",)


def test_nothing_is_believed_that_is_not_set() -> None:
    assert Policy.from_environment(GOOD) == Policy(issuer=GOOD["ISSUER"], audience=GOOD["AUDIENCE"])


def test_every_variable_is_read() -> None:
    policy = Policy.from_environment(
        {
            "ISSUER": "https://app.example/",
            "AUDIENCE": "api",
            "JWKS_URL": "https://keys.example/jwks",
            "ALGORITHMS": "EdDSA, ES256",
            "ALLOWED_ORIGINS": "https://app.example,https://www.app.example:8443",
            "CLIENT_IDS": "web, mobile,",
            "DENIED_KEY_IDS": "key-1",
            "TRUSTED_PROXIES": "10.0.0.1",
            "ENVIRONMENT": "development",
            "DOCS_URL": "https://docs.example/",
        }
    )
    assert policy == Policy(
        issuer="https://app.example/",
        audience="api",
        jwks_url="https://keys.example/jwks",
        algorithms=("EdDSA", "ES256"),
        allowed_origins=("https://app.example", "https://www.app.example:8443"),
        client_ids=frozenset({"web", "mobile"}),
        denied_key_ids=frozenset({"key-1"}),
        trusted_proxies=("10.0.0.1",),
        environment="development",
        docs_url="https://docs.example",
    )


@pytest.mark.parametrize("issuer", ["https://app.example/", "https://app.example/X/"])
def test_a_slash_at_the_end_is_not_doubled(issuer: str) -> None:
    policy = Policy(issuer=issuer, audience="api", docs_url="https://docs.example/X/")
    assert policy.jwks_url == f"{issuer}api/auth/jwks"
    assert policy.docs_url == "https://docs.example/X"


@pytest.mark.parametrize("variable", ["ISSUER", "AUDIENCE"])
def test_a_variable_that_is_missing_stops_the_start(variable: str) -> None:
    with pytest.raises(PolicyError, match=f"^{variable} must "):
        Policy.from_environment({name: value for name, value in GOOD.items() if name != variable})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ISSUER", ""),
        ("ISSUER", "http://app.example"),
        ("ISSUER", "app.example"),
        ("ISSUER", "https://user@app.example"),
        ("ISSUER", "https://[bad"),
        ("ISSUER", "https://app.example:port"),
        ("ISSUER", "https://app.example:0"),
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
    assert sentence.startswith(f"{variable} m")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "change",
    [{"leeway_seconds": -1}, {"leeway_seconds": 301}, {"jwk_set_lifetime_seconds": 0}, {"realm": 'a"b'}, {"realm": ""}],
)
def test_an_unsafe_number_or_name_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(PolicyError, match=f"^{next(iter(change)).upper()} must "):
        Policy(**NAMES, **change)


@pytest.mark.parametrize("leeway_seconds", [0, 300])
def test_a_leeway_of_nothing_or_of_five_minutes_is_allowed(leeway_seconds: int) -> None:
    assert Policy(**NAMES, leeway_seconds=leeway_seconds).leeway_seconds == leeway_seconds


def test_any_real_port_is_allowed() -> None:
    assert Policy(issuer="https://app.example:1", audience="api").jwks_url == "https://app.example:1/api/auth/jwks"


def test_the_sentence_says_which_schemes_are_allowed_where() -> None:
    with pytest.raises(PolicyError, match=r"an https URL without .* in production\.$"):
        Policy(issuer="ftp://app.example", audience="api")
    with pytest.raises(PolicyError, match=r"an https or http URL without .* in development\.$"):
        Policy(issuer="ftp://app.example", audience="api", environment="development")


def test_the_sentence_says_which_algorithms_there_are() -> None:
    with pytest.raises(PolicyError, match=r" EdDSA, Ed25519, ES256, RS256\.$"):
        Policy(**NAMES, algorithms=("none",))


def test_development_may_use_plain_http() -> None:
    policy = Policy.from_environment({**GOOD, "ISSUER": "http://localhost:8000", "ENVIRONMENT": "development"})
    assert policy.jwks_url == "http://localhost:8000/api/auth/jwks"
