"""What a token or a key set says: compared with another, measured, and searched for what it should not say."""

import json
from typing import Any, Final

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pytest_bdd import then

from steps.drafts import decode_segment
from steps.renewals import credentials_given, tokens_given
from steps.scene import Scene
from steps.vocabulary import Phrase, Word, one_of

ARTEFACTS: Final = ("access token", "session credential")


def _current(scene: Scene, owner: str, artefact: str) -> str:
    person = scene.person(owner)
    if artefact == "access token":
        return person.token.finish()
    assert person.browser.credential is not None, f"{person.name} holds no session credential"
    return person.browser.credential


def _segment(token: str, index: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(decode_segment(token.split(".")[index]))
    return found


@then(
    Phrase(
        '{owner} {artefact} differs from {model} in "{names}" alone',
        artefact=Word(one_of(*ARTEFACTS)),
        model=Word(r"the one before|(?:Ada|Grace|Mallory)'s"),
        names=Word(r"[a-z_, ]+"),
    )
)
def differs_in(scene: Scene, owner: str, artefact: str, model: str, names: str) -> None:
    """Compare two tokens' headers, sizes and claims: the named claims differ, and nothing else does."""
    if artefact == "session credential":
        scene.target.session_draft(_current(scene, owner, artefact))
    if model == "the one before":
        given_so_far = tokens_given(scene) if artefact == "access token" else credentials_given(scene)
        other, token = given_so_far[-2:]
    else:
        token, other = _current(scene, owner, artefact), _current(scene, model.removesuffix("'s"), artefact)
    assert _segment(token, 0) == _segment(other, 0), "the headers differ"
    claims, others = _segment(token, 1), _segment(other, 1)
    found = [name for name in {**claims, **others} if claims.get(name) != others.get(name)]
    if scene.target.leniency is not None:
        scene.target.leniency.judge_difference(found, names.split(", "), growth=abs(len(token) - len(other)))
        return
    assert sorted(found) == sorted(names.split(", ")), f"they differ in {', '.join(found)}"
    assert len(token) == len(other), f"one is {len(token)} bytes long, the other {len(other)}"


@then(Phrase('no two of the access tokens have the same "{name}"'))
def no_two_have_same(scene: Scene, name: str) -> None:
    """Compare a claim of every access token that the issuer has given in this scenario."""
    values = [_segment(token, 1).get(name) for token in tokens_given(scene)]
    assert len(set(values)) == len(values) > 1, f"{len(values)} tokens have {len(set(values))} values"


@then(Phrase('it tells the type "{name}" and a life of {duration}'))
def tells_type_and_life(scene: Scene, name: str, duration: int) -> None:
    """Compare the members of the answer that carries the access token; it has no others."""
    told = {key: value for key, value in scene.answer.body.items() if key != "access_token"}
    if scene.target.leniency is not None:
        # RFC 6749 §5.1 compares the type without regard to case, and only recommends to tell the lifetime.
        assert str(told.get("token_type")).lower() == name.lower(), f"told {told}"
        return
    assert told == {"token_type": name, "expires_in": duration}, f"told {told}"


@then(Phrase("it is at most {count} bytes long"))
def is_at_most(scene: Scene, count: int) -> None:
    """Compare the length of the access token as it is sent."""
    token = scene.person("she").token.finish()
    assert len(token) <= count, f"it is {len(token)} bytes long"


@then(Phrase('its claim "{name}" is {count} more than its claim "{other:name}"'))
def claim_is_more(scene: Scene, name: str, count: int, other: str) -> None:
    """Compare the difference of two claims that are numbers."""
    draft = scene.person("she").token
    difference = draft.value_of(name) - draft.value_of(other)
    if scene.target.leniency is not None:
        scene.target.leniency.judge_lifetime(difference)
        return
    assert difference == count, f"it is {difference} more"


@then(Phrase("it says nothing of {owner} account but its id"))
def says_nothing(scene: Scene, owner: str) -> None:
    """Search the header and the claims for the address, the name, the password and the session credential."""
    person = scene.person(owner)
    said = [*_segment(person.token.finish(), 0).values(), *_segment(person.token.finish(), 1).values()]
    private = [person.email, person.password, person.browser.credential or person.password]
    assert person.subject in said, "the account's id is not in it"
    assert person.name not in said, "the name is in it"
    assert not [value for value in said for text in private if text in str(value)], f"it says {said}"


@then("each key in it carries exactly these members:")
def keys_carry(scene: Scene, datatable: list[list[str]]) -> None:
    """Compare the members and fixed values of every published key with the table; no two keys share an id."""
    specified = {row[0]: row[1] for row in datatable[1:]}
    keys = scene.answer.body["keys"]
    assert keys, "no key is published"
    assert len({key["kid"] for key in keys}) == len(keys), "two keys share an id"
    for key in keys:
        assert set(key) == set(specified), f"a key carries {sorted(key)}"
        assert all(key[name] == value for name, value in specified.items() if value), f"a key says {key}"


@then(Phrase("no key in it verifies {owner} session credential"))
def no_key_verifies(scene: Scene, owner: str) -> None:
    """Check the credential's signature with every published key, and its key's id against theirs."""
    credential = scene.person(owner).browser.credential
    assert credential is not None, "there is no session credential to verify"
    signing_input, _, signature = credential.rpartition(".")
    for key in scene.answer.body["keys"]:
        assert key["kid"] != _segment(credential, 0)["kid"], "the credential's key is published"
        with pytest.raises(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(decode_segment(key["x"])).verify(
                decode_segment(signature), signing_input.encode()
            )
