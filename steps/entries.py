"""The entries a key set may carry beside its issuer's own key: keys to sign with, and strays that are no usable key."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from steps.drafts import encode_segment
from steps.heavy_keys import large_rsa_key, long_exponent_rsa_key
from steps.keys import Key, ec_key, ed448_key, ed25519_key, encode_integer, rsa_key, symmetric_key
from steps.weak_keys import off_its_curve, patterned_rsa_key, pointless_ed25519_key, weightless_rsa_key


def _with_private_half() -> Key:
    key = ed25519_key()
    assert isinstance(key.private, Ed25519PrivateKey)
    return key.with_members(d=encode_segment(key.private.private_bytes_raw()))


def _with_primes() -> Key:
    key = rsa_key(2048)
    assert isinstance(key.private, RSAPrivateKey)
    numbers = key.private.private_numbers()
    return key.with_members(p=encode_integer(numbers.p), q=encode_integer(numbers.q))


def _beside_its_namesake() -> Key:
    key = ed25519_key()
    return replace(key, siblings=(ed25519_key().with_members(kid=key.jwk["kid"]).jwk,))


KEYS: Final[dict[str, Callable[[], Key]]] = {
    "another Ed25519 key": ed25519_key,
    "an Ed25519 key without an algorithm": lambda: ed25519_key().with_members(alg=None),
    "an Ed25519 key for encryption": lambda: ed25519_key().with_members(use="enc"),
    "an Ed25519 key for deriving bits": lambda: ed25519_key().with_members(use=None, key_ops=["deriveBits"]),
    "an Ed25519 key for nothing": lambda: ed25519_key().with_members(use=None, key_ops=[]),
    "an Ed25519 key for a word, no list": lambda: ed25519_key().with_members(use=None, key_ops="verify"),
    "an Ed25519 key for verifying": lambda: ed25519_key().with_members(use=None, key_ops=["verify"]),
    "an Ed25519 key with its private half": _with_private_half,
    "an RSA key with its primes": _with_primes,
    "two Ed25519 keys under one id": _beside_its_namesake,
    "an Ed25519 key that is the neutral point": pointless_ed25519_key,
    "an Ed448 key": ed448_key,
    "a P-256 key": lambda: ec_key("P-256", "ES256"),
    "a P-256 key without an algorithm": lambda: ec_key("P-256", "ES256").with_members(alg=None),
    "a P-256 key off its curve": off_its_curve,
    "a P-256 key for ES384": lambda: ec_key("P-256", "ES384"),
    "a P-384 key": lambda: ec_key("P-384", "ES384"),
    "a P-384 key for ES256": lambda: ec_key("P-384", "ES256"),
    "a P-521 key for ES256": lambda: ec_key("P-521", "ES256"),
    "a secp256k1 key": lambda: ec_key("secp256k1", "ES256K"),
    "a secp256k1 key for ES256": lambda: ec_key("secp256k1", "ES256"),
    "an RSA key of 2048 bits": lambda: rsa_key(2048),
    "an RSA key of 1024 bits": lambda: rsa_key(1024),
    "an RSA key without an algorithm": lambda: rsa_key(2048).with_members(alg=None),
    "an RSA key for PS256": lambda: rsa_key(2048).with_members(alg="PS256"),
    "an RSA key with exponent 1": weightless_rsa_key,
    "an RSA key of 8192 bits": lambda: large_rsa_key(8192),
    "an RSA key of 16384 bits": lambda: large_rsa_key(16_384),
    "an RSA key with an exponent of 32 bits": lambda: long_exponent_rsa_key(4_294_967_291),
    "an RSA key with an exponent of 33 bits": lambda: long_exponent_rsa_key(4_294_967_311),
    "an RSA key of the flawed generator": patterned_rsa_key,
    "a symmetric key": symmetric_key,
}
"""Keys a scenario may have the issuer publish beside its own, to sign with."""

_SOUND: Final = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "stray", "x": "A" * 43}

STRAYS: Final[dict[str, object]] = {
    "a string in place of a key": "key",
    "null in place of a key": None,
    "a list in place of a key": [_SOUND],
    "a key of an unknown type": _SOUND | {"kty": "AKP", "alg": "ML-DSA-44", "pub": "A" * 1750},
    "a key on an unknown curve": _SOUND | {"crv": "Ed25519ph"},
    "a key whose curve is a number": _SOUND | {"crv": 25519},
    "a key without its coordinate": {name: value for name, value in _SOUND.items() if name != "x"},
    "a key whose coordinate is cut short": _SOUND | {"x": "AAAA"},
    "a key whose coordinate is no base64url": _SOUND | {"x": "!" * 43},
    "a key without an id": {name: value for name, value in _SOUND.items() if name != "kid"},
    "a key whose id is a number": _SOUND | {"kid": 1},
    "a key with members nobody knows": _SOUND | {"x-note": {"owner": "nobody"}},
}
"""Entries that are no usable key."""
