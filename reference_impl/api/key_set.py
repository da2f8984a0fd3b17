"""A published JWK Set, reduced to the keys that may verify a token.

Source: RFC 7517 §4, §5; RFC 7518 §3.3, §6; RFC 8725 §3.1, §3.5.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.algorithms import Algorithm
from jwt.exceptions import PyJWTError

from .structure import JsonObject, MalformedJson, parse_object

_FAMILIES: Final[tuple[tuple[str, str | None, tuple[str, ...]], ...]] = (
    # kty, crv and every name of the one algorithm, PyJWT's first (RFC 9864 calls EdDSA over this curve Ed25519).
    ("OKP", "Ed25519", ("EdDSA", "Ed25519")),
    ("EC", "P-256", ("ES256",)),
    ("RSA", None, ("RS256",)),
)
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_SMALLEST_RSA_BITS: Final = 2048
_LARGEST_RSA_BITS: Final = 8192
_RSA_EXPONENTS: Final = range(3, 2**32)
# A modulus of the flawed Infineon generator is a power of 65537 modulo every small prime (CVE-2017-15361, "ROCA").
_SMALL_PRIMES: Final = [n for n in range(3, 168) if all(n % d for d in range(2, n))]
_ROCA_POWERS: Final = {prime: {pow(65537, power, prime) for power in range(prime)} for prime in _SMALL_PRIMES}
# The y of every Ed25519 point of small order: under such a key one signature holds for every text (RFC 8725 §3.4).
_FIELD: Final = 2**255 - 19
_ORDER_EIGHT: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER: Final = frozenset({0, 1, _FIELD - 1, _ORDER_EIGHT, _FIELD - _ORDER_EIGHT})


class KeySetMalformed(ValueError):  # noqa: N818 -- reads as the fact it states
    """An answer of the issuer that holds no usable key."""


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """A public key, prepared once, that fixes the algorithms it may be used with."""

    algorithms: tuple[str, ...]
    _algorithm: Algorithm
    _key: object

    def verifies(self, signing_input: bytes, signature: bytes) -> bool:
        """Tell whether the signature was made over the input by this key's private half."""
        return self._algorithm.verify(signing_input, self._key, signature)


def parse_key_set(text: bytes) -> dict[str, VerifyingKey]:
    """Return the usable keys by `kid`; an entry that is not usable is skipped, never the whole set.

    Two usable keys of one `kid` are both skipped: which of them a token means cannot be told.

    Raises:
        KeySetMalformed: the text is no JWK Set, or none of its keys is usable.

    Source: RFC 7517 §5; docs/decisions/api-keys.md.
    """
    try:
        entries = parse_object(text).get("keys")
    except MalformedJson as error:
        raise KeySetMalformed(f"not strict JSON: {error}") from error
    if not isinstance(entries, list):
        raise KeySetMalformed("no list of keys")
    keys = [found for entry in entries if (found := _read_entry(entry)) is not None]
    counts = Counter(key_id for key_id, _ in keys)
    usable = {key_id: key for key_id, key in keys if counts[key_id] == 1}
    if not usable:
        raise KeySetMalformed("no usable key")
    return usable


def _read_entry(entry: object) -> tuple[str, VerifyingKey] | None:
    if not isinstance(entry, dict) or not _is_for_verifying(entry):
        return None
    key_id, algorithms = entry.get("kid"), _algorithms(entry)
    if not isinstance(key_id, str) or not key_id or not algorithms:
        return None
    try:
        jwk = PyJWK.from_dict(entry, algorithms[0])
    except (PyJWTError, ValueError, TypeError, KeyError):
        return None
    return (key_id, VerifyingKey(algorithms, jwk.Algorithm, jwk.key)) if _is_strong(jwk.key) else None


def _algorithms(entry: JsonObject) -> tuple[str, ...]:
    for kind, curve, names in _FAMILIES:
        # RFC 8725 §3.1: a key serves the algorithm it was published for and no other.
        if entry.get("kty") == kind and entry.get("crv") == curve and entry.get("alg") in (None, *names):
            return names
    return ()


def _is_for_verifying(entry: JsonObject) -> bool:
    # ASVS 11.1.1: a published private key is nobody's secret any more; what it signs proves nothing.
    if not _PRIVATE.isdisjoint(entry):
        return False
    operations = entry.get("key_ops", ["verify"])
    return entry.get("use", "sig") == "sig" and isinstance(operations, list) and "verify" in operations


def _is_strong(key: object) -> bool:
    if isinstance(key, Ed25519PublicKey):
        # The highest bit is the sign of x; y is read modulo the field, as a lenient decoder reads it.
        y = int.from_bytes(key.public_bytes_raw(), "little") % 2**255
        return y % _FIELD not in _SMALL_ORDER
    if not isinstance(key, RSAPublicKey):
        return True
    numbers = key.public_numbers()
    is_sized = _SMALLEST_RSA_BITS <= key.key_size <= _LARGEST_RSA_BITS and numbers.e in _RSA_EXPONENTS
    return is_sized and not all(numbers.n % prime in powers for prime, powers in _ROCA_POWERS.items())
