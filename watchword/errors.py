"""The root of the press's errors.

InputError    what was given cannot be used; the message says of which file and line, and what to do
"""

from __future__ import annotations


class InputError(Exception):
    """What was given cannot be used."""
