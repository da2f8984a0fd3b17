"""A clock that this check moves, for itself and for the API that it starts.

libfaketime stands between a program and the system's clock, whatever language the program is written in. It is told by
a file how far to be off, and asks that file each time.
"""

from __future__ import annotations

import shlex
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from conformance.errors import BadInvocation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "linux": (
        "/usr/lib/*/faketime/libfaketimeMT.so.1",
        "/usr/lib*/faketime/libfaketimeMT.so.1",
        "/usr/local/lib*/faketime/libfaketimeMT.so.1",
    ),
    "darwin": (
        "/opt/homebrew/lib/faketime/libfaketime.1.dylib",
        "/usr/local/lib/faketime/libfaketime.1.dylib",
    ),
}
"""Where systems put the library: Debian and Ubuntu, Fedora, Arch and Alpine, its own `make install`; Homebrew."""

INSTALL: Final[Mapping[str, str]] = {"linux": "`apt-get install libfaketime`", "darwin": "`brew install libfaketime`"}

PRELOADS: Final[Mapping[str, str]] = {"linux": "LD_PRELOAD", "darwin": "DYLD_INSERT_LIBRARIES"}


OVERRULING: Final = ("FAKETIME", "DONT_FAKE_MONOTONIC", "FAKETIME_DONT_FAKE_MONOTONIC", "FAKETIME_DISABLE")
"""Variables of libfaketime that would have it listen to something else than the file."""


def find_library(places: Iterable[str] | None = None) -> Path:
    """Return where libfaketime is installed.

    Raises:
        BadInvocation: it is not.
    """
    for place in PLACES.get(sys.platform, ()) if places is None else places:
        found = sorted(Path("/").glob(place.removeprefix("/")))
        if found:
            return found[0]
    how = INSTALL.get(sys.platform, "nobody has packed it for this system")
    raise BadInvocation(f"--move-clock needs libfaketime, which is not installed here: {how}")


def preload_variable() -> str:
    """Return the name of the variable by which this system loads a library into programs."""
    return PRELOADS.get(sys.platform, "LD_PRELOAD")


class MovedClock:
    """The clock; it goes at its usual pace between its moves.

    Args:
        library: libfaketime.

    Attributes:
        variables: what has a program read this clock that has the library loaded.
    """

    def __init__(self, library: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="watchword-clock-")
        self._file = Path(self._folder.name, "offset")
        self._library = library
        self._offset_seconds = 0.0
        self._api_off_seconds = 0.0
        self.variables = {"FAKETIME_TIMESTAMP_FILE": str(self._file), "FAKETIME_NO_CACHE": "1", "NO_FAKE_STAT": "1"}
        self._write()

    @property
    def preamble(self) -> str:
        """What a shell runs first, so that all it starts afterwards reads this clock."""
        # By the shell, and not in its environment: macOS takes such a variable away from a shell of the system.
        preload = preload_variable()
        exports = [f"{preload}={shlex.quote(str(self._library))}${{{preload}:+:${preload}}}"]
        exports += [f"{name}={shlex.quote(value)}" for name, value in self.variables.items()]
        return f"unset {' '.join(OVERRULING)}; export {' '.join(exports)}; "

    def now(self) -> float:
        """Return the time that this check reads: seconds since 1970, UTC."""
        return time.time() + self._offset_seconds

    def move(self, seconds: float) -> None:
        """Move it by so much, for this check and for the API."""
        self._offset_seconds += seconds
        self._write()

    def set_api_off(self, seconds: float) -> None:
        """Let the API read another time than this check, by so many seconds."""
        self._api_off_seconds = seconds
        self._write()

    def _write(self) -> None:
        # Renamed, so that nobody reads half of it.
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{self._offset_seconds + self._api_off_seconds:+.6f}\n", encoding="ascii")
        fresh.replace(self._file)

    def close(self) -> None:
        """Take the file away."""
        self._folder.cleanup()
