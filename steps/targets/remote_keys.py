"""The suite's keys as an issuer: announced, used, kept and gone, as the contract has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from steps.keys import Key

NOTICE_SECONDS: Final = 300
"""How long a key is published before it signs."""

KEPT_SECONDS: Final = 930
"""How long a key stays published after its successor was: the notice, a token's lifetime, the leeway, a cache."""


@dataclass(frozen=True)
class Published:
    """A key, and when it was published; the first has always been."""

    key: Key
    since: float = float("-inf")


class KeyRing:
    """What signs, and what is published, at any time.

    Args:
        make: makes a key.
    """

    def __init__(self, make: Callable[[], Key]) -> None:
        self._make = make
        self._first = Published(make())
        self._keys = [self._first]

    @property
    def first(self) -> Key:
        """The key that every scenario finds."""
        return self._first.key

    def reset(self) -> None:
        """Go back to the first key alone, as every scenario finds it."""
        self._keys = [self._first]

    def published(self, now: float) -> Sequence[Key]:
        """Return the keys that are published, oldest first."""
        successors = [*self._keys[1:], Published(self._first.key, float("inf"))]
        return [
            each.key for each, next_ in zip(self._keys, successors, strict=True) if now < next_.since + KEPT_SECONDS
        ]

    def signing(self, now: float) -> Key:
        """Return the key that signs: the newest that was announced long enough ago."""
        ripe = [each.key for each in self._keys if each.since + NOTICE_SECONDS <= now]
        return ripe[-1] if ripe else self._keys[0].key

    def named(self, key_id: str) -> Key | None:
        """Return the key of an id, or None where there is none."""
        return next((each.key for each in self._keys if each.key.jwk["kid"] == key_id), None)

    def rotate(self, now: float) -> None:
        """Publish the next key."""
        self._keys.append(Published(self._make(), now))

    def withdraw(self, now: float, key_id: str | None = None) -> None:
        """Publish a key no more: this one, or the oldest; another takes over at once."""
        published = self.published(now)
        gone = next((key for key in published if key.jwk["kid"] == key_id), published[0])
        self._keys = [each for each in self._keys if each.key in published and each.key is not gone]
        if not self._keys:
            self._keys = [Published(self._make(), now)]
