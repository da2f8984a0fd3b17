"""Starts the API by its command, and starts it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.process import Process, free_port

if TYPE_CHECKING:
    from conformance.settings import ApiSettings
    from steps.targets.remote_issuer import RemoteIssuer


class Launcher:
    """Holds the process of the moment.

    Args:
        settings: the command, and how long a start may take.
        issuer: what the API is told to trust.

    Attributes:
        port: where the API listens, the same after each start.
    """

    def __init__(self, settings: ApiSettings, issuer: RemoteIssuer) -> None:
        self.port = free_port()
        self._settings = settings
        self._values = {
            "port": str(self.port),
            "issuer": issuer.mint.issuer,
            "jwks_url": str(issuer.url),
            "audience": settings.audience,
        }
        self._process: Process | None = None

    def start(self) -> str:
        """Start the API, wait until it listens, and return its command line.

        Raises:
            NeverAnswered: it never listens.
        """
        self._process = Process(self._settings.start or "", self._values)
        self._process.wait_for(self.port, patience_seconds=self._settings.start_patience)
        return self._process.command

    def restart(self) -> None:
        """End the API and start it anew, with nothing in its memory."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """End the API and all that it started."""
        if self._process is not None:
            self._process.stop()
            self._process = None
