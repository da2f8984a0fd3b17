"""The frontend's server: what pages ask through it, and what the API and the browser are sent on account of that."""

from typing import Final

from httpx import Request
from pytest_bdd import given, then, when

from steps.scene import Scene
from steps.sessions import be_signed_up
from steps.targets.asgi import API
from steps.targets.browser import ISSUER
from steps.targets.messages import Call
from steps.vocabulary import GRANTED, Phrase, Word, one_of

BODY: Final = b'{"text": "Hello"}'
ASKED: Final = {
    "her name": ("GET", "/me"),
    "an echo": ("POST", "/echo"),
    "somebody's account": ("GET", "/accounts/somebody"),
    "the API's description": ("GET", "/openapi.json"),
    "a change of her name": ("POST", "/me"),
    "a name at another host": ("GET", "//evil.example/me"),
}
"""What a page asks for; the first two are listed."""

SENT: Final = ("nothing", "a token and no cookie")


@given(Phrase("{actor} is signed in behind the frontend's server"))
def is_signed_in_behind(scene: Scene, actor: str) -> None:
    """Sign in with the right password; the page asks for no access token, since it has no use for one."""
    person = be_signed_up(scene, actor)
    answer = person.browser.sign_in(email=person.email, password=person.password)
    assert answer.verdict == GRANTED, f"signing in was {answer.verdict}"


@given(Phrase("{actor} has asked the frontend's server for {what}", what=Word("her name")))
@when(Phrase("{actor} asks the frontend's server for {what}", what=Word(one_of(*ASKED))))
def asks_frontend(scene: Scene, actor: str, what: str) -> None:
    """Send a request to the frontend's server, as a script of its page does, with the browser's cookie."""
    person = scene.person(actor)
    method, path = ASKED[what]
    headers = [("Content-Type", "application/json"), ("Origin", ISSUER)] if method == "POST" else []
    call = Call(method, f"/bff{path}", headers=headers, body=BODY if method == "POST" else b"")
    scene.answer = scene.target.ask_frontend(person.browser, call, sender=person.name)


@then(Phrase("no access token has reached {owner} browser"))
def no_token_reached(scene: Scene, owner: str) -> None:
    """Look in all that the frontend's server answered for the tokens that the API was sent."""
    tokens = [request.headers["authorization"].split()[1] for request in _asked_of_api(scene)]
    assert tokens, "the API was sent no token"
    answers = [response for request, response in scene.target.archive if request.url.path.startswith("/bff/")]
    for answer in answers:
        told = f"{answer.headers.multi_items()} {answer.text}"
        assert not any(token in told for token in tokens), f"{scene.person(owner).name}'s browser was given a token"


@then(Phrase("the API has been sent {sent}", sent=Word(one_of(*SENT))))
def api_was_sent(scene: Scene, sent: str) -> None:
    """Compare what every request to the API carried; `nothing` says that there was none."""
    asked = _asked_of_api(scene)
    if sent == "nothing":
        assert not asked, f"the API was asked for {[request.url.path for request in asked]}"
        return
    assert asked, "the API was asked nothing"
    for request in asked:
        assert request.headers["authorization"].startswith("Bearer "), request.headers
        assert "cookie" not in request.headers, request.headers


def _asked_of_api(scene: Scene) -> list[Request]:
    return [request for request, _ in scene.target.archive if str(request.url).startswith(API)]
