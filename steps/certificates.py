"""Certificates that Mallory makes out to herself."""

import base64
import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from steps.drafts import encode_segment
from steps.keys import Key


def self_signed(key: Key) -> tuple[str, str]:
    """Return a key's certificate as `x5c` carries it, and its SHA-256 thumbprint. Source: RFC 7515 §4.1.6, §4.1.8."""
    assert isinstance(key.private, Ed25519PrivateKey)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "app.example.test")])
    builder = x509.CertificateBuilder(name, name, key.private.public_key(), x509.random_serial_number())
    dated = builder.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
    octets = dated.sign(key.private, None).public_bytes(Encoding.DER)
    return base64.b64encode(octets).decode(), encode_segment(hashlib.sha256(octets).digest())
