"""The values a scenario gives to a claim or a header parameter: JSON, a time relative to now, or a named oddity."""

import json
import re
from typing import Final

NAMED: Final = {
    "a number of 5000 digits": "9" * 5000,
    "a string of 10000 characters": json.dumps("x" * 10_000),
    "a list nested 2000 deep": "[" * 2000 + "]" * 2000,
}


def json_text(value: str, now: int) -> str:
    """Return the JSON text of a value as a feature writes it.

    Args:
        value: JSON as it stands; `now`, `now + 30` or `now - 30`, in seconds; or a named value.
        now: NumericDate, seconds UTC.
    """
    relative = re.fullmatch(r"now(?: ([+-]) (\d+))?", value)
    if relative:
        sign, seconds = relative[1] or "+", int(relative[2] or 0)
        return str(now + seconds if sign == "+" else now - seconds)
    return NAMED.get(value, value)
