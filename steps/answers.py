"""Refusals as they travel: problem details, challenges, and what neither an answer nor a log may give away."""

import re
import time
from collections.abc import Callable
from typing import Final

from pytest_bdd import given, then, when

from steps.scene import Person, Scene
from steps.sessions import be_signed_in
from steps.targets.messages import Answer, Call, bearer
from steps.tokens import hold_token
from steps.vocabulary import Phrase, Verdict, Word, one_of

Ask = Callable[[Scene, Person], Answer]

FOREVER_SECONDS: Final = 10**8
DOCS_URL: Final = "https://watchword.example"


def _with_token(method: str = "GET", path: str = "/me", *, scheme: str = "https") -> Ask:
    def ask(scene: Scene, person: Person) -> Answer:
        headers = (bearer(hold_token(scene, person.name).finish()),)
        return scene.target.call(Call(method, path, headers=headers, scheme=scheme), sender=person.name)

    return ask


def _for_account(change: Callable[[str], str]) -> Ask:
    def ask(scene: Scene, person: Person) -> Answer:
        subject = hold_token(scene, person.name).value_of("sub")
        return _with_token(path=f"/accounts/{change(subject)}")(scene, person)

    return ask


def _without_token(method: str = "GET", path: str = "/me") -> Ask:
    def ask(scene: Scene, person: Person) -> Answer:
        return scene.target.call(Call(method, path), sender=person.name)

    return ask


def _with_two_tokens(scene: Scene, person: Person) -> Answer:
    credentials = bearer(hold_token(scene, person.name).finish())
    return scene.target.call(Call(headers=(credentials, credentials)), sender=person.name)


def _expired(scene: Scene, person: Person) -> Answer:
    hold_token(scene, person.name)
    scene.target.pass_time(FOREVER_SECONDS)
    return _with_token()(scene, person)


def _for_another_service(scene: Scene, person: Person) -> Answer:
    hold_token(scene, person.name).set_claim("aud", '"https://files.example.test"')
    return _with_token()(scene, person)


def _of_wrong_shape(scene: Scene, person: Person) -> Answer:
    headers = (bearer(hold_token(scene, person.name).finish()), ("content-type", "application/json"))
    return scene.target.call(Call("POST", "/echo", headers=headers, body=b"[]"), sender=person.name)


API_SITUATIONS: Final[dict[str, Ask]] = {
    "with a live token": _with_token(),
    "without a token": _without_token(),
    "with two tokens": _with_two_tokens,
    "with an expired token": _expired,
    "with a token for another service": _for_another_service,
    "for another account": _with_token(path="/accounts/somebody-else"),
    "for her own account in other letters": _for_account(str.swapcase),
    "for an account by the beginning of her own id": _for_account(lambda id_: id_[:-1]),
    "for an account whose id begins like her own id": _for_account(lambda id_: f"{id_}0"),
    "over plain HTTP": _with_token(scheme="http"),
    "for something that is not there": _with_token(path="/nothing"),
    "for something that is not there, without a token": _without_token(path="/nothing"),
    "for a page below her own, named like a style sheet": _with_token(path="/me/style.css"),
    # It is safe wherever somebody does know it (RFC 4918, section 9.1).
    "by a method it does not know": _with_token(method="PROPFIND"),
    "with a body of the wrong shape": _of_wrong_shape,
    "for its public page": _with_token(path="/"),
    "for its public page, without a token": _without_token(path="/"),
    "for the headers alone, without a token": _without_token(method="HEAD"),
}
"""The ways a person calls the API; all but the first are refused, or ask for what needs no token."""


def _post(path: str, body: bytes = b"{}", *, origin: str = "https://app.example.test", media: str = "json") -> Ask:
    headers = (("origin", origin), ("content-type", f"application/{media}"))

    def ask(_: Scene, person: Person) -> Answer:
        return person.browser.call(Call("POST", f"/api/auth{path}", headers=headers, body=body))

    return ask


def _wrong_password(_: Scene, person: Person) -> Answer:
    return person.browser.sign_in(email=person.email, password="not the password")  # noqa: S106 -- a wrong one


def _too_often(scene: Scene, person: Person) -> Answer:
    for _ in range(5):
        _wrong_password(scene, person)
    return _wrong_password(scene, person)


