"""What the API answers, and why."""

from pytest_bdd import then, when

from steps.scene import Scene
from steps.vocabulary import Phrase, Verdict


@when(Phrase("{actor} presents it"))
def presents_it(scene: Scene, actor: str) -> None:
    """Call the API's protected route with the access token in the Authorization header."""
    person = scene.person(actor)
    scene.answer = scene.target.present(person.token.finish(), sender=person.name)


@when(Phrase("{actor} calls the API without a token"))
def calls_without_token(scene: Scene, actor: str) -> None:
    """Call the API's protected route without any credential."""
    scene.answer = scene.target.present(None, sender=scene.person(actor).name)


@then(Phrase("access is {verdict}"))
def access_is(scene: Scene, verdict: Verdict) -> None:
    """Compare the API's answer: granted, or refused under a code."""
    assert scene.verdict == verdict, f"expected {verdict}, access was {scene.verdict}"


@then(Phrase('the log gives the reason "{reason}"'))
def log_gives_reason(scene: Scene, reason: str) -> None:
    """Compare the reason in the API's log, which the caller is never told."""
    logged = scene.target.reason()
    scene.exchanges.note("log", reason=logged)
    assert logged == reason, f'expected "{reason}", the log gives "{logged}"'


@then(Phrase("the API answers {other:owner} name"))
def api_names(scene: Scene, other: str) -> None:
    """Compare the subject that the API saw with the account's own."""
    assert scene.answer.body["sub"] == scene.people[other].subject
