"""What may be wrong with a finished signature, by the name a scenario gives it.

Source: RFC 7518 §3.3, §3.4; RFC 8032 §5.1.7; RFC 8017 §9.2.
"""

import hashlib
from collections.abc import Callable
from itertools import product
from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from steps.drafts import Signer
from steps.weak_keys import SHA256_INFO, padded_digest

P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ED25519_ORDER: Final = 2**252 + 27742317777372353535851937790883648493

Flaw = Callable[[bytes], bytes]


def _halves(signature: bytes) -> tuple[int, int]:
    middle = len(signature) // 2
    return int.from_bytes(signature[:middle], "big"), int.from_bytes(signature[middle:], "big")


def _as_der(signature: bytes) -> bytes:
    return encode_dss_signature(*_halves(signature))


def _order_added(signature: bytes) -> bytes:
    # An Ed25519 verifier that does not bound S takes this for another good signature (RFC 8032 §5.1.7).
    scalar = int.from_bytes(signature[32:], "little") + ED25519_ORDER
    return signature[:32] + scalar.to_bytes(32, "little")


PARTS: Final[dict[str, Callable[[int, int], tuple[int, int]]]] = {
    "r": lambda r, s: (r, s),
    "s": lambda r, s: (s, r),
    "n - s": lambda r, s: (P256_ORDER - s, r),
    "0": lambda _r, _s: (0, 0),
    "1": lambda _r, _s: (1, 0),
    "n - 1": lambda _r, _s: (P256_ORDER - 1, 0),
    "n": lambda _r, _s: (P256_ORDER, 0),
    "n + 1": lambda _r, _s: (P256_ORDER + 1, 0),
}
"""What stands for r or s in an ECDSA signature; n is the order of P-256."""


def _pair(first: str, second: str) -> Flaw:
    def flaw(signature: bytes) -> bytes:
        halves = _halves(signature)
        return b"".join(PARTS[part](*halves)[0].to_bytes(32, "big") for part in (first, second))

    return flaw


FLAWS: Final[dict[str, Flaw]] = {
    "cut by one octet": lambda signature: signature[:-1],
    "cut to its first half": lambda signature: signature[: len(signature) // 2],
    "longer by one octet": lambda signature: signature + b"\0",
    "longer by an octet in front": lambda signature: b"\0" + signature,
    "written twice": lambda signature: signature * 2,
    "all zeros": lambda signature: bytes(len(signature)),
    "a single zero": lambda _: b"\0",
    "all ones": lambda signature: b"\xff" * len(signature),
    "larger by the order of the group": _order_added,
    "in DER": _as_der,
    **{f"the pair ({first}, {second})": _pair(first, second) for first, second in product(PARTS, PARTS)},
}
"""What becomes of a signature's octets."""


def _block(signing_input: bytes, *, start: bytes = b"\0\1", fill: bytes = b"\xff", info: bytes = SHA256_INFO) -> bytes:
    tail = b"\0" + info + hashlib.sha256(signing_input).digest()
    return start + fill * (256 - len(start) - len(tail)) + tail


def _short_fill(signing_input: bytes) -> bytes:
    # The rest is rubbish: what a verifier ignores there, a forger computes there.
    return (b"\0\1" + b"\xff" * 8 + padded_digest(signing_input)[-52:]).ljust(256, b"\xa5")


PADDINGS: Final[dict[str, Flaw]] = {
    "as the standard has it": padded_digest,
    "of block type 0": lambda text: _block(text, start=b"\0\0", fill=b"\0"),
    "of block type 2": lambda text: _block(text, start=b"\0\2", fill=b"\xa5"),
    "of eight octets, with rubbish at the end": _short_fill,
    "of zeros": lambda text: _block(text, fill=b"\0"),
    "without the digest's name": lambda text: _block(text, info=b""),
    "with another digest's name": lambda text: _block(text, info=SHA256_INFO.replace(b"\4\2\1", b"\4\2\2")),
    "with the digest's name cut short": lambda text: _block(
        text, info=bytes.fromhex("302f300b06096086480165030402010420")
    ),
    "without a separator": lambda text: _block(text).replace(b"\xff\0", b"\xff\xff", 1),
}
"""What stands around the digest when an RSA key is applied to it as RS256; the digest itself is always right."""


def pad(private: RSAPrivateKey, padding: Flaw) -> Signer:
    """Return what applies an RSA private key to a padded digest as it is given. Source: RFC 8017 §8.2.1."""
    numbers = private.private_numbers()
    modulus = numbers.public_numbers.n

    def sign(signing_input: bytes) -> bytes:
        return pow(int.from_bytes(padding(signing_input), "big"), numbers.d, modulus).to_bytes(256, "big")

    return sign