def _lapsed(scene: Scene, person: Person) -> Answer:
    scene.target.pass_time(FOREVER_SECONDS)
    return person.browser.renew()


def _revoked(scene: Scene, person: Person) -> Answer:
    scene.target.disable_account(person.email)
    return person.browser.renew()


def _without_cookie(_: Scene, person: Person) -> Answer:
    person.browser.credential = None
    return person.browser.renew()


ISSUER_SITUATIONS: Final[dict[str, Ask]] = {
    "with a live session": lambda _, person: person.browser.renew(),
    "with a wrong password": _wrong_password,
    "with a wrong password for the sixth time": _too_often,
    "without a session": _without_cookie,
    "with a lapsed session": _lapsed,
    "with a revoked session": _revoked,
    "from a foreign page": _post("/access-token", origin="https://evil.example"),
    "in a form": _post("/access-token", b"a=b", media="x-www-form-urlencoded"),
    "in words that are not JSON": _post("/sign-in/email", b"{"),
    "in more words than it reads": _post("/sign-in/email", b" " * 16_385),
    "for something that is not there": _post("/nothing"),
    "by a method it does not know": lambda _, person: person.browser.call(Call("GET", "/api/auth/sign-out")),
}
"""The ways a person asks the issuer; all but the first are refused."""

CHALLENGES: Final = {
    "no challenge": None,
    "a challenge without an error": "",
    'a challenge with the error "invalid_request"': "invalid_request",
    'a challenge with the error "invalid_token"': "invalid_token",
}

# RFC 9110 §11.2: auth-param = token BWS "=" BWS quoted-string; RFC 6750 §3: the characters a value may hold.
_PARAMETER: Final = re.compile(r'([a-z_-]+)="([\x20-\x21\x23-\x5b\x5d-\x7e]*)"')
_TRACE_ID: Final = re.compile(r'"trace_id":"[0-9a-f]{32}"')


@when(Phrase("{actor} calls the API {situation}", situation=Word(one_of(*API_SITUATIONS))))
def calls_api(scene: Scene, actor: str, situation: str) -> None:
    """Call the API in one of the ways that the list of situations names."""
    scene.answer = API_SITUATIONS[situation](scene, scene.person(actor))


@when(Phrase("{actor} asks the issuer {situation}", situation=Word(one_of(*ISSUER_SITUATIONS))))
def asks_issuer(scene: Scene, actor: str, situation: str) -> None:
    """Ask the issuer in one of the ways that the list of situations names."""
    be_signed_in(scene, scene.person(actor).name)
    scene.answer = ISSUER_SITUATIONS[situation](scene, scene.person(actor))


@then(Phrase('it answers problem details with the code "{name}" and the status {count}'))
def answers_problem(scene: Scene, name: str, count: int) -> None:
    """Compare the media type, the members and the status of a refusal; its type is the page of its code."""
    answer, leniency = scene.answer, scene.target.leniency
    if leniency is not None:
        # Problem details, their codes and pages are this house's own.
        assert scene.target.accepts(answer.verdict, Verdict(name)), f"expected {count}, the answer was {answer.status}"
        if not leniency.adopts_contract:
            return
    media_type, body = answer.header("content-type"), answer.body if isinstance(answer.body, dict) else {}
    scene.expect(media_type == "application/problem+json", f"the answer is {media_type}, no problem+json")
    scene.expect((body.get("code"), body.get("status"), answer.status) == (name, count, count), answer.text[:200])
    site, page, _ = str(body.get("type")).partition(f"/answers/{name}/")
    scene.expect(page and (leniency or site == DOCS_URL), f"its type is {body.get('type')}, no page of {name}")
    scene.expect(set(body) == {"type", "title", "status", "code", "trace_id"}, f"it has the members {sorted(body)}")


def _challenge(answer: Answer) -> dict[str, str] | None:
    values = [value for name, value in answer.headers if name == "www-authenticate"]
    if not values:
        return None
    assert len(values) == 1, f"several challenges: {values}"
    scheme, _, rest = values[0].partition(" ")
    assert scheme in {"Bearer", "Cookie"}, f"no challenge for a bearer of a token or a cookie: {values[0]}"
    found: dict[str, str] = {}
    for part in rest.split(", "):
        parameter = _PARAMETER.fullmatch(part)
        assert parameter, f"not a parameter of a challenge: {part}"
        assert parameter[1] not in found, f"a parameter stands twice: {rest}"
        found[parameter[1]] = parameter[2]
    return found


