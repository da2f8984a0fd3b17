"""Encrypted tokens: JWE, which anyone can make who has read a public key, and which therefore proves no origin.

Source: RFC 7516 §5.1, §7.1; RFC 7518 §4.
"""

import os
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash

from steps.drafts import decode_segment, encode_segment
from steps.keys import encode_integer
from steps.scene import Scene
from steps.vocabulary import as_json

CONTENT_KEY_OCTETS: Final = 32
MOST_ITERATIONS: Final = 2**31 - 1


def _jwe(token: str, header: dict[str, object], content_key: bytes, encrypted_key: bytes) -> str:
    claims = decode_segment(token.split(".")[1])
    protected = encode_segment(as_json({**header, "enc": "A256GCM", "typ": "at+jwt"}).encode())
    vector = os.urandom(12)
    sealed = AESGCM(content_key).encrypt(vector, claims, protected.encode())
    parts = (encrypted_key, vector, sealed[:-16], sealed[-16:])
    return ".".join([protected, *map(encode_segment, parts)])


def direct(_: Scene, token: str) -> str:
    """Encrypt the claims under a key that the sender chose. Source: RFC 7518 §4.5."""
    return _jwe(token, {"alg": "dir"}, os.urandom(CONTENT_KEY_OCTETS), b"")


def guessed_password(_: Scene, token: str) -> str:
    """Claim a password and so many iterations that trying it takes minutes. Source: RFC 7518 §4.8."""
    header = {"alg": "PBES2-HS256+A128KW", "p2s": encode_segment(os.urandom(16)), "p2c": MOST_ITERATIONS}
    return _jwe(token, header, os.urandom(CONTENT_KEY_OCTETS), os.urandom(40))


def encrypted_to(scene: Scene, token: str) -> str:
    """Encrypt the claims to the published RSA key. Source: RFC 7518 §4.3."""
    key = scene.target.key_set.newest_key
    assert isinstance(key.private, rsa.RSAPrivateKey)
    content_key = os.urandom(CONTENT_KEY_OCTETS)
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label=None)
    encrypted_key = key.private.public_key().encrypt(content_key, oaep)
    return _jwe(token, {"alg": "RSA-OAEP-256", "kid": key.jwk["kid"]}, content_key, encrypted_key)


def derived_key(scene: Scene, token: str) -> str:
    """Encrypt the claims under a key agreed with the published P-256 key. Source: RFC 7518 §4.6."""
    key = scene.target.key_set.newest_key
    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    ephemeral = ec.generate_private_key(key.private.curve)
    point = ephemeral.public_key().public_numbers()
    header = {
        "alg": "ECDH-ES",
        "kid": key.jwk["kid"],
        "epk": {"kty": "EC", "crv": "P-256", "x": encode_integer(point.x, 32), "y": encode_integer(point.y, 32)},
    }
    shared = ephemeral.exchange(ec.ECDH(), key.private.public_key())
    return _jwe(token, header, _concatenated(shared), b"")


def _concatenated(shared: bytes) -> bytes:
    parties = (b"A256GCM", b"", b"")
    info = b"".join(len(part).to_bytes(4, "big") + part for part in parties) + (256).to_bytes(4, "big")
    return ConcatKDFHash(hashes.SHA256(), CONTENT_KEY_OCTETS, info).derive(shared)
