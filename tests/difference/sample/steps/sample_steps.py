"""A session of two states and a token with an audience, small enough to compare changes of their scenarios."""

import pytest
from pytest_bdd import given, parsers, then, when

MOVES = {
    ("signed out", "sign in"): ("granted", "active"),
    ("signed out", "sign out"): ("granted", "signed out"),
    ("signed out", "renew"): ('refused as "session_missing"', "signed out"),
    ("active", "sign in"): ("granted", "active"),
    ("active", "sign out"): ("granted", "signed out"),
    ("active", "renew"): ("granted", "active"),
}
CLAIMS = ["iss", "sub", "aud", "exp", "azp"]


@pytest.fixture
def world() -> dict[str, str]:
    """Hold what the steps of one scenario share."""
    return {}


@given("Ada holds an access token")
def holds(world: dict[str, str]) -> None:
    """Give her a token for this API."""
    world["audience"] = "api"


@given(parsers.re(r'its audience is "(?P<audience>.*)"'))
def has_audience(world: dict[str, str], audience: str) -> None:
    """Write another audience into it."""
    world["audience"] = audience


@when("she presents it")
def presents(world: dict[str, str]) -> None:
    """Show it to the API."""
    refusals = {"api": "granted", "": 'refused as "token_missing"'}
    world["answer"] = refusals.get(world["audience"], 'refused as "token_invalid"')


@then(parsers.re(r'(?:access|the answer) is (?P<answer>granted|refused as "\w+")'))
def answers(world: dict[str, str], answer: str) -> None:
    """Compare the answer."""
    assert world["answer"] == answer


@then("it carries exactly these claims:")
def carries(datatable: list[list[str]]) -> None:
    """Compare the names of its claims."""
    assert [row[0] for row in datatable[1:]] == CLAIMS


@given(parsers.re(r"(?:Ada's|her) session is (?P<state>signed out|active)"))
def begins(world: dict[str, str], state: str) -> None:
    """Bring the session into a state."""
    world["state"] = state


@given(parsers.re(r'her session has met "(?P<event>sign in|sign out|renew)"'))
@when(parsers.re(r'her session meets "(?P<event>sign in|sign out|renew)"'))
def meets(world: dict[str, str], event: str) -> None:
    """Let something happen to the session."""
    world["answer"], world["state"] = MOVES[world["state"], event]


@then(parsers.re(r"her session is (?P<state>signed out|active)"))
def ends(world: dict[str, str], state: str) -> None:
    """Compare the state."""
    assert world["state"] == state
