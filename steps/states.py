"""The states of a session and the events it meets: the complete table of the contract, section 4."""

from collections.abc import Callable
from typing import Final

from pytest_bdd import given, then, when

from steps.scene import Person, Scene
from steps.sessions import be_signed_in, keep_token, sign_in
from steps.targets.target import Answer
from steps.vocabulary import GRANTED, Phrase, Verdict, Word, one_of

ACCESS_TOKEN_END_SECONDS: Final = 300 + 30
"""An access token's lifetime and the API's leeway: from here on it is refused."""

KEY_SET_CACHE_SECONDS: Final = 300
IDLE_LIMIT_SECONDS: Final = 7 * 86400
ABSOLUTE_LIMIT_SECONDS: Final = 30 * 86400

Act = Callable[[Scene, Person], Answer | None]


def _pass(seconds: int) -> Act:
    def act(scene: Scene, _: Person) -> None:
        scene.target.pass_time(seconds)

    return act


def _sign_up(scene: Scene, person: Person) -> Answer:
    person.accounts += 1
    answer = person.browser.sign_up(name=person.name, email=person.email, password=person.password)
    return answer if answer.verdict != GRANTED else _with_token(scene, person, answer)


def _with_token(scene: Scene, person: Person, answer: Answer) -> Answer:
    keep_token(scene, person, person.browser.renew())
    return answer


def _sign_out(_: Scene, person: Person) -> Answer:
    return _without_token(person, person.browser.sign_out())


def _sign_out_everywhere(_: Scene, person: Person) -> Answer:
    return _without_token(person, person.browser.sign_out_everywhere())


def _without_token(person: Person, answer: Answer) -> Answer:
    if answer.verdict == GRANTED:
        # The frontend keeps the access token in memory, and forgets it when its user signs out.
        person.draft = None
    return answer


def _renew(scene: Scene, person: Person) -> Answer:
    return keep_token(scene, person, person.browser.renew())


def _call_api(scene: Scene, person: Person) -> Answer:
    token = None if person.draft is None else person.draft.finish()
    return scene.target.present(token, sender=person.name)


def _change_password(scene: Scene, person: Person) -> Answer:
    new = f"{person.password}, changed"
    answer = person.browser.change_password(current=person.password, new=new)
    if answer.verdict != GRANTED:
        return answer
    person.password = new
    return _with_token(scene, person, answer)


def _disable(scene: Scene, person: Person) -> None:
    scene.target.disable_account(person.email)


def _rotate(scene: Scene, _: Person) -> None:
    scene.target.rotate_key()


def _withdraw(scene: Scene, person: Person) -> None:
    scene.target.withdraw_key(None if person.draft is None else person.draft.key_id)
    scene.target.pass_time(KEY_SET_CACHE_SECONDS)


EVENTS: Final[dict[str, Act]] = {
    "sign up": _sign_up,
    "sign in with the right password": sign_in,
    "sign in with a wrong password": lambda scene, person: sign_in(scene, person, "not the password"),
    "call the API": _call_api,
    "ask for a new access token": _renew,
    "the access token's lifetime passes": _pass(ACCESS_TOKEN_END_SECONDS),
    "the idle limit passes": _pass(IDLE_LIMIT_SECONDS),
    "the absolute limit passes": _pass(ABSOLUTE_LIMIT_SECONDS),
    "sign out": _sign_out,
    "sign out everywhere": _sign_out_everywhere,
    "change the password": _change_password,
    "the account is disabled": _disable,
    "a signing key is rotated": _rotate,
    "a signing key is withdrawn": _withdraw,
}

ENTRANCES: Final[dict[str, tuple[str, ...]]] = {
    "active": (),
    "stale": ("the access token's lifetime passes",),
    "lapsed": ("the idle limit passes",),
    "revoked": ("the account is disabled",),
    "signed out": ("sign out",),
}
"""The events that lead from a fresh session into each state."""

EVENT: Final = Word(one_of(*EVENTS))


def observe(scene: Scene, person: Person) -> str:
    """Return the state of a person's session, seen from outside: what the issuer and the API answer.

    The access token is presented as it is; a copy of the session credential asks for a new one.

    Raises:
        AssertionError: the answers fit no state.
    """
    probe = scene.target.browser(f"{person.name}'s copy")
    probe.credential = person.browser.credential
    renewal = probe.renew().verdict
    if renewal != GRANTED:
        states = {"session_missing": "signed out", "session_expired": "lapsed", "session_revoked": "revoked"}
        assert renewal.code in states, f"the answer to a renewal fits no state: {renewal}"
        return states[renewal.code]
    access = _call_api(scene, person).verdict
    return "active" if access == GRANTED else "stale"


@given(Phrase("{owner} session is {state}"))
def session_is(scene: Scene, owner: str, state: str) -> None:
    """Bring a session into a state by the events that lead there, each really sent."""
    person = be_signed_in(scene, owner)
    for event in ENTRANCES[state]:
        EVENTS[event](scene, person)


@when(Phrase('{owner} session meets "{event}"', event=EVENT))
def session_meets(scene: Scene, owner: str, event: str) -> None:
    """Let an event of the states x events table happen to a session."""
    answer = EVENTS[event](scene, scene.person(owner))
    if answer is None:
        scene.stay_silent()
    else:
        scene.answer = answer


@then(Phrase("the answer is {verdict}"))
def answer_is(scene: Scene, verdict: Verdict) -> None:
    """Compare the answer of the party that was asked, the issuer or the API."""
    assert scene.verdict == verdict, f"expected {verdict}, the answer was {scene.verdict}"


@then(Phrase("{owner} session is {state}"))
def session_is_seen(scene: Scene, owner: str, state: str) -> None:
    """Compare the state of a session, as its credentials show it to the issuer and the API."""
    seen = observe(scene, scene.person(owner))
    assert seen == state, f"expected {state}, the session is {seen}"
