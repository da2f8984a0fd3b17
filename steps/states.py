"""The states of a session and the events it meets: the complete table of the contract, section 4."""

from collections.abc import Callable
from typing import Final

from pytest_bdd import given, then, when

from steps.scene import Person, Scene
from steps.sessions import WRONG_PASSWORD, be_signed_in, change_password, keep_token, sign_in
from steps.targets.messages import Answer
from steps.vocabulary import GRANTED, Phrase, Verdict, Word, one_of

ACCESS_TOKEN_END_SECONDS: Final = 300 + 30
"""An access token's lifetime and the API's leeway: from here on it is refused."""

KEY_SET_CACHE_SECONDS: Final = 300
DAY_SECONDS: Final = 86400
IDLE_LIMIT_SECONDS: Final = 7 * DAY_SECONDS
FAILED_SIGN_INS_ALLOWED: Final = 5

Act = Callable[[Scene, Person], Answer | None]


def _pass(seconds: int) -> Act:
    def act(scene: Scene, _: Person) -> None:
        scene.target.pass_time(seconds)

    return act


def _pass_absolute_limit(scene: Scene, person: Person) -> None:
    # Used all along, so that it is the session's age that ends it, and never idleness.
    for _ in range(4):
        scene.target.pass_time(6 * DAY_SECONDS)
        renew_in_another_tab(scene, person)
    scene.target.pass_time(6 * DAY_SECONDS)


def _sign_up(scene: Scene, person: Person) -> Answer:
    person.open_account()
    answer = person.browser.sign_up(name=person.name, email=person.email, password=person.password)
    return answer if answer.verdict != GRANTED else _with_token(scene, person, answer)


def _with_token(scene: Scene, person: Person, answer: Answer) -> Answer:
    keep_token(scene, person, person.browser.renew())
    return answer


def _sign_in_wrongly(scene: Scene, person: Person) -> Answer:
    return sign_in(scene, person, WRONG_PASSWORD)


def _renew(scene: Scene, person: Person) -> Answer:
    return keep_token(scene, person, person.browser.renew())


def _call_api(scene: Scene, person: Person, *, tab: str = "") -> Answer:
    token = None if person.draft is None else person.draft.finish()
    return scene.target.present(token, sender=person.name + tab)


def _change_password(scene: Scene, person: Person) -> Answer:
    return change_password(scene, person, person.password)


def _disable(scene: Scene, person: Person) -> None:
    scene.target.disable_account(person.email)


def _enable(scene: Scene, person: Person) -> None:
    scene.target.enable_account(person.email)


def _rotate(scene: Scene, _: Person) -> None:
    scene.target.rotate_key()


def _withdraw(scene: Scene, person: Person) -> None:
    # The key of her access token, which then ends with the API's copy of the key set; any other where she holds none.
    scene.target.withdraw_key(None if person.draft is None else person.draft.key_id)
    scene.target.pass_time(KEY_SET_CACHE_SECONDS)


def _fail_to_sign_in(scene: Scene, person: Person) -> None:
    for _ in range(FAILED_SIGN_INS_ALLOWED):
        _sign_in_wrongly(scene, person)


EVENTS: Final[dict[str, Act]] = {
    "sign up": _sign_up,
    "sign in with the right password": sign_in,
    "sign in with a wrong password": _sign_in_wrongly,
    "call the API": _call_api,
    "ask for a new access token": _renew,
    "the access token's lifetime passes": _pass(ACCESS_TOKEN_END_SECONDS),
    "the idle limit passes": _pass(IDLE_LIMIT_SECONDS),
    "the absolute limit passes": _pass_absolute_limit,
    "sign out": lambda _, person: person.browser.sign_out(),
    "sign out everywhere": lambda _, person: person.browser.sign_out_everywhere(),
    "change the password": _change_password,
    "the account is disabled": _disable,
    "a signing key is rotated": _rotate,
    "a signing key is withdrawn": _withdraw,
}

