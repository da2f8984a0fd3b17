"""The paths of a foreign API, by those that the scenarios name."""

from typing import Final

from steps.targets.remote_backend import Backend
from steps.targets.unseen import NotObserved

PROTECTED: Final = "/me"
PUBLIC: Final = "/"
READS_BODY: Final = "/echo"
NOWHERE: Final = "/nothing"
ACCOUNTS: Final = "/accounts/"


class Paths:
    """What stands for each path of the reference in one scenario."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        named = {PUBLIC: backend.public_path, READS_BODY: backend.body_path}
        self._known = {PROTECTED: backend.url.raw_path.decode("ascii").partition("?")[0], NOWHERE: NOWHERE}
        self._known |= {path: stands for path, stands in named.items() if stands is not None}

    @property
    def known(self) -> list[str]:
        """Every path of the API that this run knows, but for its accounts'."""
        further = self._backend.socket_path, self._backend.defect_path
        return [*self._known.values(), *(path for path in further if path is not None)]

    def of(self, path: str) -> str:
        """Return what stands for a path of the reference.

        Raises:
            NotObserved: this run knows nothing like it.
        """
        account = self._backend.account_of(path.removeprefix(ACCOUNTS)) if path.startswith(ACCOUNTS) else None
        if account is not None:
            return account
        if path.startswith(f"{PROTECTED}/"):
            return self._known[PROTECTED] + path.removeprefix(PROTECTED)
        if path not in self._known:
            raise NotObserved(f"this run knows no route of the API that is like the reference's {path}")
        return self._known[path]

    def learn(self, *paths: str) -> None:
        """Take paths for what they are, where nothing stands for them yet."""
        self._known |= {path: path for path in paths if path not in self._known}

    def break_down(self) -> None:
        """Have a route that fails stand for the protected one.

        Raises:
            NotObserved: this run knows none.
        """
        if self._backend.defect_path is None:
            raise NotObserved("this run knows no route that fails; --defect-path says which does")
        self._known[PROTECTED] = self._backend.defect_path
