"""The issuer's key set as the API meets it: what it publishes beside the issuer's own key, and how it is fetched."""

from typing import Final

import pytest
from pytest_bdd import given, then

from steps.entries import KEYS, STRAYS
from steps.keys import Key
from steps.scene import Scene
from steps.vocabulary import Phrase, Word, as_json, one_of

ALGORITHMS: Final = (
    *("EdDSA", "Ed25519", "ES256", "ES384", "ES512", "ES256K"),
    *("RS1", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "HS256", "HS384", "HS512"),
)

TIMES: Final = {"once": 1, "twice": 2, "three times": 3}


@pytest.fixture
def published() -> list[Key]:
    """Keep the keys that a scenario had published, newest last."""
    return []


@given(Phrase("the key set also publishes {key}", key=Word(one_of(*KEYS))))
def publishes_key(scene: Scene, published: list[Key], key: str) -> None:
    """Publish a further key beside the issuer's own; `that key` means the one published last."""
    made = KEYS[key]()
    published.append(made)
    scene.target.key_set.publish(dict(made.jwk), *made.siblings)


@given(Phrase("the key set also publishes {stray}", stray=Word(one_of(*STRAYS))))
def publishes_stray(scene: Scene, stray: str) -> None:
    """Publish an entry that is no usable key beside the issuer's own."""
    scene.target.key_set.publish(STRAYS[stray])


@given(Phrase('it is signed with that key as "{algorithm}"', algorithm=Word(one_of(*ALGORITHMS))))
def is_signed_with_that_key(scene: Scene, published: list[Key], algorithm: str) -> None:
    """Name the published key and the algorithm in the header, and sign so."""
    key, draft = published[-1], scene.person("she").token
    draft.set_header("alg", as_json(algorithm))
    draft.set_header("kid", as_json(key.jwk["kid"]))
    draft.sign_with(key.signer(algorithm))


@given(Phrase('the API allows "{names}"', names=Word(r"[\w, ]+")))
def api_allows(scene: Scene, names: str) -> None:
    """Give the API a list of algorithms of its own, in place of EdDSA alone."""
    scene.target.allow_algorithms(*names.split(", "))


@then("the API fetches nothing but its issuer's key set")
def fetches_nothing_else(scene: Scene) -> None:
    """Compare every request that the API has made with the one URL its policy names."""
    source = scene.target.key_set
    assert set(source.requests) <= {str(source.url)}, f"the API asked for {sorted(set(source.requests))}"


@then(Phrase("the API has fetched the key set {times}", times=Word(one_of(*TIMES), TIMES.__getitem__)))
def has_fetched(scene: Scene, times: int) -> None:
    """Compare how often the API asked for the issuer's key set since the scenario began."""
    assert scene.target.key_set.fetches == times, f"fetched {scene.target.key_set.fetches} times"
