"""Words and marks that every part of a difference in Markdown is told in."""

from __future__ import annotations

import re

MARKS = {"passed": "✓", "failed": "✗", "skipped": "○", "not run": "?"}
# Only what Markdown or a forge would read meaning into: a person reads this in a terminal as well.
_MEANING = re.compile(r"[&<>\\`*\[\]{}|~^#$@]|(?<!\w)_|_(?!\w)")


def inert(text: str) -> str:
    """Write text so that Markdown and a forge read nothing into it, and a person in a terminal can still read it."""
    return _MEANING.sub(lambda found: f"&#{ord(found[0])};", text.replace("\n", " "))


def count(number: int, word: str) -> str:
    """Count things in words: `1 case`, `2 cases`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
