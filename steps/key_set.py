"""The issuer's key set as the API meets it: what it publishes beside the issuer's own key, and how it is fetched."""

from collections.abc import Callable
from typing import Final

from pytest_bdd import given, then, when

from steps.entries import KEYS, STRAYS
from steps.scene import Scene
from steps.vocabulary import Phrase, Word, as_json, one_of

ALGORITHMS: Final = (
    *("EdDSA", "Ed25519", "ES256", "ES384", "ES512", "ES256K"),
    *("RS1", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "HS256", "HS384", "HS512"),
)

KEY_ID_SPELLINGS: Final[dict[str, Callable[[str], str]]] = {
    "as it was published": str,
    "in the other case": str.swapcase,
    "cut by one letter": lambda key_id: key_id[:-1],
    "longer by one letter": lambda key_id: key_id + "A",
    "followed by a space": lambda key_id: key_id + " ",
    "followed by a NUL": lambda key_id: key_id + "\0",
    "in full-width letters": lambda key_id: "".join(chr(ord(letter) + 0xFEE0) for letter in key_id),
}
"""How a token spells the `kid` of the key that signs it; a published `kid` is printable ASCII."""

PRIVATE_MEMBERS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"})
"""Source: RFC 7518 §6.2.2, §6.3.2, §6.4; RFC 8037 §2."""

TIMES: Final = {"once": 1, "twice": 2, "three times": 3}


@given(Phrase("the key set also publishes {entry}", entry=Word(one_of(*KEYS, *STRAYS))))
def publishes(scene: Scene, entry: str) -> None:
    """Publish a further entry beside the issuer's own key; `that key` means the key published last."""
    scene.target.publish_entry(entry)


@given(Phrase('it is signed with that key as "{algorithm}"', algorithm=Word(one_of(*ALGORITHMS))))
def is_signed_with_that_key(scene: Scene, algorithm: str) -> None:
    """Name the published key and the algorithm in the header, and sign so."""
    key, draft = scene.target.key_set.newest_key, scene.person("she").token
    draft.set_header("alg", as_json(algorithm))
    draft.set_header("kid", as_json(key.jwk["kid"]))
    draft.sign_with(key.signer(algorithm))


@given(Phrase("its key id is spelled {spelling}", spelling=Word(one_of(*KEY_ID_SPELLINGS))))
def key_id_is_spelled(scene: Scene, spelling: str) -> None:
    """Spell the `kid` of the key that signs in another way."""
    draft = scene.person("she").token
    draft.set_header("kid", as_json(KEY_ID_SPELLINGS[spelling](draft.key_id)))


@given(Phrase('the API allows "{names}"', names=Word(r"[\w, ]+")))
def api_allows(scene: Scene, names: str) -> None:
    """Give the API a list of algorithms of its own, in place of EdDSA alone."""
    scene.target.allow_algorithms(*names.split(", "))


@given("the API denies that key")
def api_denies(scene: Scene) -> None:
    """Have the API's operator deny the key published last, by its id."""
    scene.target.deny_keys(scene.target.key_set.newest_key.jwk["kid"])


@when(Phrase("{actor} reads the issuer's key set"))
def reads_key_set(scene: Scene, actor: str) -> None:
    """Ask the issuer for its published keys, as anyone may."""
    scene.answer = scene.target.read_key_set(sender=scene.person(actor).name)


@then("no key in it has a private member")
def has_no_private_member(scene: Scene) -> None:
    """Compare the members of every published key with those that belong to private and symmetric keys."""
    keys = scene.answer.body["keys"]
    assert keys, "no key is published"
    assert not [key for key in keys if not PRIVATE_MEMBERS.isdisjoint(key)], "a private member is published"


@then("the API fetches nothing but its issuer's key set")
def fetches_nothing_else(scene: Scene) -> None:
    """Compare every request that the API has made with the one URL its policy names."""
    with scene.if_seen():
        source = scene.target.key_set
        assert set(source.requests) <= {str(source.url)}, f"the API asked for {sorted(set(source.requests))}"


@then(Phrase("the API has fetched the key set {times}", times=Word(one_of(*TIMES), TIMES.__getitem__)))
def has_fetched(scene: Scene, times: int) -> None:
    """Compare how often the API asked for the issuer's key set since the scenario began."""
    with scene.if_seen():
        fetches, leniency = scene.target.key_set.fetches, scene.target.leniency
        assert fetches <= times, f"fetched {fetches} times"
        # A foreign API may have fetched it before; how long it keeps what it fetched is its own choice.
        if leniency is None or leniency.sees_every_fetch:
            scene.expect(fetches == times, f"fetched {fetches} times")
