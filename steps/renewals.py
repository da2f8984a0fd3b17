"""Renewals that meet: two tabs at once, an answer that was lost, and what each renewal gave."""

import json
from typing import Final

from pytest_bdd import given, then, when

from steps.scene import Scene
from steps.sessions import keep_token
from steps.targets.messages import Answer
from steps.vocabulary import GRANTED, Phrase, Verdict, Word, one_of

ORDERS: Final = {"a moment before": ("renew", "sign out"), "at once": (), "a moment later": ("sign out", "renew")}
SAMENESS: Final = {"the same session credential": 1, "two session credentials": 2}


def credentials_given(scene: Scene) -> list[str]:
    """List every session credential that the issuer has set as a cookie, in order."""
    lines = [line for _, response in scene.target.archive for line in response.headers.get_list("set-cookie")]
    pairs = [line.partition(";")[0].partition("=") for line in lines]
    return [value for name, _, value in pairs if value and name == scene.target.session_cookie]


def tokens_given(scene: Scene) -> list[str]:
    """List every access token that the issuer has given, in order."""
    bodies = [response.text for _, response in scene.target.archive if "access_token" in response.text]
    return [json.loads(body)["access_token"] for body in bodies]


@given(Phrase("{actor} has asked for {count} new access tokens"))
def has_asked_for_tokens(scene: Scene, actor: str, count: int) -> None:
    """Renew so many times, within one second."""
    person = scene.person(actor)
    for _ in range(count):
        assert keep_token(scene, person, person.browser.renew()).verdict == GRANTED


@given(Phrase("the answer to {owner} renewal was lost"))
def answer_was_lost(scene: Scene, owner: str) -> None:
    """Renew, and keep the session credential that was replaced, as a browser does that never saw the answer."""
    browser = scene.person(owner).browser
    held = browser.credential
    assert browser.renew().verdict == GRANTED
    browser.credential = held


@given(Phrase("{owner} browser has lost its cookies"))
def has_lost_cookies(scene: Scene, owner: str) -> None:
    """Forget every cookie, the session credential among them."""
    scene.person(owner).browser.credential = None


@when(Phrase("{actor} asks for a new access token in two tabs at once"))
def asks_in_two_tabs(scene: Scene, actor: str) -> None:
    """Send two renewals with the same session credential before either is answered; keep the worse answer."""
    person = scene.person(actor)
    answers = scene.target.at_once(person.browser, "renew", "renew")
    scene.answer = _worst(answers)
    keep_token(scene, person, answers[-1])


@when(
    Phrase(
        "{actor} signs out in one tab and asks for a new access token in another, {order}", order=Word(one_of(*ORDERS))
    )
)
def signs_out_while_renewing(scene: Scene, actor: str, order: str) -> None:
    """Send both with the session credential that both tabs hold; keep the answer to the sign-out.

    At once, each is sent before the other is answered, and the issuer sees first which it sees first.
    """
    browser = scene.person(actor).browser
    if order == "at once":
        scene.answer = scene.target.at_once(browser, "sign out", "renew")[0]
        return
    held, answers = browser.credential, {}
    for act in ORDERS[order]:
        browser.credential = held
        answers[act] = browser.renew() if act == "renew" else browser.sign_out()
    scene.answer = answers["sign out"]


def _worst(answers: list[Answer]) -> Answer:
    return next((answer for answer in answers if answer.verdict != GRANTED), answers[-1])


@then(Phrase("both renewals gave {sameness}", sameness=Word(one_of(*SAMENESS))))
def both_gave(scene: Scene, sameness: str) -> None:
    """Compare the session credentials that the last two renewals set."""
    given_last = credentials_given(scene)[-2:]
    assert len(set(given_last)) == SAMENESS[sameness], f"{len(set(given_last))} credentials were given"


@then(Phrase("every session credential that {actor} ever held is {verdict}"))
def every_credential_is(scene: Scene, actor: str, verdict: Verdict) -> None:
    """Ask for a new access token with each session credential that the issuer has set in this scenario."""
    thief = scene.target.browser(f"{scene.person(actor).name}'s copies")
    held = dict.fromkeys(credentials_given(scene))
    assert held, "no session credential was given"
    for credential in held:
        thief.credential = credential
        seen = thief.renew().verdict
        assert scene.target.accepts(seen, verdict), f"expected {verdict}, the answer was {seen}"
