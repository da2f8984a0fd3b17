"""What an API remembers when it is started anew: it may have its key set from a file, or from another process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.launcher import Launcher
    from steps.targets.remote_issuer import RemoteIssuer

KEPT: Final = "the API keeps its key set when it is started anew; have --start empty its cache first"


def remembers_key_set(launcher: Launcher, issuer: RemoteIssuer, sign_of_life: Callable[[], str | None]) -> bool:
    """Start the API anew, and say whether it then lets a good token in without asking for the key set."""
    before = issuer.fetches
    launcher.restart()
    return sign_of_life() is None and issuer.fetches == before