ENTRANCES: Final[dict[str, str | None]] = {
    "active": None,
    "stale": "the access token's lifetime passes",
    "lapsed": "the idle limit passes",
    "revoked": "the account is disabled",
    "signed out": "sign out",
}
"""The event that leads from a fresh session into each state."""

CIRCUMSTANCES: Final[dict[str, Act]] = {
    "the access token has expired": _pass(ACCESS_TOKEN_END_SECONDS),
    "the access token's key is withdrawn": _withdraw,
    "the account is disabled": _disable,
    "the account is enabled again": _enable,
    "five sign-ins have failed": _fail_to_sign_in,
}
"""What may be so in a state without changing it, and yet changes the outcome of some event."""

EVENT: Final = Word(one_of(*EVENTS))
CIRCUMSTANCE: Final = Word(one_of(*CIRCUMSTANCES))


def meet(scene: Scene, person: Person, event: str) -> Answer | None:
    """Let an event happen to a person's session, and return the answer of whom it asked, if it asked anybody."""
    answer = EVENTS[event](scene, person)
    if person.browser.credential is None:
        # The frontend keeps the access token in memory, and forgets it when the session is over.
        person.draft = None
    return answer


def renew_in_another_tab(scene: Scene, person: Person) -> Verdict:
    """Renew a session without touching what this tab holds; a refusal, too, leaves the session as it was."""
    tab = scene.other_tab(person)
    tab.credential = person.browser.credential
    verdict = tab.renew().verdict
    if verdict == GRANTED:
        person.browser.credential = tab.credential
    return verdict


def observe(scene: Scene, person: Person) -> str:
    """Return the state of a person's session, seen from outside: what the issuer and the API answer.

    Raises:
        AssertionError: the answers fit no state.
    """
    renewal = renew_in_another_tab(scene, person)
    if renewal != GRANTED:
        state = scene.target.state_behind(renewal)
        assert state is not None, f"the answer to a renewal fits no state: {renewal}"
        return state
    # From the other tab as well: what this one does to its requests is no matter of the session's state.
    return "active" if _call_api(scene, person, tab="'s other tab").verdict == GRANTED else "stale"


def bring_into(scene: Scene, owner: str, state: str) -> Person:
    """Bring a session into a state by the event that leads there, really sent."""
    person = be_signed_in(scene, owner)
    entrance = ENTRANCES[state]
    if entrance is not None:
        meet(scene, person, entrance)
    return person


@given(Phrase("{owner} session is {state}"))
def session_is(scene: Scene, owner: str, state: str) -> None:
    """Bring a session into a state by the event that leads there, really sent."""
    bring_into(scene, owner, state)


@given(Phrase("{owner} session is {state} while {circumstance}", circumstance=CIRCUMSTANCE))
def session_is_while(scene: Scene, owner: str, state: str, circumstance: str) -> None:
    """Bring a session into a state, then bring about what does not change the state but may change what comes next."""
    CIRCUMSTANCES[circumstance](scene, bring_into(scene, owner, state))


@given(Phrase('{owner} session has met "{event}"', event=EVENT))
@when(Phrase('{owner} session meets "{event}"', event=EVENT))
def session_meets(scene: Scene, owner: str, event: str) -> None:
    """Let an event of the states x events table happen to a session."""
    answer = meet(scene, scene.person(owner), event)
    if answer is None:
        scene.stay_silent()
    else:
        scene.answer = answer


@then(Phrase("the answer is {verdict}"))
def answer_is(scene: Scene, verdict: Verdict) -> None:
    """Compare the answer of the party that was asked, the issuer or the API."""
    assert scene.target.accepts(scene.verdict, verdict), f"expected {verdict}, the answer was {scene.verdict}"


@then(Phrase("{owner} session is {state}"))
def session_is_seen(scene: Scene, owner: str, state: str) -> None:
    """Compare the state of a session, as its credentials show it to the issuer and the API."""
    seen = observe(scene, scene.person(owner))
    assert scene.target.is_state(seen, state), f"expected {state}, the session is {seen}"
