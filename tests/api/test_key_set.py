"""Which published keys may verify, and with which algorithm."""

import itertools
import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from reference_impl.api.key_set import parse_key_set
from tests.api.world import World, b64, public_jwk

UNKNOWN = "token_invalid: key_unknown"
UNSUITABLE = "token_invalid: key_unsuitable"


Signer = Callable[[bytes], bytes]


def elliptic_jwk(key: ec.EllipticCurvePrivateKey, **changes: object) -> dict[str, Any]:
    return {**ECAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": "key-2", **changes}


def rsa_jwk(bits: int, exponent: int = 65537) -> tuple[rsa.RSAPrivateKey, dict[str, Any]]:
    key = rsa.generate_private_key(public_exponent=exponent, key_size=bits)
    return key, {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": "key-2"}


def signed(world: World, algorithm: str, sign: Signer) -> str:
    draft = world.token({"kid": "key-2", "alg": algorithm}).rpartition(".")[0]
    return f"{draft}.{b64(sign(draft.encode()))}"


def raw_es256(key: ec.EllipticCurvePrivateKey) -> Signer:
    def sign(text: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(text, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    return sign


@pytest.fixture
def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def test_a_listed_algorithm_is_granted_with_its_own_key(world: World, p256: ec.EllipticCurvePrivateKey) -> None:
    world.policy["algorithms"] = ("EdDSA", "ES256")
    world.issuer.keys.append(elliptic_jwk(p256))
    assert world.verdict(signed(world, "ES256", raw_es256(p256))) == "granted"
    assert world.verdict(signed(world, "EdDSA", world.key.sign)) == UNSUITABLE
    assert world.verdict(world.token({"alg": "ES256"})) == UNSUITABLE


def test_the_der_form_of_an_elliptic_signature_is_refused(world: World, p256: ec.EllipticCurvePrivateKey) -> None:
    world.policy["algorithms"] = ("ES256",)
    world.issuer.keys.append(elliptic_jwk(p256))
    token = signed(world, "ES256", lambda text: p256.sign(text, ec.ECDSA(hashes.SHA256())))
    assert world.verdict(token) == "token_invalid: signature_wrong"


def test_both_names_of_one_algorithm_are_served_by_its_key_where_listed(world: World) -> None:
    world.policy["algorithms"] = ("EdDSA", "Ed25519")
    assert world.verdict(world.token({"alg": "Ed25519"})) == "granted"
    assert world.verdict(world.token()) == "granted"


@pytest.mark.parametrize("name", ["EdDSA", "Ed25519"])
def test_a_key_may_be_published_under_either_name_of_its_algorithm(world: World, name: str) -> None:
    world.policy["algorithms"] = ("EdDSA", "Ed25519")
    world.issuer.keys[0]["alg"] = name
    assert world.verdict(world.token()) == "granted"
    assert world.verdict(world.token({"alg": "Ed25519"})) == "granted"


@pytest.mark.parametrize(("bits", "verdict"), [(2048, "granted"), (1024, UNKNOWN)])
def test_an_rsa_key_has_at_least_2048_bits(world: World, bits: int, verdict: str) -> None:
    world.policy["algorithms"] = ("RS256",)
    key, jwk = rsa_jwk(bits)
    world.issuer.keys.append(jwk)
    token = signed(world, "RS256", lambda text: key.sign(text, padding.PKCS1v15(), hashes.SHA256()))
    assert world.verdict(token) == verdict


@pytest.mark.parametrize(("bits", "is_usable"), [(2047, False), (2048, True), (8192, True), (8193, False)])
def test_an_rsa_key_is_neither_too_small_nor_too_large(bits: int, *, is_usable: bool) -> None:
    modulus = (2**bits - 1).to_bytes((bits + 7) // 8, "big")
    entry = {"kty": "RSA", "kid": "key-2", "n": b64(modulus), "e": "AQAB"}
    good = public_jwk(Ed25519PrivateKey.generate(), "key-1")
    assert ("key-2" in parse_key_set(json.dumps({"keys": [good, entry]}).encode())) is is_usable


def test_a_signature_by_another_key_of_the_set_is_refused(world: World, other_key: Ed25519PrivateKey) -> None:
    world.issuer.keys.append(public_jwk(other_key, "key-2"))
    assert world.verdict(world.token(key=other_key)) == "token_invalid: signature_wrong"


@pytest.mark.parametrize("length", [0, 63, 65, 128])
def test_a_signature_has_its_exact_length(world: World, length: int) -> None:
    draft, _, signature = world.token().rpartition(".")
    wrong = b64((b"\0" * 128)[:length])
    expected = "structure_malformed" if length == 0 else "signature_wrong"
    assert world.verdict(f"{draft}.{wrong}") == f"token_invalid: {expected}"
    assert world.verdict(f"{draft}.{signature}") == "granted"


UNUSABLE: dict[str, dict[str, Any]] = {
    "encryption": {"use": "enc"},
    "other operations": {"key_ops": ["sign"]},
    "operations of the wrong type": {"key_ops": "verify"},
    "another algorithm": {"alg": "ES256"},
    "an algorithm of the wrong type": {"alg": ["EdDSA"]},
    "a private key": {"d": "AA"},
    "a symmetric key": {"kty": "oct", "k": "AAAA", "alg": "HS256"},
    "another curve": {"crv": "Ed448"},
    "a curve of the wrong type": {"crv": {}},
    "an unknown type": {"kty": "quantum"},
    "a type of the wrong type": {"kty": ["OKP"]},
    "no point": {"x": ...},
    "a short point": {"x": "AA"},
    "a point of the wrong type": {"x": 1},
    "a point outside the alphabet": {"x": "ü"},
    "no id": {"kid": ...},
    "an id of the wrong type": {"kid": 1},
    "an empty id": {"kid": ""},
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_unusable_entry_is_skipped_beside_a_good_one(world: World, other_key: Ed25519PrivateKey, name: str) -> None:
    entry = {**public_jwk(other_key, "key-2"), **UNUSABLE[name]}
    world.issuer.keys.append({member: value for member, value in entry.items() if value is not ...})
    assert world.verdict(world.token({"kid": "key-2"}, other_key)) == UNKNOWN
    assert world.verdict(world.token()) == "granted"


def test_a_published_private_key_proves_nothing(world: World, other_key: Ed25519PrivateKey) -> None:
    entry = {**OKPAlgorithm.to_jwk(other_key, as_dict=True), "kid": "key-2"}
    assert "d" in entry
    world.issuer.keys.append(entry)
    assert world.verdict(world.token({"kid": "key-2"}, other_key)) == UNKNOWN
    assert world.verdict(world.token()) == "granted"


@pytest.mark.parametrize("entry", [None, 1, "x", [], {}])
def test_what_is_no_entry_is_skipped(world: World, entry: object) -> None:
    world.issuer.keys.append(entry)
    assert world.verdict(world.token()) == "granted"


def test_one_id_for_two_keys_names_neither(world: World, other_key: Ed25519PrivateKey) -> None:
    world.issuer.keys += [public_jwk(other_key, "key-2"), public_jwk(Ed25519PrivateKey.generate(), "key-2")]
    assert world.verdict(world.token({"kid": "key-2"}, other_key)) == UNKNOWN
    assert world.verdict(world.token()) == "granted"


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP256K1()])
def test_an_elliptic_key_of_another_curve_is_skipped(world: World, curve: ec.EllipticCurve) -> None:
    world.policy["algorithms"] = ("EdDSA", "ES256")
    world.issuer.keys.append(elliptic_jwk(ec.generate_private_key(curve)))
    assert world.verdict(world.token({"kid": "key-2", "alg": "ES256"})) == UNKNOWN


def test_a_point_off_the_curve_is_skipped(world: World, p256: ec.EllipticCurvePrivateKey) -> None:
    world.issuer.keys.append(elliptic_jwk(p256, y=b64(b"\1" * 32)))
    assert world.verdict(world.token({"kid": "key-2"})) == UNKNOWN


@pytest.mark.parametrize("name", ["alg", "use"])
def test_what_a_key_does_not_declare_is_not_held_against_it(world: World, name: str) -> None:
    del world.issuer.keys[0][name]
    assert world.verdict(world.token()) == "granted"


def test_a_key_that_declares_nothing_serves_its_own_family_alone(p256: ec.EllipticCurvePrivateKey) -> None:
    text = json.dumps({"keys": [elliptic_jwk(p256)]}).encode()
    assert parse_key_set(text)["key-2"].algorithms == ("ES256",)


@pytest.mark.parametrize("member", ["n", "e"])
@pytest.mark.parametrize("value", ["", "AQ", "AA", "Ag", "_" * 4000, None, 1])
def test_an_rsa_key_of_strange_numbers_is_skipped(member: str, value: object) -> None:
    good, bad = public_jwk(Ed25519PrivateKey.generate(), "key-1"), {**rsa_jwk(2048)[1], member: value}
    assert set(parse_key_set(json.dumps({"keys": [good, bad]}).encode())) == {"key-1"}


def roca_prime(start: int) -> int:
    """Return a prime as the flawed generator made them: k * M + 65537^a mod M, M the product of the small primes."""
    product = math.prod(n for n in range(2, 702) if all(n % d for d in range(2, n)))
    residue = pow(65537, start, product)
    candidates = (factor * product + residue for factor in itertools.count((3 << 1022) // product))
    return next(n for n in candidates if pow(2, n - 1, n) == 1)


def test_a_key_of_the_flawed_generator_is_skipped() -> None:
    modulus = roca_prime(12_345) * roca_prime(54_321)
    good, bad = rsa_jwk(2048)[1], {"kty": "RSA", "kid": "key-3", "e": "AQAB", "n": b64(modulus.to_bytes(256, "big"))}
    assert modulus.bit_length() == 2048
    assert set(parse_key_set(json.dumps({"keys": [good, bad]}).encode())) == {"key-2"}
