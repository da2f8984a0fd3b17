"""Several instances of a party: started at different times, restarted, reached by different requests, clocks apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pytest_bdd import given, then, when

from steps.scene import Scene
from steps.sessions import be_signed_up, keep_token
from steps.tokens import hold_token
from steps.vocabulary import GRANTED, Phrase, Verdict, Word, one_of

PARTIES: Final = {"the API": "API", "the issuer": "Issuer"}
INSTANCES: Final = ("the first instance", "the second instance", "a new instance")
AHEAD: Final = {"ahead": 1, "behind": -1}

INSTANCE: Final = Word(one_of(*INSTANCES))
PARTY: Final = Word(one_of(*PARTIES), PARTIES.__getitem__)


@contextmanager
def _reached(scene: Scene, party: str, instance: str) -> Iterator[None]:
    with scene.target.reached(party, instance.split()[1]):
        yield


@given(Phrase("{party} has restarted", party=PARTY))
def has_restarted(scene: Scene, party: str) -> None:
    """End a party's process and start it anew; all it had in memory is gone."""
    scene.target.restart(party)


@given(Phrase("the API's clock is {seconds} seconds {way}", way=Word(one_of(*AHEAD), AHEAD.__getitem__)))
def clock_is_off(scene: Scene, seconds: int, way: int) -> None:
    """Let the API's clock differ from everybody else's."""
    scene.target.set_api_clock_off(way * seconds)


@when(Phrase("{actor} presents it to {instance} of the API", instance=INSTANCE))
def presents_to(scene: Scene, actor: str, instance: str) -> None:
    """Present the access token to one of several instances; all but the first are started when they are first asked."""
    person = scene.person(actor)
    with _reached(scene, "API", instance):
        scene.answer = scene.target.present(person.token.finish(), sender=person.name)


@given(Phrase("{actor} has asked {instance} of the issuer for a new access token", instance=INSTANCE))
@when(Phrase("{actor} asks {instance} of the issuer for a new access token", instance=INSTANCE))
def asks_instance(scene: Scene, actor: str, instance: str) -> None:
    """Renew at one of several instances; all but the first are started when they are first asked."""
    person = scene.person(actor)
    with _reached(scene, "Issuer", instance):
        scene.answer = keep_token(scene, person, person.browser.renew())


@given(Phrase("{actor} has signed out of {count} other sessions"))
def has_signed_out_elsewhere(scene: Scene, actor: str, count: int) -> None:
    """Sign in and out again in other browsers, so many times."""
    person = be_signed_up(scene, actor)
    for _ in range(count):
        browser = scene.target.browser(person.name)
        assert browser.sign_in(email=person.email, password=person.password).verdict == GRANTED
        assert browser.sign_out().verdict == GRANTED


@when(Phrase("{actor} and {other:actor} present theirs {count} times each, at once"))
def present_at_once(scene: Scene, actor: str, other: str, count: int) -> None:
    """Have two people call the API's protected route in so many requests each, mixed, before any is answered."""
    pair = [hold_token(scene, name).finish() for name in (actor, other)]
    scene.answers = scene.target.present_together(pair * count, at_once=True)
    granted = sum(answer.verdict == GRANTED for answer in scene.answers)
    scene.exchanges.note("crowd", requests=len(scene.answers), granted=granted)


@then(Phrase("each of them is answered with her own name"))
def answered_with_own_name(scene: Scene) -> None:
    """Compare the subject in each answer with the person who asked."""
    subjects = [person.subject for person in scene.people.values() if person.draft]
    expected = subjects * (len(scene.answers) // len(subjects))
    assert [scene.target.subject_of(answer) for answer in scene.answers] == expected


@then(Phrase("access is {verdict} each time"))
def access_is_each_time(scene: Scene, verdict: Verdict) -> None:
    """Compare every answer to a crowd of requests."""
    seen = {answer.verdict for answer in scene.answers}
    assert seen, "nothing was asked"
    assert all(scene.target.accepts(each, verdict) for each in seen), (
        f"expected {verdict}, access was {' or '.join(sorted(map(str, seen)))}"
    )
