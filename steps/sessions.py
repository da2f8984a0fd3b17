"""Signing in, renewing, signing out: what a person does with her session, and where it stands."""

from collections.abc import Callable
from typing import Final

from pytest_bdd import given, when

from steps.drafts import Draft
from steps.scene import Person, Scene
from steps.targets.messages import Answer
from steps.vocabulary import GRANTED, SECONDS_PER_UNIT, Phrase, Word, one_of

WRONG_PASSWORD: Final = "not the password"  # noqa: S105 -- nobody's


def keep_token(scene: Scene, person: Person, answer: Answer) -> Answer:
    """Hand a person the access token that an answer carries, if it carries one."""
    if answer.verdict == GRANTED:
        person.draft = Draft(answer.body["access_token"], scene.target.trusted_signer)
        person.subject = person.draft.value_of("sub")
    return answer


def sign_in(scene: Scene, person: Person, password: str | None = None) -> Answer:
    """Sign in, and ask for a first access token as the frontend does."""
    answer = person.browser.sign_in(email=person.email, password=password or person.password)
    if answer.verdict == GRANTED:
        keep_token(scene, person, person.browser.renew())
    return answer


def change_password(scene: Scene, person: Person, current: str) -> Answer:
    """Choose another password, and go on with the session that the issuer opens for it."""
    new = person.next_password()
    answer = person.browser.change_password(current=current, new=new)
    if answer.verdict == GRANTED:
        person.password = new
        keep_token(scene, person, person.browser.renew())
    return answer


DEEDS: Final[dict[str, Callable[[Scene, Person, str], Answer]]] = {
    "signs in": sign_in,
    "changes her password": change_password,
    "deletes her account": lambda _, person, password: person.browser.delete_account(password=password),
}
"""What a person does with a password."""


def be_signed_up(scene: Scene, name: str) -> Person:
    """Return a person who has an account: the one that everybody has when a scenario begins."""
    person = scene.person(name)
    if not person.accounts:
        person.accounts = 1
        scene.target.have_account(person.name, email=person.email, password=person.password)
    return person


def be_signed_in(scene: Scene, name: str) -> Person:
    """Return a person whose session is active."""
    person = be_signed_up(scene, name)
    answer = sign_in(scene, person)
    scene.target.excuse(answer)
    assert answer.verdict == GRANTED, f"signing in was {answer.verdict}"
    return person


def be_in_session(scene: Scene, name: str) -> Person:
    """Return a person who holds a first access token, in the session that her signing up opened."""
    person = be_signed_up(scene, name)
    person.browser.credential = scene.target.first_credential(person.name)
    assert keep_token(scene, person, person.browser.renew()).verdict == GRANTED
    return person


@given(Phrase("the issuer follows the {profile} profile"))
def follow_profile(scene: Scene, profile: str) -> None:
    """Choose which of its two profiles the issuer follows."""
    scene.choose_profile(profile)


@given(Phrase("{actor} has signed up"))
def has_signed_up(scene: Scene, actor: str) -> None:
    """Open an account; nobody is signed in by it."""
    be_signed_up(scene, actor)


@given(Phrase("{actor} is signed in"))
def is_signed_in(scene: Scene, actor: str) -> None:
    """Sign in with the right password and ask for the first access token."""
    be_signed_in(scene, actor)


@given(Phrase("{actor} writes her address in capitals"))
def writes_in_capitals(scene: Scene, actor: str) -> None:
    """Write the letters of her e-mail address large from here on."""
    scene.person(actor).writes_in_capitals = True


@given(Phrase("{owner} session has been renewed every day for {count} days"))
def has_been_renewed(scene: Scene, owner: str, count: int) -> None:
    """Sign in, and ask for a new access token once a day for so many days."""
    person = be_signed_in(scene, owner)
    for _ in range(count):
        scene.target.pass_time(SECONDS_PER_UNIT["day"])
        assert person.browser.renew().verdict == GRANTED


@when(Phrase("{actor} {deed} with {password} password", deed=Word(one_of(*DEEDS)), password=Word("the right|a wrong")))
def does_with_password(scene: Scene, actor: str, deed: str, password: str) -> None:
    """Ask the issuer for what it does for a password alone, or for a session and a password."""
    person = scene.person(actor)
    scene.answer = DEEDS[deed](scene, person, person.password if password == "the right" else WRONG_PASSWORD)  # noqa: S105 -- words of the step


@given(Phrase("{actor} has failed to sign in {count} times"))
def has_failed_to_sign_in(scene: Scene, actor: str, count: int) -> None:
    """Try a wrong password so many times, from her own browser."""
    for _ in range(count):
        assert sign_in(scene, scene.person(actor), WRONG_PASSWORD).verdict != GRANTED


@when(Phrase("{actor} asks for a new access token"))
def asks_for_token(scene: Scene, actor: str) -> None:
    """Renew: present the session credential to the issuer, which replaces it and mints an access token."""
    person = scene.person(actor)
    scene.answer = keep_token(scene, person, person.browser.renew())


@given(Phrase("{actor} has signed out"))
@when(Phrase("{actor} signs out"))
def signs_out(scene: Scene, actor: str) -> None:
    """End this session."""
    scene.answer = scene.person(actor).browser.sign_out()


@given(Phrase("{actor} has deleted her account"))
def has_deleted_account(scene: Scene, actor: str) -> None:
    """Close the account, as its owner does, with her password."""
    person = scene.person(actor)
    answer = person.browser.delete_account(password=person.password)
    assert answer.verdict == GRANTED, f"deleting the account was {answer.verdict}"


@given(Phrase("{actor} holds a copy of {other:owner} session credential"))
def holds_copy(scene: Scene, actor: str, other: str) -> None:
    """Copy a session credential into another browser, as who stole the cookie would."""
    stolen = scene.person(other).browser.credential
    scene.person(actor).browser.credential = stolen
