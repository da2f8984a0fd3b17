"""Notes on lines of a file, in the words by which a GitHub job writes them."""

from __future__ import annotations

from typing import Literal

_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def annotation(kind: Literal["error", "warning", "notice"], uri: str, line: int, title: str, sentence: str) -> str:
    """Write one note, inert: what it quotes cannot begin another command.

    Source: GitHub's documentation, "Workflow commands for GitHub Actions".
    """
    place = f"file={uri.translate(_PROPERTY)},line={line},title={title.translate(_PROPERTY)}"
    return f"::{kind} {place}::{sentence.translate(_MESSAGE)}"
