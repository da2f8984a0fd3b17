"""Hold the signing keys: created once, rotated with notice, withdrawn at once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jwt.algorithms import ECAlgorithm, OKPAlgorithm
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from .database import signing_keys
from .policy import Algorithm, Policy

ACCESS = "access"
SESSION = "session"
_KID_BYTES = 9

_OF_PURPOSE = (
    select(signing_keys)
    .where(signing_keys.c.purpose == bindparam("purpose"))
    .order_by(signing_keys.c.first_use_at, signing_keys.c.ordinal)
)
"""Every answer asks this, so that it is built once."""

PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey


class KeyUnknown(LookupError):  # noqa: N818 -- named as the fact it states
    """Tell an operator that no published key has this id."""


@dataclass(frozen=True)
class SigningKey:
    """Hold one key and the instant from which it signs."""

    kid: str
    algorithm: Algorithm
    private_pem: str
    first_use_at: int

    @property
    def private(self) -> PrivateKey:
        """Return the private key itself."""
        return _load(self.private_pem)

    def public_jwk(self) -> dict[str, str]:
        """Return the public members alone, as a key set publishes them.

        Source: RFC 7517 §4; RFC 7518 §6.2.1; RFC 8037 §2.
        """
        public = self.private.public_key()
        members: dict[str, str] = {"kid": self.kid, "alg": self.algorithm, "use": "sig"}
        if isinstance(public, Ed25519PublicKey):
            members.update(OKPAlgorithm.to_jwk(public, as_dict=True))
        else:
            members.update(ECAlgorithm.to_jwk(public, as_dict=True))
        return members


class Keys:
    """Choose, publish, rotate and withdraw the keys access tokens are signed with.

    Every method reads the records anew, so that all workers follow a rotation or a withdrawal with their next answer.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def prepare(self, connection: Connection, *, now: int) -> None:
        """Create the keys an issuer needs, where they are not there yet."""
        newest = self._all(connection, ACCESS)[-1:]
        if not newest:
            self._add(connection, ACCESS, self._policy.algorithm, first_use_at=now)
        elif newest[0].algorithm is not self._policy.algorithm:
            self.rotate(connection, now=now)
        if not self._all(connection, SESSION):
            self._add(connection, SESSION, Algorithm.EDDSA, first_use_at=now)

    def session_key(self, connection: Connection) -> SigningKey:
        """Return the key session credentials are signed with; it is never published."""
        return self._all(connection, SESSION)[-1]

    def current(self, connection: Connection, *, now: int) -> SigningKey:
        """Return the key that signs now."""
        keys = self._all(connection, ACCESS)
        return next((key for key in reversed(keys) if key.first_use_at <= now), keys[0])

    def published(self, connection: Connection, *, now: int) -> list[SigningKey]:
        """Return every key an API may meet now, or from one cache lifetime on."""
        keys = self._all(connection, ACCESS)
        retired = {key.kid for key, successor in pairwise(keys) if now >= self._retires_at(successor)}
        return [key for key in keys if key.kid not in retired]

    def rotate(self, connection: Connection, *, now: int) -> str:
        """Publish a new key now, sign with it once every API can know it, and return its id.

        Source: OpenID Connect Core §10.1.1.
        """
        self._forget_retired(connection, now=now)
        first_use_at = now + self._policy.api_key_set_lifetime_seconds
        return self._add(connection, ACCESS, self._policy.algorithm, first_use_at=first_use_at)

    def withdraw(self, connection: Connection, kid: str, *, now: int) -> None:
        """Destroy a key: it signs nothing more, and its tokens end with the APIs' cached key sets.

        If it was the signing key, the announced one takes over at once, or else a new one.

        Raises:
            KeyUnknown: no published key has this id.
        """
        self._forget_retired(connection, now=now)
        if kid not in {key.kid for key in self.published(connection, now=now)}:
            raise KeyUnknown(kid)
        was_current = kid == self.current(connection, now=now).kid
        connection.execute(delete(signing_keys).where(signing_keys.c.kid == kid))
        if was_current:
            self._replace_current(connection, now=now)

    def _replace_current(self, connection: Connection, *, now: int) -> None:
        announced = [key.kid for key in self._all(connection, ACCESS) if key.first_use_at > now]
        if not announced:
            self._add(connection, ACCESS, self._policy.algorithm, first_use_at=now)
            return
        taken_over = update(signing_keys).where(signing_keys.c.kid == announced[0])
        connection.execute(taken_over.values(first_use_at=now))

    def _retires_at(self, successor: SigningKey) -> int:
        return successor.first_use_at + self._policy.key_overlap_seconds

    def _forget_retired(self, connection: Connection, *, now: int) -> None:
        kept = [key.kid for key in self.published(connection, now=now)]
        retired = signing_keys.c.kid.not_in(kept) & (signing_keys.c.purpose == ACCESS)
        connection.execute(delete(signing_keys).where(retired))

    def _all(self, connection: Connection, purpose: str) -> Sequence[SigningKey]:
        rows = connection.execute(_OF_PURPOSE, {"purpose": purpose})
        return [SigningKey(row.kid, Algorithm(row.algorithm), row.private_pem, row.first_use_at) for row in rows]

    def _add(self, connection: Connection, purpose: str, algorithm: Algorithm, *, first_use_at: int) -> str:
        kid = secrets.token_urlsafe(_KID_BYTES)
        ordinals = select(func.coalesce(func.max(signing_keys.c.ordinal), 0) + 1)
        row = {
            "kid": kid,
            "purpose": purpose,
            "ordinal": ordinals.where(signing_keys.c.purpose == purpose).scalar_subquery(),
            "algorithm": algorithm.value,
            "private_pem": _generate(algorithm),
            "first_use_at": first_use_at,
        }
        connection.execute(insert(signing_keys).values(row))
        return kid


def _generate(algorithm: Algorithm) -> str:
    key = generate_private_key(SECP256R1()) if algorithm is Algorithm.ES256 else Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@lru_cache(maxsize=32)
def _load(private_pem: str) -> PrivateKey:
    key = load_pem_private_key(private_pem.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey | EllipticCurvePrivateKey):
        raise TypeError("a signing key of a kind this issuer never made")
    return key
