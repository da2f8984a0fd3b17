"""The API as it runs in production: it speaks HTTPS only, through a proxy, and with an issuer that does so too."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from conformance.process import LOOPBACK
from steps.targets.remote_issuer import JWKS_PATH
from steps.targets.settable import TRUSTED_BY
from steps.targets.tls import self_signed

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.launcher import Launcher
    from steps.targets.remote_issuer import RemoteIssuer
    from steps.targets.remote_listener import Listener
    from watchword.specification import Pickle

NEEDED: Final = frozenset({"ENVIRONMENT", "TRUSTED_PROXIES"})
"""The variables by which an API is told that it is in production, and behind which proxy."""

ABOUT_HTTPS: Final = frozenset({"TRN-01", "TRN-03"})
ABOUT_PROXIES: Final = "TRN-04"
NO_PROXY: Final = "the API trusts no proxy"


class Production:
    """Starts the API in production, for the scenarios that are about it.

    Args:
        launcher: starts it.
        issuer: publishes its keys over TLS too.

    Attributes:
        lets_in: presents a good token as the proxy passes it on, and says whether it is let in.
        is_on: whether the API is in production now.
        is_spoken_for: whether the check is the proxy, which says of each request how it came.
        is_unfit: whether it lets no good token in, so that its refusals mean nothing.
    """

    def __init__(self, launcher: Launcher, issuer: RemoteIssuer) -> None:
        self._launcher = launcher
        self._issuer = issuer
        self._folder = tempfile.TemporaryDirectory(prefix="watchword-")
        self._listener: Listener | None = None
        self._named = issuer.mint.issuer
        self._trusts: bool | None = None
        self.lets_in: Callable[[], bool] = lambda: True
        self.is_on = self.is_spoken_for = self.is_unfit = False

    @staticmethod
    def concerns(pickle: Pickle) -> bool:
        """Say whether a scenario is about production."""
        return bool((ABOUT_HTTPS | {ABOUT_PROXIES}) & set(pickle.tags))

    @staticmethod
    def order(pickle: Pickle) -> str:
        """Return what sorts scenarios of one start together."""
        return str(_trusts(pickle))

    def begin(self, pickle: Pickle) -> None:
        """Have the API in production, as a scenario wants it."""
        self.is_spoken_for = ABOUT_PROXIES not in pickle.tags
        if self.is_on and self._trusts is _trusts(pickle):
            return
        self.is_on, self._trusts = True, _trusts(pickle)
        certificate = self_signed(Path(self._folder.name))
        port = self._listen(certificate)
        # A name, under which nobody listens: the keys are where JWKS_URL says.
        self._issuer.mint.issuer = self._named.replace("http://", "https://", 1)
        self._launcher.restart_once(
            ENVIRONMENT="production",
            TRUSTED_PROXIES=LOOPBACK if self._trusts else "",
            ISSUER=self._issuer.mint.issuer,
            JWKS_URL=f"https://{LOOPBACK}:{port}{JWKS_PATH}",
            **dict.fromkeys(TRUSTED_BY, str(certificate)),
        )
        if self._trusts:
            self.is_unfit = not self.lets_in()

    def _listen(self, certificate: Path) -> int:
        if self._listener is not None:
            self._listener.close()
        self._listener = self._issuer.listen_securely(certificate)
        return self._listener.port

    def end(self) -> None:
        """Name the issuer as before; the API is started anew by who needs it."""
        self.is_on = self.is_spoken_for = False
        self._issuer.mint.issuer = self._named

    def close(self) -> None:
        """Take away what was made."""
        self.end()
        if self._listener is not None:
            self._listener.close()
        self._folder.cleanup()


def _trusts(pickle: Pickle) -> bool:
    return all(step.text != NO_PROXY for step in pickle.steps)
