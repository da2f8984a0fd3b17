"""What the API answers, and why."""

from json import loads
from typing import Final

from pytest_bdd import given, then, when

from steps.scene import Scene
from steps.values import json_text
from steps.vocabulary import Phrase, Verdict, Word, one_of

CLIENTS: Final[dict[str, tuple[str, ...]]] = {"any client": (), 'the client "web" only': ("web",)}


@given(Phrase("the API serves {clients}", clients=Word(one_of(*CLIENTS))))
def api_serves(scene: Scene, clients: str) -> None:
    """Start the API with a list of the clients it serves, or with none."""
    scene.target.serve_clients(*CLIENTS[clients])


@given(Phrase("{actor} has presented it"))
@when(Phrase("{actor} presents it"))
def presents_it(scene: Scene, actor: str) -> None:
    """Call the API's protected route with the access token in the Authorization header."""
    person = scene.person(actor)
    scene.answer = scene.target.present(person.token.finish(), sender=person.name)


@when(Phrase("{actor} presents it in a request that takes {duration}"))
def presents_it_slowly(scene: Scene, actor: str, duration: int) -> None:
    """Call a protected route with a body that arrives so long after its Authorization header."""
    person = scene.person(actor)
    scene.answer = scene.target.present_slowly(person.token.finish(), sender=person.name, seconds=duration)


@when(Phrase("{actor} asks the API for {other:owner} account"))
def asks_for_account(scene: Scene, actor: str, other: str) -> None:
    """Call the API for one account's data, which its owner alone may read, with the access token she holds."""
    person, owner = scene.person(actor), scene.people.get(other)
    subject = owner.subject if owner and owner.subject else "nobody"
    scene.answer = scene.target.ask_for_account(subject, person.token.finish(), sender=person.name)


@then(Phrase("access is {verdict}"))
def access_is(scene: Scene, verdict: Verdict) -> None:
    """Compare the API's answer: granted, or refused under a code."""
    assert scene.target.accepts(scene.verdict, verdict), f"expected {verdict}, access was {scene.verdict}"


@then(Phrase('the log gives the reason "{reason}"'))
def log_gives_reason(scene: Scene, reason: str) -> None:
    """Compare the reason in the API's log, which the caller is never told."""
    with scene.if_seen():
        logged = scene.target.reason()
        scene.exchanges.note("log", reason=logged)
        scene.expect(logged == reason, f'expected "{reason}", the log gives "{logged}"')


@then(Phrase("the API answers {other:owner} name"))
def api_names(scene: Scene, other: str) -> None:
    """Compare the subject that the API saw with the account's own."""
    with scene.if_seen():
        assert scene.target.subject_of(scene.answer) == scene.people[other].subject


@then(Phrase("the API names the subject {json}"))
def api_names_subject(scene: Scene, json: str) -> None:
    """Compare the subject that the API saw with this text, character by character."""
    with scene.if_seen():
        assert scene.target.subject_of(scene.answer) == loads(json_text(json, scene.target.now()))
