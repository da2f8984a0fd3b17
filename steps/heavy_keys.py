"""RSA keys that are sound and dear: large moduli, large exponents. Only who publishes a key set can bring one in.

A modulus of many primes verifies like any other, and is made and signed with in milliseconds. Source: RFC 8017 §3.
"""

import math
from functools import cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa

from steps.keys import Key, encode_integer, make_key
from steps.weak_keys import padded_digest

USUAL_EXPONENT: Final = 65_537
PART_BITS: Final = 1024


@cache
def large_rsa_key(bits: int) -> Key:
    """Return an RSA key whose modulus has exactly so many bits, a multiple of 1024."""
    primes = list[int]()
    while bits - math.prod(primes).bit_length() > PART_BITS + PART_BITS // 2:
        part = rsa.generate_private_key(USUAL_EXPONENT, PART_BITS).private_numbers()
        primes += [part.p, part.q]
    primes.append(rsa.generate_private_key(USUAL_EXPONENT, PART_BITS).private_numbers().p)
    return _key_of([*primes, _prime_after((1 << bits) * 3 // 4 // math.prod(primes))], USUAL_EXPONENT)


@cache
def long_exponent_rsa_key(exponent: int) -> Key:
    """Return an RSA key of 2048 bits whose public exponent is this prime."""
    numbers = rsa.generate_private_key(USUAL_EXPONENT, 2048).private_numbers()
    return _key_of([numbers.p, numbers.q], exponent)


def _prime_after(number: int) -> int:
    candidate = number | 1
    while pow(2, candidate - 1, candidate) != 1 or (candidate - 1) % USUAL_EXPONENT == 0:
        candidate += 2
    return candidate


def _key_of(primes: list[int], exponent: int) -> Key:
    modulus = math.prod(primes)
    size = (modulus.bit_length() + 7) // 8

    def sign(signing_input: bytes) -> bytes:
        message = int.from_bytes(padded_digest(signing_input, size=size), "big")
        signature = sum(_share(message, prime, exponent, modulus) for prime in primes) % modulus
        return signature.to_bytes(size, "big")

    return make_key(sign, kty="RSA", alg="RS256", n=encode_integer(modulus), e=encode_integer(exponent))


def _share(message: int, prime: int, exponent: int, modulus: int) -> int:
    # The signature modulo one prime, lifted so that it vanishes modulo all others.
    others = modulus // prime
    root = pow(message % prime, pow(exponent, -1, prime - 1), prime)
    return root * others * pow(others, -1, prime)
