"""Configuration: what stops the start, and in which words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reference_impl.issuer import ConfigurationError, Policy, Profile

GOOD = {"ISSUER": "https://app.example", "AUDIENCE": "https://api.example"}


def test_two_variables_are_enough() -> None:
    policy = Policy.from_environment(GOOD)
    assert (policy.profile, policy.trusted_origins) == (Profile.STATELESS, ("https://app.example",))


def test_every_variable_is_read() -> None:
    given = {
        "CLIENT_ID": "shop",
        "DATABASE_URL": "postgresql://db/issuer",
        "PROFILE": "strict",
        "ALGORITHM": "ES256",
        "ENVIRONMENT": "development",
        "TRUSTED_ORIGINS": "https://app.example, https://shop.example",
        "TRUSTED_PROXIES": "10.0.0.1",
        "DOCS_URL": "https://docs.example/",
    }
    policy = Policy.from_environment({**GOOD, **given})
    assert (policy.client_id, policy.profile, policy.algorithm) == ("shop", "strict", "ES256")
    assert policy.trusted_origins == ("https://app.example", "https://shop.example")
    assert (policy.trusted_proxies, policy.docs_url) == (("10.0.0.1",), "https://docs.example")


def test_a_replaced_key_stays_for_the_lifetime_the_cache_and_the_leeway() -> None:
    assert Policy.from_environment(GOOD).key_overlap_seconds == 300 + 300 + 30


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ISSUER", ""),
        ("ISSUER", "app.example"),
        ("ISSUER", "http://app.example"),
        ("ISSUER", "https://user:secret@app.example"),
        ("ISSUER", "https://app.example/#x"),
        ("ISSUER", "https://[::1"),
        ("ISSUER", "https://app.example/" + "x" * 200),
        ("AUDIENCE", ""),
        ("AUDIENCE", 'a"b'),
        ("CLIENT_ID", "a b"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "mysql://db/issuer"),
        ("PROFILE", "lax"),
        ("ALGORITHM", "none"),
        ("ALGORITHM", "HS256"),
        ("ENVIRONMENT", "test"),
        ("TRUSTED_ORIGINS", "*"),
        ("TRUSTED_ORIGINS", "https://*.example"),
        ("TRUSTED_ORIGINS", "https://app.example/"),
        ("TRUSTED_ORIGINS", "http://app.example"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"^[^\n]*{variable}[^\n]*\.$"):
        Policy.from_environment({**GOOD, variable: value})


@pytest.mark.parametrize("wrong", [{"AUDIENCE": ""}, {"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite"}])
def test_uvicorn_stops_with_the_sentence_and_no_traceback(wrong: dict[str, str], tmp_path: Path) -> None:
    (variable,) = wrong
    command = [sys.executable, "-m", "uvicorn", "--factory", "reference_impl.issuer:create_app", "--port", "0"]
    environment = {**os.environ, **GOOD, **wrong}
    stopped = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert stopped.returncode != 0
    assert len(stopped.stderr.strip().splitlines()) == 1
    assert variable in stopped.stderr
