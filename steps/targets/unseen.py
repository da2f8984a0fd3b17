"""What a target cannot show: neither passed nor failed, and told with its reason."""

from typing import Literal, NoReturn

from _pytest.outcomes import Skipped


class Unseen(Skipped):
    """A scenario cannot be judged against this target; the message says why.

    It is one of pytest's own skips, so that it ends the scenario and no more.
    """

    status: Literal["not observed", "inapplicable"] = "not observed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotObserved(Unseen):
    """What the scenario looks at is hidden from here, or takes longer than this run may wait."""


class Inapplicable(Unseen):
    """The scenario is about something this target does not claim to do."""

    status: Literal["not observed", "inapplicable"] = "inapplicable"


class OwnChoice(Inapplicable):
    """The sources leave to the target what the scenario specifies; who adopts the contract is held to it."""


def lacks(what: str) -> NoReturn:
    """Say what a run lacks that a scenario needs.

    Raises:
        NotObserved: always.
    """
    raise NotObserved(f"this run lacks {what}")
