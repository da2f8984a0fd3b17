"""How much time a scenario lets pass, known from its sentences before it begins.

The suite is the issuer: instead of waiting, it begins so much earlier. A sentence that is not known here makes its
scenario "not observed", never wrong: the target refuses to call the API at any time but now.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.answers import FOREVER_SECONDS
from steps.targets.remote_mint import LIFETIME_SECONDS
from steps.vocabulary import SECONDS_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.specification import Pickle

PASSED = re.compile(r"(\d+) (second|minute|hour|day)s? have passed")
EXPIRED = re.compile(r".* holds an access token that expired (-?\d+) seconds ago")
LONG_EXPIRED = re.compile(r".* calls the API with an expired token")


def durations(pickle: Pickle) -> Iterator[int]:
    """Yield each time that a scenario lets pass, in seconds."""
    for step in pickle.steps:
        if found := PASSED.fullmatch(step.text):
            yield int(found[1]) * SECONDS_PER_UNIT[found[2]]
        elif found := EXPIRED.fullmatch(step.text):
            yield LIFETIME_SECONDS + int(found[1])
        elif LONG_EXPIRED.fullmatch(step.text):
            yield FOREVER_SECONDS
