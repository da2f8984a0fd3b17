"""Where a token stands in a request: in the Authorization header, written in one way or another, or elsewhere."""

from collections.abc import Callable
from typing import Final

from pytest_bdd import when

from steps.requests import TEXT, octets_of
from steps.scene import Scene
from steps.targets.messages import Call
from steps.vocabulary import Phrase, Word, one_of

Carrier = Callable[[str], Call]

JSON: Final = ("Content-Type", "application/json")
FORM: Final = ("Content-Type", "application/x-www-form-urlencoded")


def _in_header(name: str, prefix: str = "") -> Carrier:
    return lambda token: Call(headers=[(name, f"{prefix}{token}")])


def _in_query(name: str) -> Carrier:
    return lambda token: Call(query=f"{name}={token}")


def _in_form(method: str, path: str) -> Carrier:
    return lambda token: Call(method, path, headers=[FORM], body=f"access_token={token}".encode())


def _in_json(token: str) -> Call:
    return Call("POST", "/echo", headers=[JSON], body=f'{{"text": "", "access_token": "{token}"}}'.encode())


CARRIERS: Final[dict[str, Carrier]] = {
    'the header "Authorization"': _in_header("Authorization", "Bearer "),
    'the header "Proxy-Authorization"': _in_header("Proxy-Authorization", "Bearer "),
    'the header "X-Access-Token"': _in_header("X-Access-Token"),
    'the header "X-Auth-Token"': _in_header("X-Auth-Token"),
    'the header "X-Forwarded-Access-Token"': _in_header("X-Forwarded-Access-Token"),
    'the cookie "access_token"': _in_header("Cookie", "access_token="),
    'the cookie "__Host-session"': _in_header("Cookie", "__Host-session="),
    'the cookie "token"': _in_header("Cookie", "token="),
    'the cookie "jwt"': _in_header("Cookie", "jwt="),
    'the query parameter "access_token"': _in_query("access_token"),
    'the query parameter "token"': _in_query("token"),
    'the query parameter "jwt"': _in_query("jwt"),
    'the query parameter "auth_token"': _in_query("auth_token"),
    'the query parameter "bearer"': _in_query("bearer"),
    "a form field": _in_form("POST", "/echo"),
    "a form field of a GET request": _in_form("GET", "/me"),
    "a member of a JSON body": _in_json,
}
"""Where a token may stand; only the first is read."""

CARRIER: Final = Word(one_of(*CARRIERS))

BODIES: Final[dict[str, bytes]] = {
    "a well-formed body": b'{"text": "Hello"}',
    "a body that is cut short": b'{"text": "Hel',
    "a body without what it must hold": b"{}",
    "a body of another type": b'{"text": 7}',
    "a body of a megabyte": b'{"text": "' + b"x" * 1_000_000 + b'"}',
}


@when(Phrase('{actor} sends the Authorization header "{text}"', text=TEXT))
def sends_header(scene: Scene, actor: str, text: str) -> None:
    """Call the API's protected route with this header value, octet for octet."""
    person = scene.person(actor)
    call = Call(headers=[("Authorization", octets_of(scene, person, text))])
    scene.answer = scene.target.call(call, sender=person.name)


@when(Phrase("{actor} sends it as {carrier}", carrier=CARRIER))
def sends_as(scene: Scene, actor: str, carrier: str) -> None:
    """Call the API with the access token in one place of the request, and nowhere else."""
    person = scene.person(actor)
    scene.answer = scene.target.call(CARRIERS[carrier](person.token.finish()), sender=person.name)


@when(Phrase("{actor} sends {body} {bearing}", body=Word(one_of(*BODIES)), bearing=Word("with it|without a token")))
def sends_body(scene: Scene, actor: str, body: str, bearing: str) -> None:
    """Post a body to the API, with the access token in the Authorization header or without any."""
    person = scene.person(actor)
    bearer = [("Authorization", octets_of(scene, person, "Bearer {token}"))] if bearing == "with it" else []
    call = Call("POST", "/echo", headers=[JSON, *bearer], body=BODIES[body])
    scene.answer = scene.target.call(call, sender=person.name)


@when(Phrase("{owner} browser asks leave to send a token"))
def asks_leave(scene: Scene, owner: str) -> None:
    """Send the preflight by which a browser asks whether a page may send an Authorization header."""
    person = scene.person(owner)
    wish = [("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization")]
    scene.answer = scene.target.call(Call("OPTIONS", headers=wish), sender=person.name)
