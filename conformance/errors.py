"""What ends a check before it has a verdict, and the exit code that says so.

CheckError
├── BadInvocation    2: what was asked for makes no sense, or nothing would be judged
├── NeverAnswered    3: the target cannot be reached
└── Unfit            1: the target answered, and not even a good token gets through
"""

from __future__ import annotations

CONFORMS = 0
DOES_NOT_CONFORM = 1
NOTHING_JUDGED = 2
NEVER_ANSWERED = 3


class CheckError(Exception):
    """The check cannot go on; the message is one sentence and says what to do."""

    exit_code = NOTHING_JUDGED


class BadInvocation(CheckError):  # noqa: N818 -- named as what happened
    """An option, a file or the pair of them is wrong."""


class NeverAnswered(CheckError):  # noqa: N818 -- named as what happened
    """Nobody answered."""

    exit_code = NEVER_ANSWERED


class Unfit(CheckError):  # noqa: N818 -- named as what happened
    """The target refuses what it must accept, so that its other refusals mean nothing."""

    exit_code = DOES_NOT_CONFORM
