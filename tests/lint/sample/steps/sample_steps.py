"""The phrases of a gate."""

from pytest_bdd import given, parsers, then, when


@given(parsers.re(r"the gate is (?P<state>.+)"))
@given(parsers.re(r'the claim "(?P<name>\w+)" is asked for'))
def given_gate(**words: str) -> None:
    """Bring the gate into a state."""


@when(parsers.re(r"(?P<actor>Ada|Grace) (?P<act>pushes|pays|asks over HTTP)"))
def act(actor: str, act: str) -> None:
    """Let somebody act."""


@then(parsers.re(r"the gate is (?P<state>open|closed|half open|ajar|open and should stay so)"))
@then(parsers.re(r'she is refused as "(?P<code>\w+)"'))
@then("these claims are carried:")
def compare(**words: str) -> None:
    """Compare what came of it."""
