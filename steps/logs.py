"""The log: what it must say, and what neither it nor an address may give away."""

from collections.abc import Sequence
from hashlib import sha256
from logging import LogRecord

from pytest_bdd import given, then

from steps.answers import API_SITUATIONS, ISSUER_SITUATIONS
from steps.scene import Scene
from steps.sessions import be_signed_in
from steps.vocabulary import Phrase, Word


@given(Phrase("{actor} has signed in, called, renewed, been refused and signed out"))
def lived_through_all(scene: Scene, actor: str) -> None:
    """Live through a session, so that whatever could leak has had its chance."""
    person = be_signed_in(scene, actor)
    scene.secrets += [person.token.finish(), person.browser.credential or "", person.password, "not the password"]
    API_SITUATIONS["with a live token"](scene, person)
    renewed = person.browser.renew()
    scene.secrets += [renewed.body["access_token"], person.browser.credential or ""]
    ISSUER_SITUATIONS["with a wrong password"](scene, person)
    API_SITUATIONS["with a token for another service"](scene, person)
    scene.secrets.append(person.token.finish())
    person.browser.sign_out()


@then(Phrase("no {place} carries a secret", place=Word("line of the log|address")))
def carries_no_secret(scene: Scene, place: str) -> None:
    """Search every record of both parties, or every address, Referer and Location, for each secret and signature."""
    assert scene.secrets, "nothing secret was used: a Given step comes before this Then"
    needles = {needle for secret in scene.secrets for needle in (secret, secret.rpartition(".")[2])}
    if place == "address":
        addresses = _addresses(scene)
        assert addresses, "nothing was sent"
        _assert_none([text for text in addresses for needle in needles if needle in text])
        return
    with scene.if_seen():
        _assert_none(scene.target.leaks(needles))


def _addresses(scene: Scene) -> list[str]:
    sent = scene.target.archive
    places = [str(request.url) + request.headers.get("referer", "") for request, _ in sent]
    return places + [response.headers.get("location", "") for _, response in sent]


def _assert_none(leaked: Sequence[str]) -> None:
    assert not leaked, f"it holds a secret: {leaked[0][:200]}"


@then(Phrase('the log has {presence} event "{name}"', presence=Word("the|no")))
def log_has_event(scene: Scene, presence: str, name: str) -> None:
    """Look for an event of the closed list among the records of both parties."""
    with scene.if_seen():
        events = {_event(record) for record in scene.target.log_records} - {""}
        scene.exchanges.note("log", events=sorted(events))
        scene.expect((name in events) == (presence == "the"), f'expected {presence} "{name}" among {sorted(events)}')


@then("each refusal in the log says who issued the token, which key it names, which token it is and where it came")
def log_says_all(scene: Scene) -> None:
    """Compare the API's newest refusal: code, reason, iss, kid, the digest of jti, path, and the answer's trace id."""
    with scene.if_seen():
        refusals = [vars(record) for record in scene.target.log_records if _event(record) == "token_refused"]
        record = refusals[-1] if refusals else {}
        members = {"code", "reason", "iss", "kid", "jti_digest", "path", "trace_id"}
        scene.expect(members <= record.keys(), f"the record of the refusal lacks {sorted(members - record.keys())}")
        digest = sha256(scene.person("she").token.value_of("jti").encode()).hexdigest()[:16]
        scene.expect(record.get("jti_digest") == digest, "it is not the digest of the token's id")
        trace_id = scene.answer.body.get("trace_id") if isinstance(scene.answer.body, dict) else None
        scene.expect(record.get("trace_id") == trace_id, "the answer names another record")


@then("every record of the log is one line of printable characters")
def log_is_clean(scene: Scene) -> None:
    """Search the text of every record for line breaks and control characters."""
    with scene.if_seen():
        broken = scene.target.broken_lines()
        assert not broken, f"it holds {broken[0][:200]!r}"


def _event(record: LogRecord) -> str:
    return str(getattr(record, "event", ""))
