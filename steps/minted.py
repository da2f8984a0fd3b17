"""What Better Auth mints and tells: tokens beside the contract's, what answers carry, which keys are published."""

import re
from collections.abc import Sequence
from typing import Any, Final

import httpx
import jwt
from pytest_bdd import given, then, when

from steps.drafts import Draft
from steps.renewals import tokens_given
from steps.scene import Scene
from steps.servers import browser_of, server_of
from steps.sessions import keep_token
from steps.targets.wire import Habit, again, without_header
from steps.vocabulary import GRANTED, Phrase, Word, one_of

COMPACT: Final = re.compile(r"ey[\w-]+\.ey[\w-]+\.[\w-]+")
TRIES: Final = 5

SPANS: Final = {"15 minutes after it was issued": 900, "5 minutes after it was issued": 300}
INSTANTS: Final = {"in 1970": 900, "in 2286": 9_999_999_999}


def verifies(keys: Sequence[dict[str, Any]], token: str) -> bool:
    """Return whether one of these keys made the token's signature."""
    for key in keys:
        try:
            jwt.decode(token, jwt.PyJWK(key), algorithms=["EdDSA"], options={"verify_aud": False})
        except jwt.InvalidTokenError:
            continue
        return True
    return False


@given(Phrase('{owner} requests name the host "{name}"'))
def requests_name_host(scene: Scene, owner: str, name: str) -> None:
    """Give each of a person's requests from here on another Host header."""

    def habit(request: httpx.Request) -> httpx.Request:
        bare = without_header(request, "host")
        return again(bare, headers=[(b"Host", name.encode()), *bare.headers.raw[1:]])

    habits: list[Habit] = scene.target.habits[scene.person(owner).name]
    habits.append(habit)


@given(Phrase("{actor} has signed out everywhere"))
def has_signed_out_everywhere(scene: Scene, actor: str) -> None:
    """End every session of the account."""
    answer = scene.person(actor).browser.sign_out_everywhere()
    assert answer.verdict == GRANTED, answer.text


@given(Phrase("{actor} has a new password"))
def has_new_password(scene: Scene, actor: str) -> None:
    """Change the password, as its owner does who fears that somebody knows it."""
    person = scene.person(actor)
    new = person.next_password()
    answer = person.browser.change_password(current=person.password, new=new)
    assert answer.verdict == GRANTED, answer.text
    person.password = new


@when(Phrase("{actor} signs up anew"))
def signs_up_anew(scene: Scene, actor: str) -> None:
    """Sign up under an address that nobody has."""
    person = scene.person(actor)
    person.open_account()
    scene.answer = person.browser.sign_up(name=person.name, email=person.email, password=person.password)


@when(Phrase("{actor} looks at her session"))
def looks_at_session(scene: Scene, actor: str) -> None:
    """Ask who is signed in, as a page does each time it is shown."""
    scene.answer = browser_of(scene.person(actor)).ask("GET", "/get-session")


@when(Phrase("{actor} asks for two access tokens in one second"))
def asks_twice(scene: Scene, actor: str) -> None:
    """Ask twice, until both answers are of one second."""
    person = scene.person(actor)
    for _ in range(TRIES):
        answers = [person.browser.renew(), person.browser.renew()]
        first, second = (Draft(answer.body["access_token"], scene.target.trusted_signer) for answer in answers)
        if first.value_of("iat") == second.value_of("iat"):
            break
    scene.answer = keep_token(scene, person, answers[-1])


@then(Phrase("they are {likeness}", likeness=Word(one_of("the same", "different"))))
def tokens_are(scene: Scene, likeness: str) -> None:
    """Compare the last two tokens that were given, character by character."""
    *_, first, second = tokens_of(scene)
    assert (first == second) == (likeness == "the same"), "they are the same" if first == second else "they differ"


def tokens_of(scene: Scene) -> list[str]:
    """List every token that answers of this scenario handed out, by either name."""
    bodies = (response.json() for _, response in scene.target.archive if "token" in response.text)
    return tokens_given(scene) or [body["token"] for body in bodies if COMPACT.fullmatch(str(body.get("token")))]


@when(Phrase("{actor} asks for {count} access tokens at once"))
def asks_at_once(scene: Scene, actor: str, count: int) -> None:
    """Send all requests; the server takes up none before the last of them is there."""
    person = scene.person(actor)
    *_, scene.answer = server_of(scene).ask_at_once(browser_of(person), count)


@then(Phrase("{actor} is given {gift}", gift=Word(one_of("a token", "no token"))))
def is_given(scene: Scene, actor: str, gift: str) -> None:
    """Compare whether the last answer of all handed out an access token: who signs in asks for one at once."""
    del actor
    _, response = scene.target.archive[-1]
    assert bool(COMPACT.search(response.text)) == (gift == "a token"), f"{response.status_code}: {response.text[:200]}"


