"""What signs a forged token, by the name a scenario gives it."""

from collections.abc import Callable
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from steps.certificates import self_signed
from steps.drafts import Signer
from steps.keys import Key, ec_key, ed25519_key, rsa_key, symmetric_key
from steps.scene import Scene
from steps.vocabulary import as_json


def _another_key(_: Scene) -> Signer:
    return Ed25519PrivateKey.generate().sign


def _nothing(_: Scene) -> Signer:
    return lambda _signing_input: b""


def _issuers_key(scene: Scene) -> Signer:
    draft = scene.person("she").token
    return draft.trusted_signer(draft.key_id)


def _session_key(scene: Scene) -> Signer:
    return scene.target.session_signer()


def _published_beside(scene: Scene) -> Signer:
    key = scene.target.key_set.newest_key
    return key.signer(key.jwk["alg"])


def _published_elsewhere(scene: Scene) -> Signer:
    key = ed25519_key().with_members(kid=scene.person("she").token.named_key_id)
    scene.target.key_set.elsewhere.append(dict(key.jwk))
    return key.signer("EdDSA")


def _carried(make: Callable[[], Key], carry: Callable[[Key], dict[str, Any]]) -> Callable[[Scene], Signer]:
    def signer(scene: Scene) -> Signer:
        key, draft = make(), scene.person("she").token
        draft.set_header("alg", as_json(key.jwk["alg"]))
        # A key that calls itself what the issuer's is called is no more the issuer's.
        for name, value in carry(key.with_members(kid=draft.named_key_id)).items():
            draft.set_header(name, as_json(value))
        return key.signer(key.jwk["alg"])

    return signer


def _jwk(key: Key) -> dict[str, Any]:
    return {"jwk": dict(key.jwk)}


SIGNERS: Final[dict[str, Callable[[Scene], Signer]]] = {
    "the issuer's key": _issuers_key,
    "another key": _another_key,
    "nothing at all": _nothing,
    "the key of the session credential": _session_key,
    "a key published beside the issuer's": _published_beside,
    "a key published elsewhere": _published_elsewhere,
    'an Ed25519 key in its header "jwk"': _carried(ed25519_key, _jwk),
    'a P-256 key in its header "jwk"': _carried(lambda: ec_key("P-256", "ES256"), _jwk),
    'an RSA key in its header "jwk"': _carried(lambda: rsa_key(2048), _jwk),
    'a symmetric key in its header "jwk"': _carried(symmetric_key, _jwk),
    'a key certified in its header "x5c"': _carried(ed25519_key, lambda key: {"x5c": [self_signed(key)[0]]}),
    'a key whose certificate its header "x5t#S256" names': _carried(
        ed25519_key, lambda key: {"x5t#S256": self_signed(key)[1]}
    ),
}
"""The header stays as it is, unless the name says where it carries the key. `another key` is Mallory's, under the
trusted key's `kid`. `a key published elsewhere` is what every host but the issuer's publishes under the `kid` that the
token names. `nothing at all` leaves the signature empty."""
