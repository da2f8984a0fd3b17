"""Secrets that a forger tries: the public key in every writing, and what others have published as a secret.

Source: RFC 8725 §2.1, §3.5.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt import PyJWK
from pytest_bdd import given

from steps.drafts import decode_segment
from steps.keys import mac
from steps.scene import Scene
from steps.vocabulary import Phrase, Word, as_json, one_of

PublicKey = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey
Jwk = Mapping[str, Any]


def _public_key(jwk: Jwk) -> PublicKey:
    key = PyJWK.from_dict(dict(jwk)).key
    assert isinstance(key, PublicKey)
    return key


def _encoded(encoding: Encoding, form: PublicFormat) -> Callable[[Jwk], bytes]:
    return lambda jwk: _public_key(jwk).public_bytes(encoding, form)


_pem: Final = _encoded(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

WRITINGS: Final[dict[str, Callable[[Jwk], bytes]]] = {
    "in PEM": _pem,
    "in PEM, without its last line feed": lambda jwk: _pem(jwk).rstrip(b"\n"),
    "in PEM, with Windows line ends": lambda jwk: _pem(jwk).replace(b"\n", b"\r\n"),
    "in PEM, behind a space": lambda jwk: b" " + _pem(jwk),
    "in PEM, on one line": lambda jwk: _pem(jwk).replace(b"\n", b""),
    "in PEM, as PKCS #1 has it": _encoded(Encoding.PEM, PublicFormat.PKCS1),
    "in DER": _encoded(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    "as SSH writes it": _encoded(Encoding.OpenSSH, PublicFormat.OpenSSH),
    "as a JWK": lambda jwk: as_json(dict(jwk)).encode(),
    "as a JWK Set": lambda jwk: as_json({"keys": [dict(jwk)]}).encode(),
    "as its bare number": lambda jwk: decode_segment(jwk.get("x") or jwk["n"]),
    "as its number in base64url": lambda jwk: str(jwk.get("x") or jwk["n"]).encode(),
}
"""How a public key is written down; whoever confuses a public key with a secret uses one of these as the secret."""

SECRET: Final = Word(f'the public key (?:{one_of(*WRITINGS)})|the secret "[^"]*"')


def _octets(scene: Scene, secret: str) -> bytes:
    spoken = re.fullmatch(r'the secret "(.*)"', secret)
    if spoken:
        return scene.target.in_its_words(spoken[1], member="secret").encode()
    return WRITINGS[secret.removeprefix("the public key ")](_public_jwk(scene))


def _public_jwk(scene: Scene) -> Jwk:
    if scene.target.key_set.keys:
        return scene.target.key_set.newest_key.jwk
    entry: Jwk = scene.target.read_key_set(sender=scene.speaker).body["keys"][0]
    return entry


@given(Phrase('it is signed as "{algorithm}" with {secret}', algorithm=Word("HS256|HS384|HS512"), secret=SECRET))
def is_signed_with_secret(scene: Scene, algorithm: str, secret: str) -> None:
    """Name a symmetric algorithm in the header, and compute it with a secret; "the public key" was published last."""
    draft = scene.person("she").token
    draft.set_header("alg", as_json(algorithm))
    if scene.target.key_set.keys:
        draft.set_header("kid", as_json(scene.target.key_set.newest_key.jwk["kid"]))
    draft.sign_with(mac(algorithm, _octets(scene, secret)))
