"""How the API is set up: by the environment it is started with, where it reads that, and anew for who needs another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from conformance.memory import KEPT
from steps.outcomes import CLIENTS
from steps.targets.browser import ISSUER
from steps.targets.remote_words import WRITTEN_ISSUER
from steps.targets.unseen import Inapplicable, NotObserved

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from conformance.launcher import Launcher
    from conformance.production import Production
    from watchword.specification import Pickle

ALLOWS: Final = re.compile(r'the API allows "(.+)"')
COUNTS: Final = re.compile(r"the API has fetched the key set \w+")
SERVES: Final = re.compile("the API serves (.+)")

VARIABLES: Final = ("ALGORITHMS", "ALLOWED_ORIGINS", "CLIENT_IDS", "DENIED_KEY_IDS", "ENVIRONMENT", "TRUSTED_PROXIES")
"""What an API may be set up by; lists are separated by commas."""

ALWAYS_READ: Final = frozenset({"ISSUER", "AUDIENCE", "JWKS_URL"})
"""What an API is told by every check."""

ELSEWHERE: Final = {
    "ENVIRONMENT": "production",
    "ISSUER": WRITTEN_ISSUER,
    "JWKS_URL": f"{WRITTEN_ISSUER}/api/auth/jwks",
}
"""What is right in production, where no issuer is on this machine."""


class ApiSetup:
    """Starts the API anew where a scenario needs it set up in another way.

    Args:
        launcher: starts it, or None where somebody else runs it.
        algorithm: what it accepts unless a scenario says otherwise.
        reads: the variables that it reads.
        with_obstacles: whether it may be started anew for each obstacle on its way to the key set.
        is_careless: whether it may be started with settings that make it unsafe, to see whether it will.
        production: starts it as it runs in production, or None where it reads nothing of that.

    Attributes:
        keeps_key_set: whether it has its key set from where no new start takes it away.
    """

    def __init__(  # noqa: PLR0913 -- in how many ways an API can be started
        self,
        launcher: Launcher | None,
        *,
        algorithm: str,
        reads: Collection[str],
        with_obstacles: bool,
        is_careless: bool = False,
        production: Production | None = None,
    ) -> None:
        self._production = production
        self._is_careless = is_careless
        self._starts_elsewhere: bool | None = None
        self._launcher = launcher
        self._with_obstacles = with_obstacles
        self.reads = frozenset(reads) if launcher is not None else frozenset()
        usual = {"ALGORITHMS": algorithm, "ALLOWED_ORIGINS": ISSUER, "CLIENT_IDS": "", "DENIED_KEY_IDS": ""}
        usual |= {"ENVIRONMENT": "development", "TRUSTED_PROXIES": ""}
        self.usual: Mapping[str, str] = {name: value for name, value in usual.items() if name in self.reads}
        self._now = dict(self.usual)
        self._algorithm = algorithm
        self._has_met_obstacle = False
        self.keeps_key_set = False

    @property
    def is_spoiled(self) -> bool:
        """Say whether it may rightly refuse a good token: it may have no key, or was told to."""
        allowed = self._now.get("ALGORITHMS", self._algorithm).split(",")
        return self._has_met_obstacle or self._algorithm not in allowed

    @property
    def meets_obstacles(self) -> bool:
        """Say whether it is started anew to meet what is in the way of its key set."""
        return self._launcher is not None and self._with_obstacles and not self.keeps_key_set

    def leave_production(self, pickle: Pickle) -> None:
        """Name the issuer as before, for a scenario that is not about production."""
        if self._production is not None and not self._production.concerns(pickle):
            self._production.end()

    def prepare(self, pickle: Pickle) -> None:
        """Set the API up as a scenario will want it."""
        if self._production is not None and self._production.concerns(pickle):
            self._has_met_obstacle = True
            self._production.begin(pickle)
            return
        wanted = {**self.usual, **self._wanted(pickle)}
        # Only an API without a key set shows how often it fetches one.
        counts = self.meets_obstacles and any(COUNTS.fullmatch(step.text) for step in pickle.steps)
        if wanted != self._now or self._has_met_obstacle or counts:
            self._start(wanted)

    def order(self, pickle: Pickle) -> str:
        """Return what sorts scenarios of one setup together."""
        if self._production is not None and self._production.concerns(pickle):
            return f"production {self._production.order(pickle)}"
        return repr(sorted(self._wanted(pickle).items()))

    @property
    def is_in_production(self) -> bool:
        """Say whether it speaks HTTPS only, by now.

        Raises:
            NotObserved: it does, and lets nobody in.
        """
        if self._production is None or not self._production.is_on:
            return False
        if self._production.is_unfit:
            raise NotObserved(
                "in production the API lets no good token in: it may not trust the certificate of SSL_CERT_FILE, "
                "or not believe X-Forwarded-Proto from 127.0.0.1"
            )
        return True

    @property
    def is_spoken_for(self) -> bool:
        """Say whether requests reach it as a proxy passes them on, that says over what they came."""
        return self.is_in_production and self._production is not None and self._production.is_spoken_for

    def _wanted(self, pickle: Pickle) -> dict[str, str]:
        wanted = {}
        for step in pickle.steps:
            if found := ALLOWS.fullmatch(step.text):
                wanted["ALGORITHMS"] = found[1].replace(", ", ",")
            elif found := SERVES.fullmatch(step.text):
                wanted["CLIENT_IDS"] = ",".join(CLIENTS[found[1]])
        return {name: value for name, value in wanted.items() if name in self.reads}

    def require(self, name: str, values: Collection[str], *, otherwise: str) -> None:
        """Set the API up so, if it is not.

        Raises:
            Inapplicable: it does not read that variable.
        """
        if name not in self.reads:
            raise Inapplicable(otherwise)
        if self._now[name] != ",".join(values):
            self._start({**self._now, name: ",".join(values)})

    def meet_obstacle(self) -> None:
        """Have the API forget its key set, and start the next scenario anew.

        Raises:
            NotObserved: nobody asked for that, or it does not forget.
        """
        self._for_obstacles().restart()

    def restart(self) -> None:
        """Start the API anew, set up as it is.

        Raises:
            NotObserved: somebody else runs it.
        """
        if self._launcher is None:
            raise NotObserved("the API would have to be started anew; --start has that done")
        self._launcher.restart()

    def complaint_about(self, settings: Mapping[str, str]) -> str | None:
        """Start another API beside it with these settings; return what it printed, if it ended instead of starting.

        Raises:
            NotObserved: nobody asked for that, or it starts with no other issuer either.
            Inapplicable: it does not read them.
        """
        if self._launcher is None or not self._is_careless:
            raise NotObserved("the API would have to be started carelessly; --start and --careless have that done")
        if not_read := settings.keys() - self.reads - ALWAYS_READ:
            raise Inapplicable(f"this API was not said to read {', '.join(sorted(not_read))}; --setting says so")
        if self._starts_elsewhere is None:
            self._starts_elsewhere = self._launcher.complaint_about(ELSEWHERE) is None
        if not self._starts_elsewhere:
            raise NotObserved("the API does not start while its issuer is away, whatever its settings are")
        return self._launcher.complaint_about({**ELSEWHERE, **settings})

    def fetch_keys_at(self, url: str, **trust: str) -> None:
        """Start the API so that it fetches its key set at an address, and the next scenario anew.

        Raises:
            NotObserved: nobody asked for that, or it does not forget the one it has.
        """
        self._for_obstacles().restart_once(JWKS_URL=url, **trust)

    def _for_obstacles(self) -> Launcher:
        if self._launcher is None or not self._with_obstacles:
            raise NotObserved("the API would have to be started anew; --start and --obstacles have that done")
        if self.keeps_key_set:
            raise NotObserved(KEPT)
        self._has_met_obstacle = True
        return self._launcher

    def _start(self, wanted: Mapping[str, str]) -> None:
        if self._launcher is not None:
            self._launcher.restart(**wanted)
        self._now, self._has_met_obstacle = dict(wanted), False
