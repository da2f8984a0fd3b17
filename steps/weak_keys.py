"""Keys that are no protection: whoever reads their public half can sign, or soon will.

Source: RFC 7518 §3.3; RFC 8017 §9.2; CVE-2017-15361.
"""

import hashlib
import itertools
import math
from dataclasses import replace
from functools import cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa

from steps.drafts import decode_segment, encode_segment
from steps.keys import Key, ec_key, ed25519_key, encode_integer, rsa_key, rsa_key_of

SHA256_INFO: Final = bytes.fromhex("3031300d060960864801650304020105000420")
"""What names SHA-256 in front of the digest. Source: RFC 8017 §9.2, note 1."""


def weightless_rsa_key() -> Key:
    """Return an RSA key whose exponent is 1: what is to be signed is its own signature."""
    key = rsa_key(2048)
    return replace(key.with_members(kid="exponent-1", e=encode_integer(1)), private=padded_digest)


def padded_digest(signing_input: bytes, *, size: int = 256) -> bytes:
    """Return what an RS256 signature is computed from. Source: RFC 8017 §9.2."""
    info = SHA256_INFO + hashlib.sha256(signing_input).digest()
    return b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info


def off_its_curve() -> Key:
    """Return a P-256 key whose published point is not on the curve."""
    key = ec_key("P-256", "ES256")
    y = int.from_bytes(decode_segment(key.jwk["y"]), "big")
    return key.with_members(y=encode_integer(y ^ 1, 32))


def pointless_ed25519_key() -> Key:
    """Return an Ed25519 key that is the neutral point: one signature holds for every text, and nobody signed it."""
    neutral = (1).to_bytes(32, "little")
    return replace(ed25519_key().with_members(x=encode_segment(neutral)), private=lambda _: neutral + bytes(32))


@cache
def patterned_rsa_key() -> Key:
    """Return an RSA key as the flawed Infineon generator made them, "ROCA": its modulus can be factored."""
    p, q = _patterned_prime(12_345), _patterned_prime(54_321)
    public = rsa.RSAPublicNumbers(65537, p * q)
    d = pow(65537, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public)
    return rsa_key_of(numbers.private_key())


def _patterned_prime(power: int) -> int:
    # k * M + 65537^a mod M, M being the product of the small primes.
    product = math.prod(n for n in range(2, 702) if all(n % d for d in range(2, n)))
    residue = pow(65537, power, product)
    candidates = (factor * product + residue for factor in itertools.count((3 << 1022) // product))
    return next(n for n in candidates if pow(2, n - 1, n) == 1)
