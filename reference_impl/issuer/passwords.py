"""Hash and verify passwords with Argon2id."""

from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from .policy import Policy


class Passwords:
    """Hash and verify passwords at the cost the policy states.

    Source: RFC 9106 §4; ASVS 11.4.2.
    """

    def __init__(self, policy: Policy) -> None:
        cost = (policy.argon2_time_cost, policy.argon2_memory_kibibytes, policy.argon2_parallelism)
        self._hasher = _hasher(*cost)
        self._decoy = _decoy_hash(*cost)

    def hash(self, password: str) -> str:
        """Return a salted hash."""
        return self._hasher.hash(password)

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Tell whether the password is the one hashed; `None` costs the same and is never right.

        Source: ASVS 6.3.8.
        """
        is_right = self._hasher.verify(password, password_hash or self._decoy)
        return is_right and password_hash is not None


@lru_cache(maxsize=4)
def _hasher(time_cost: int, memory_kibibytes: int, parallelism: int) -> PasswordHash:
    return PasswordHash((Argon2Hasher(time_cost=time_cost, memory_cost=memory_kibibytes, parallelism=parallelism),))


@lru_cache(maxsize=4)
def _decoy_hash(time_cost: int, memory_kibibytes: int, parallelism: int) -> str:
    return _hasher(time_cost, memory_kibibytes, parallelism).hash("nobody's password")
