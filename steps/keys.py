"""Keys that a scenario makes: their published form, and what signs with them.

Source: RFC 7517 §4; RFC 7518 §3, §6; RFC 8037 §2.
"""

import hashlib
import hmac
from base64 import b32encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from steps.drafts import Signer, encode_segment

HASHES: Final[Mapping[str, hashes.HashAlgorithm]] = {
    "1": hashes.SHA1(),  # noqa: S303 -- a forger's choice, which the API must refuse
    "256": hashes.SHA256(),
    "384": hashes.SHA384(),
    "512": hashes.SHA512(),
}

CURVES: Final[Mapping[str, ec.EllipticCurve]] = {
    "P-256": ec.SECP256R1(),
    "P-384": ec.SECP384R1(),
    "P-521": ec.SECP521R1(),
    "secp256k1": ec.SECP256K1(),
}

PrivateKey = (
    Ed25519PrivateKey
    | Ed448PrivateKey
    | ec.EllipticCurvePrivateKey
    | rsa.RSAPrivateKey
    | bytes
    | Callable[[bytes], bytes]
)
"""A private key, the octets of a symmetric one, or a way to sign without any."""


@dataclass(frozen=True)
class Key:
    """A key and its entry in a key set.

    Attributes:
        jwk: the entry as it is published.
        private: what signs.
        siblings: further entries, published with it.
    """

    jwk: Mapping[str, Any]
    private: PrivateKey
    siblings: tuple[object, ...] = ()

    def with_members(self, **members: object) -> "Key":
        """Return the same key under an entry with these members; a member that is None is left out."""
        jwk = {name: value for name, value in {**self.jwk, **members}.items() if value is not None}
        return replace(self, jwk=jwk)

    def signer(self, algorithm: str) -> Signer:
        """Return what signs with this key under an algorithm.

        Raises:
            AssertionError: the algorithm is not for such a key.
        """
        private = self.private
        if isinstance(private, bytes):
            return mac(algorithm, private)
        if isinstance(private, rsa.RSAPrivateKey):
            return _rsa_signer(algorithm, private)
        if isinstance(private, ec.EllipticCurvePrivateKey):
            return _ecdsa_signer(algorithm, private)
        return private if callable(private) else private.sign


def mac(algorithm: str, secret: bytes) -> Signer:
    """Return what computes HS256, HS384 or HS512 under a secret. Source: RFC 7518 §3.2."""
    return lambda signing_input: hmac.digest(secret, signing_input, f"sha{algorithm.removeprefix('HS')}")


def _rsa_signer(algorithm: str, private: rsa.RSAPrivateKey) -> Signer:
    digest = HASHES[algorithm[2:]]
    is_pss = algorithm.startswith("PS")
    assert is_pss or algorithm.startswith("RS"), f"{algorithm} is not for an RSA key"
    filling = padding.PSS(padding.MGF1(digest), digest.digest_size) if is_pss else padding.PKCS1v15()
    return lambda signing_input: private.sign(signing_input, filling, digest)


def _ecdsa_signer(algorithm: str, private: ec.EllipticCurvePrivateKey) -> Signer:
    digest = HASHES[algorithm[2:5]]
    size = (private.key_size + 7) // 8

    def sign(signing_input: bytes) -> bytes:
        r, s = decode_dss_signature(private.sign(signing_input, ec.ECDSA(digest)))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    return sign


def encode_integer(number: int, size: int | None = None) -> str:
    """Return base64url of an integer, big-endian. Source: RFC 7518 §2, §6.2.1.2."""
    return encode_segment(number.to_bytes(size or (number.bit_length() + 7) // 8, "big"))


def make_key(private: PrivateKey, **members: object) -> Key:
    """Return a key under an id that follows from its members."""
    digest = hashlib.sha256(repr(sorted(members.items())).encode()).digest()
    # Not in hexadecimal digits: one id in 280 would hold no letter, and be the same in the other case.
    return Key({"kid": b32encode(digest).decode().lower()[:12], "use": "sig", **members}, private)


def ed25519_key() -> Key:
    """Make an Ed25519 key."""
    private = Ed25519PrivateKey.generate()
    x = encode_segment(private.public_key().public_bytes_raw())
    return make_key(private, kty="OKP", crv="Ed25519", alg="EdDSA", x=x)


def ed448_key() -> Key:
    """Make an Ed448 key."""
    private = Ed448PrivateKey.generate()
    x = encode_segment(private.public_key().public_bytes_raw())
    return make_key(private, kty="OKP", crv="Ed448", alg="EdDSA", x=x)


def ec_key(curve: str, algorithm: str) -> Key:
    """Make a key on a curve of RFC 7518 §6.2.1.1 or RFC 8812 §3.1."""
    private = ec.generate_private_key(CURVES[curve])
    point, size = private.public_key().public_numbers(), (private.key_size + 7) // 8
    x, y = encode_integer(point.x, size), encode_integer(point.y, size)
    return make_key(private, kty="EC", crv=curve, alg=algorithm, x=x, y=y)


@cache
def _rsa_private(bits: int) -> rsa.RSAPrivateKey:
    # Primes take long to find; one key of each size serves the whole run.
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def rsa_key(bits: int) -> Key:
    """Return an RSA key of a size."""
    return rsa_key_of(_rsa_private(bits))


def rsa_key_of(private: rsa.RSAPrivateKey) -> Key:
    """Return an RSA key under its entry."""
    public = private.public_key().public_numbers()
    return make_key(private, kty="RSA", alg="RS256", n=encode_integer(public.n), e=encode_integer(public.e))


def symmetric_key() -> Key:
    """Return a symmetric key, for whoever reads the set to sign with."""
    secret = b"a secret that everybody can read"
    return make_key(secret, kty="oct", alg="HS256", k=encode_segment(secret))