@then(Phrase("with {challenge}", challenge=Word(one_of(*CHALLENGES))))
def has_challenge(scene: Scene, challenge: str) -> None:
    """Read the WWW-Authenticate header by its grammar, each parameter once, and compare its error."""
    expected = CHALLENGES[challenge]
    if scene.target.leniency is not None:
        said = scene.answer.header("www-authenticate")
        assert scene.target.leniency.challenge_fits(scene.answer, expected), f"WWW-Authenticate is {said}"
        if scene.target.leniency.adopts_contract:
            try:
                _assert_challenge(scene.answer, expected)
            except AssertionError as difference:
                scene.expect(False, str(difference))  # noqa: FBT003 -- it is not so
        return
    _assert_challenge(scene.answer, expected)


def _assert_challenge(answer: Answer, expected: str | None) -> None:
    found = _challenge(answer)
    if expected is None:
        assert found is None, f"there is a challenge: {found}"
        return
    assert found is not None, "there is no challenge"
    assert found.get("error", "") == expected, f"the challenge says {found}"
    assert "realm" in found, f"the challenge says {found}"
    assert "resource_metadata" not in found, "RFC 9728 is not claimed"


@then("it is the answer to a forged signature, to the byte")
def is_answer_to_forgery(scene: Scene) -> None:
    """Forge a signature, present it, and compare all of the answer but its trace id and its length in time."""
    person = scene.person("Grace")
    forged = hold_token(scene, person.name)
    forged.alter_segment("signature", lambda text: ("A" if text[0] != "A" else "B") + text[1:])
    other = scene.target.present(forged.finish(), sender=person.name)
    seen, expected = scene.answer, other
    if scene.target.leniency is not None:
        assert scene.target.leniency.is_same(seen, expected), f"{seen.text[:200]!r} is not {expected.text[:200]!r}"
        if scene.target.leniency.adopts_contract:
            scene.expect(seen.text != expected.text, "both answers have one trace id")
        return
    assert expected.verdict.code == "token_invalid", expected.verdict
    assert (seen.status, list(seen.headers)) == (expected.status, list(expected.headers))
    assert _TRACE_ID.sub("", seen.text) == _TRACE_ID.sub("", expected.text)
    assert seen.text != expected.text, "both answers have one trace id"


@then("the answer is never stored")
def is_never_stored(scene: Scene) -> None:
    """Compare the Cache-Control header with no-store, which also keeps one person's answer from another."""
    said = scene.answer.header("cache-control")
    if scene.target.leniency is not None:
        assert scene.target.leniency.keeps_from_caches(scene.answer), said
        return
    assert said == "no-store", said


@then("the answer has no body")
def has_no_body(scene: Scene) -> None:
    """Compare the body of an answer to HEAD with nothing."""
    assert scene.answer.text == "", scene.answer.text


@given("passwords are costly to check")
def passwords_are_costly(scene: Scene) -> None:
    """Start the issuer with an argon2 cost at which a check stands out from everything else."""
    scene.target.make_passwords_costly()


@then("a wrong password costs the issuer as much for an account that is not there as for Ada's")
def costs_as_much(scene: Scene) -> None:
    """Try three wrong passwords each, and compare the answers and the least processor time of each three."""
    ada = scene.person("Ada")
    # An account hashed at the new cost: a hash keeps the cost it was made with.
    ada.open_account()
    ada.browser.sign_up(name=ada.name, email=ada.email, password=ada.password)

    def least(email: str) -> tuple[float, Answer]:
        spent = []
        for _ in range(3):
            begun = time.process_time()
            answer = ada.browser.sign_in(email=email, password="not the password")  # noqa: S106 -- a wrong one
            spent.append(time.process_time() - begun)
        return min(spent), answer

    known, first = least(ada.email)
    unknown, second = least("nobody@example.test")
    scene.exchanges.note("work", known_seconds=round(known, 4), unknown_seconds=round(unknown, 4))
    assert _TRACE_ID.sub("", first.text) == _TRACE_ID.sub("", second.text)
    assert unknown > known / 2, f"{unknown:.4f} s for an account that is not there, {known:.4f} s for one that is"
