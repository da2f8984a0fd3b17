"""Access tokens: the one a person holds, and the one fault a scenario gives it."""

import json
from typing import Any, Final

from pytest_bdd import given, then

from steps.drafts import Draft
from steps.kinds import KINDS
from steps.scene import Scene
from steps.sessions import be_in_session
from steps.signers import SIGNERS
from steps.values import FORMS, json_text
from steps.vocabulary import Phrase, Word, one_of

JSON_TYPES: Final = {str: "string", int: "number", list: "list", dict: "object", bool: "boolean", type(None): "null"}

SIGNER: Final = Word(one_of(*SIGNERS))
PART: Final = Word(one_of("header", "payload"))
PLACE: Final = Word(one_of("claim", "header"))
KIND: Final = Word(one_of(*KINDS))
FORM: Final = Word(one_of(*FORMS))


def _in_its_words(scene: Scene, member: str, text: str) -> str:
    return json_text(scene.target.in_its_words(text, member=member), scene.target.now())


def hold_token(scene: Scene, actor: str) -> Draft:
    """Return the access token of a person whose session is active."""
    person = scene.person(actor)
    if person.draft is None:
        be_in_session(scene, actor)
    return person.token


@given(Phrase("{actor} holds an access token"))
def holds_token(scene: Scene, actor: str) -> None:
    """Sign in and keep the access token, as its issuer made it."""
    hold_token(scene, actor)


@given(Phrase("{actor} holds {kind}", kind=KIND))
def holds_kind(scene: Scene, actor: str, kind: str) -> None:
    """Sign in and keep a token of another kind, in its own shape, in place of the access token."""
    person = scene.person(actor)
    person.draft = KINDS[kind](scene, person)


@given(Phrase("{actor} holds an access token that expired {seconds} seconds ago"))
def holds_expired_token(scene: Scene, actor: str, seconds: int) -> None:
    """Keep the issuer's token until so many seconds after its `exp`."""
    draft = hold_token(scene, actor)
    scene.target.pass_time(draft.value_of("exp") + seconds - scene.target.now())


@given(Phrase('its {place} "{name}" is {json}', place=PLACE))
def member_is(scene: Scene, place: str, name: str, json: str) -> None:
    """Change one claim or one header parameter, and sign with the trusted key."""
    token = scene.person("she").token
    change = token.set_claim if place == "claim" else token.set_header
    change(name, _in_its_words(scene, name, json))


@given(Phrase('it has no {place} "{name}"', place=PLACE))
def member_is_absent(scene: Scene, place: str, name: str) -> None:
    """Leave one claim or one header parameter out, and sign with the trusted key."""
    token = scene.person("she").token
    leave_out = token.remove_claim if place == "claim" else token.remove_header
    leave_out(name)


@given(Phrase('the {place} "{name}" is written again as {json}', place=PLACE))
def member_is_repeated(scene: Scene, place: str, name: str, json: str) -> None:
    """Write one claim or header parameter a second time, its name spelled as given, and sign with the trusted key."""
    token = scene.person("she").token
    repeat = token.repeat_claim if place == "claim" else token.repeat_header
    repeat(name, _in_its_words(scene, name, json))


@given(Phrase("its {part} reads as {form}", part=PART, form=FORM))
def part_reads(scene: Scene, part: str, form: str) -> None:
    """Write the header or the payload in another form, and sign that with the trusted key."""
    scene.person("she").token.rewrite(part, FORMS[form])


@given(Phrase("{actor} uses it as a session credential"))
def is_session_credential(scene: Scene, actor: str) -> None:
    """Put the token into the cookie that carries the session credential, in place of the one there."""
    person = scene.person(actor)
    person.browser.credential = person.token.finish()


@given(Phrase("it is signed with {signer}", signer=SIGNER))
def is_signed_with(scene: Scene, signer: str) -> None:
    """Have another key make the signature; header and claims stay as they are."""
    scene.person("she").token.sign_with(SIGNERS[signer](scene))


def _type_of(value: object) -> str:
    return JSON_TYPES[type(value)]


def _assert_rows(scene: Scene, found: dict[str, Any], datatable: list[list[str]]) -> None:
    columns, *rows = datatable
    expected = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
    if scene.target.leniency is not None:
        expected = scene.target.leniency.required_members(found, expected)
    assert scene.target.leniency or list(found) == list(expected) or set(found) == set(expected), (
        f"carried {sorted(found)}, specified {sorted(expected)}"
    )
    for name, row in expected.items():
        assert row["type"] == _type_of(found[name]), f"{name} is a {_type_of(found[name])}, specified {row['type']}"
        if row.get("value"):
            specified = json.loads(scene.target.in_its_words(row["value"], member=name))
            assert found[name] == specified, f"{name} is {found[name]!r}, specified {specified!r}"


@then(Phrase("it carries exactly these {members}:", members=Word("claims|header parameters")))
def carries_members(scene: Scene, members: str, datatable: list[list[str]]) -> None:
    """Compare the names, JSON types and fixed values of a token's claims or header parameters with the table."""
    draft = scene.person("she").token
    found = draft.claims if members == "claims" else draft.header
    _assert_rows(scene, {json.loads(name): json.loads(value) for name, value in found}, datatable)