@then(Phrase("it expires {when}", when=Word(one_of(*SPANS, *INSTANTS))))
def expires(scene: Scene, when: str) -> None:
    """Compare `exp` with an instant, or its distance from `iat` with a span."""
    token = scene.person("she").token
    exp, iat = token.value_of("exp"), token.value_of("iat")
    expected = INSTANTS[when] if when in INSTANTS else iat + SPANS[when]
    assert exp == expected, f"it was issued at {iat} and expires at {exp}, {exp - iat} seconds later"


@then(Phrase("it is more than {count} bytes long"))
def is_more_than(scene: Scene, count: int) -> None:
    """Compare the length of the access token as it is sent."""
    token = scene.person("she").token.finish()
    assert len(token) > count, f"it is {len(token)} bytes long"


@then(Phrase("its audience is {whom}", whom=Word(one_of("its issuer", "the API"))))
def audience_is(scene: Scene, whom: str) -> None:
    """Compare `aud` with `iss`, or with the API's identifier."""
    token = scene.person("she").token
    expected = token.value_of("iss") if whom == "its issuer" else "https://api.example.test"
    assert token.value_of("aud") == expected, f"its audience is {token.value_of('aud')}"


@then(Phrase("its issuer is {whom}", whom=Word(r'the server|"[^"]+"')))
def issuer_is(scene: Scene, whom: str) -> None:
    """Compare `iss` with the server's own origin, or with this text."""
    expected = server_of(scene).origin if whom == "the server" else whom.strip('"')
    issuer = scene.person("she").token.value_of("iss")
    assert issuer == expected, f"its issuer is {issuer}"


@then(Phrase("the answer's headers hold {minted}", minted=Word(one_of("a token", "no token"))))
def headers_hold(scene: Scene, minted: str) -> None:
    """Search every header of the answer for a signed token."""
    found = [name for name, value in scene.answer.headers if COMPACT.search(value)]
    assert bool(found) == (minted == "a token"), f"{found or 'no header'} holds one"


@then("the answer may be stored")
def may_be_stored(scene: Scene) -> None:
    """Compare Cache-Control with what keeps an answer out of a store."""
    said = scene.answer.header("cache-control") or ""
    assert "no-store" not in said, f"Cache-Control is {said!r}"


@then(Phrase("it verifies {count} of {owner} cookies"))
def verifies_cookies(scene: Scene, count: int, owner: str) -> None:
    """Try the published keys on every cookie that is a signed token."""
    values = browser_of(scene.person(owner)).cookies.values()
    found = [value for value in values if COMPACT.fullmatch(value) and verifies(scene.answer.body["keys"], value)]
    assert len(found) == count, f"it verifies {len(found)}"


@then(Phrase("it is signed with {key}", key=Word(one_of("the key of a year ago", "a newer key"))))
def is_signed_with_key(scene: Scene, key: str) -> None:
    """Compare the key that the newest token names with the one that the first token named."""
    first, *_, newest = (Draft(token, scene.target.trusted_signer).key_id for token in tokens_of(scene))
    assert (first == newest) == (key == "the key of a year ago"), f"signed with {newest}, a year ago with {first}"


@then(Phrase("the published keys verify {what}", what=Word(one_of("it", "nothing"))))
def published_keys_verify(scene: Scene, what: str) -> None:
    """Try the keys that are published now on the newest token."""
    keys = server_of(scene).published_keys()
    is_verified = verifies(keys, scene.person("she").token.finish())
    assert is_verified == (what == "it"), f"{len(keys)} keys are published"


@then(Phrase("it names a key that the verifier {knows}", knows=Word(one_of("knows", "does not know"))))
def names_known_key(scene: Scene, fetched: list[str], knows: str) -> None:
    """Look for the key of the newest token among those that were published when they were fetched."""
    key_id = scene.person("she").token.key_id
    assert (key_id in fetched) == (knows == "knows"), f"{key_id}, fetched were {fetched}"


@then(Phrase("the server publishes {keys}", keys=Word(one_of("one key", "several keys"))))
def publishes(scene: Scene, keys: str) -> None:
    """Count the published keys."""
    count = len(server_of(scene).published_keys())
    assert (count == 1) == (keys == "one key"), f"{count} keys are published"
    assert count, "no key is published"


@then(Phrase("both processes publish {keys}", keys=Word(one_of("the same keys", "different keys"))))
def both_publish(scene: Scene, second_origin: str, keys: str) -> None:
    """Compare the key sets of two processes."""
    first, second = ([key["kid"] for key in server_of(scene).published_keys(at)] for at in (None, second_origin))
    scene.exchanges.note("key sets", first=", ".join(first), second=", ".join(second))
    assert first, "no key is published"
    assert (first == second) == (keys == "the same keys"), f"{first} and {second}"
