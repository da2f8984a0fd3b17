"""The second act of a check: the scenarios that publish further entries in the key set, all of them at once.

An API fetches its key set when it pleases. So these scenarios are played last, with every entry they need published
from the start of the act: the API is started anew, or, where it is not ours to start, given its patience. If it then
refuses even a good token, one key has spoiled the others, and each is tried alone. Entries
that are no keys come last, together.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from conformance.memory import KEPT, remembers_key_set
from conformance.setup import ALLOWS
from steps.entries import KEYS, STRAYS
from steps.targets.unseen import NotObserved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from conformance.launcher import Launcher
    from steps.keys import Key
    from steps.targets.remote_issuer import RemoteIssuer
    from watchword.specification import Pickle

PUBLISHES = re.compile(r"the key set also publishes (.+)")
PAUSE_SECONDS = 0.5


class SecondAct:
    """Publishes entries, and hands each scenario the keys it signs with.

    Args:
        issuer: publishes them.
        launcher: starts the API anew, or None where somebody else runs it.
        patience_seconds: how long an API that somebody else runs may take to see a new key.
        sign_of_life: presents a good token; it returns a sentence where that fails.
        is_flexible: whether the API can be told which algorithms to accept.
    """

    def __init__(
        self,
        issuer: RemoteIssuer,
        launcher: Launcher | None,
        *,
        patience_seconds: int,
        sign_of_life: Callable[[], str | None],
        is_flexible: bool,
    ) -> None:
        self._issuer = issuer
        self._launcher = launcher
        self._patience_seconds = patience_seconds
        self._sign_of_life = sign_of_life
        self._is_flexible = is_flexible
        self._made: dict[str, Key | None] = {}
        self._shown: frozenset[str] = frozenset()
        self._is_apart = False
        self.obstacle = (
            "the API would have to fetch its key set anew; say --patience, or have it started by --start"
            if launcher is None
            else f"the API would have to accept another algorithm than {issuer.mint.algorithm}; "
            "--setting ALGORITHMS has it told so, if it reads that"
        )

    def belongs(self, pickle: Pickle) -> bool:
        """Say whether a scenario is played in this act."""
        return bool(self._entries(pickle))

    def _entries(self, pickle: Pickle) -> list[str]:
        texts = [step.text for step in pickle.steps]
        allowed = [found[1] for text in texts if (found := ALLOWS.fullmatch(text))]
        if not self._is_flexible and allowed not in ([], [self._issuer.mint.algorithm]):
            return []
        return [found[1] for text in texts if (found := PUBLISHES.fullmatch(text))]

    def waiting_seconds(self, pickles: Sequence[Pickle]) -> int:
        """Return how long it takes at most until the API has seen the keys, and what is no key, of these scenarios."""
        if self._launcher is not None:
            return 0
        return self._patience_seconds * len({self.order(pickle) for pickle in pickles})

    def open(self, pickles: Iterable[Pickle]) -> None:
        """Make what these scenarios need, and have the API fetch the keys among it."""
        if self._launcher is None and not self._patience_seconds:
            return
        for name in dict.fromkeys(name for pickle in pickles for name in self._entries(pickle)):
            self._made[name] = self._key(name) if name in KEYS else None
        self._show([name for name in self._made if name in KEYS])
        self._is_apart = self._launcher is not None and self._sign_of_life() is not None

    def _key(self, name: str) -> Key:
        key = KEYS[name]()
        taken = {each.jwk["kid"] for each in self._made.values() if each is not None}
        # RSA keys are dear, and some entries share one: here they stand side by side, each under an id of its own.
        return key.with_members(kid=f"{key.jwk['kid']}-{len(taken)}") if key.jwk["kid"] in taken else key

    def publish(self, name: str) -> Key | None:
        """Return the key of an entry that is published, or None where nobody signs with it.

        Raises:
            NotObserved: the API cannot be made to fetch it.
        """
        if name in self._made and name not in self._shown:
            self._show([each for each in self._made if each not in KEYS])
        if name in self._made and self._is_apart and name in KEYS:
            self._show([name])
        if name not in self._made:
            raise NotObserved(self.obstacle)
        return self._made[name]

    @property
    def is_spoiled(self) -> bool:
        """Say whether what is published may rightly keep a good token out, so that this proves no defect."""
        return any(name not in KEYS for name in self._shown) or self._is_apart

    def order(self, pickle: Pickle) -> bool:
        """Say whether a scenario comes in the later half: entries that are no keys may spoil those that are."""
        return any(name not in KEYS for name in self._entries(pickle))

    def _show(self, names: list[str]) -> None:
        self._shown = frozenset(names)
        self._issuer.further = [entry for name in names for entry in self._published(name)]
        self._refetch()

    def _published(self, name: str) -> list[object]:
        key = self._made[name]
        return [STRAYS[name]] if key is None else [dict(key.jwk), *key.siblings]

    def _refetch(self) -> None:
        if self._launcher is not None:
            if remembers_key_set(self._launcher, self._issuer, self._sign_of_life):
                self._made.clear()
                self.obstacle = KEPT
            return
        before, end = self._issuer.fetches, time.monotonic() + self._patience_seconds
        while self._issuer.fetches == before and time.monotonic() < end:
            self._sign_of_life()
            time.sleep(PAUSE_SECONDS)
        if self._issuer.fetches == before:
            self._made.clear()
            self.obstacle = f"the API did not fetch its key set again within {self._patience_seconds} seconds"
