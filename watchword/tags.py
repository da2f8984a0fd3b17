"""What tags of a rule are by themselves: the form of a requirement's id, the levels, the parties."""

from __future__ import annotations

import re
from typing import Literal, get_args

REQUIREMENT_ID = re.compile(r"[A-Z]{3}-[0-9]{2}")

Level = Literal["MUST", "SHOULD", "MAY", "policy"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The levels, the strongest first."""

Party = Literal["api", "issuer", "frontend", "flow"]
