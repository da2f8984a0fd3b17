"""What somebody tries who has no session: to guess, to learn who is known, to forge, to use what was read."""

import base64
import hashlib
import hmac
import time
from typing import Any, Final
from urllib.parse import quote

import jwt
from pytest_bdd import given, then, when

from steps.scene import Scene
from steps.servers import browser_of, server_of
from steps.targets.loopback_browser import named
from steps.targets.messages import Answer
from steps.vocabulary import Phrase, Word, one_of

SECRET_OF_PACKAGE: Final = "better-auth-secret-12345678901234567890"  # noqa: S105 -- printed in the package's source
FORGED: Final = "a-session-token-of-nobody-at-all"
REFUSED_UNSEEN: Final = 429
PROXY_SAYS: Final = "198.51.100.7"


@when(
    Phrase(
        "{actor} guesses {other:owner} password {count} times, each time from {place}",
        place=Word(one_of("the same address", "another address")),
    ),
    target_fixture="guesses",
)
def guesses_password(scene: Scene, actor: str, other: str, count: int, place: str) -> list[Answer]:
    """Offer wrong passwords; the address is what the request says, and what an honest proxy adds."""
    email, browser = scene.person(other).email, browser_of(scene.person(actor))
    scene.answers = []
    for number in range(count):
        address = server_of(scene).client_address(number if place == "another address" else 0)
        headers = {"x-forwarded-for": address, "x-real-ip": PROXY_SAYS}
        body = {"email": email, "password": f"not the password {number}"}
        scene.answers.append(browser.ask("POST", "/sign-in/email", body, headers))
    scene.answer = scene.answers[-1]
    return scene.answers


@then(Phrase("{count} of the guesses were judged"))
def were_judged(guesses: list[Answer], count: int) -> None:
    """Count the guesses that were answered as wrong, and not as too many."""
    judged = [answer for answer in guesses if answer.status != REFUSED_UNSEEN]
    assert len(judged) == count, f"{len(judged)} were judged: {[answer.status for answer in guesses]}"


@when(
    Phrase("{actor} signs up with {other:owner} address, and with one that nobody has"),
    target_fixture="sign_ups",
)
def signs_up_twice(scene: Scene, actor: str, other: str) -> tuple[Answer, Answer]:
    """Sign up under both addresses, with the same name and password."""
    known, person = scene.person(other).email, scene.person(actor)
    person.open_account()
    browser = browser_of(person)
    first, second = (
        browser.sign_up(name=person.name, email=email, password=person.password) for email in (known, person.email)
    )
    return first, second


@then(Phrase("the two are answered {likeness}", likeness=Word(one_of("alike", "differently"))))
def answered_alike(sign_ups: tuple[Answer, Answer], likeness: str) -> None:
    """Compare status, names of headers, and the shape of the bodies."""
    known, unknown = (_shape(answer) for answer in sign_ups)
    assert (known == unknown) == (likeness == "alike"), f"known: {known}, unknown: {unknown}"


def _shape(answer: Answer) -> tuple[object, ...]:
    return answer.status, sorted(name for name, _ in answer.headers), _form(answer.body)


def _form(value: object) -> object:
    return {name: _form(each) for name, each in value.items()} if isinstance(value, dict) else type(value).__name__


@given(
    Phrase(
        "{actor} has forged a session of {owner} with the secret of {whom}",
        whom=Word(one_of("the package", "the server")),
    )
)
def has_forged(scene: Scene, actor: str, owner: str, whom: str) -> None:
    """Make every cookie that a server might take for a session, as whoever knows the secret can."""
    server = server_of(scene)
    secret = SECRET_OF_PACKAGE if whom == "the package" else server.secret
    email = scene.person(owner).email
    browser_of(scene.person(actor)).cookies = forged_cookies(secret, server.records.account(email))


def forged_cookies(secret: str, account: dict[str, Any]) -> dict[str, str]:
    """Return a session that no server opened: its token signed, and the copy that a cache would believe."""
    now, far = time.time(), "2099-01-01T00:00:00.000Z"
    session = {
        "id": FORGED,
        "token": FORGED,
        "userId": account["id"],
        "expiresAt": far,
        "createdAt": far,
        "updatedAt": far,
    }
    user = {**account, "emailVerified": True, "createdAt": far, "updatedAt": far}
    cached = {"session": session, "user": user, "updatedAt": int(now * 1000), "version": "1"}
    data = jwt.encode({**cached, "iat": int(now), "exp": int(now) + 300}, secret, algorithm="HS256")
    mac = base64.b64encode(hmac.digest(secret.encode(), FORGED.encode(), hashlib.sha256)).decode()
    signed = quote(f"{FORGED}.{mac}", safe="")
    names = ("better-auth.session_token", "__Host-session")
    return {**dict.fromkeys(names, signed), "better-auth.session_data": data}


@given(Phrase("{actor} has read {other:owner} session token in the records"), target_fixture="session_token")
def has_read_token(scene: Scene, actor: str, other: str) -> str:
    """Read the table of sessions, where it stands in clear."""
    scene.person(actor)
    return server_of(scene).records.session_token(scene.people[other].email)


@when(Phrase("{actor} offers it as a bearer token"))
def offers_as_bearer(scene: Scene, actor: str, session_token: str) -> None:
    """Ask for an access token with the session token in the Authorization header, and no cookie."""
    browser = browser_of(scene.person(actor))
    method, path = server_of(scene).renewal
    answer = browser.ask(method, path, headers={"authorization": f"Bearer {session_token}"})
    scene.answer = named(answer)
