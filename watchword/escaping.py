"""Text that came from a scenario or a recording, made inert for the place it is printed in."""

from __future__ import annotations

import re

# An at sign would call upon whoever bears the name that follows, where the Markdown is a comment on a forge.
_MARKDOWN = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        **{character: f"&#{ord(character)};" for character in "\\`*_{}[]|~^#$!@"},
        "\n": " ",
    }
)
# Where Mermaid's grammar or its HTML labels would read meaning: its own entity form has no ampersand.
_MERMAID = str.maketrans(
    {"#": "#35;", ";": "#59;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;", "\n": " "}
)


def markdown_text(text: str) -> str:
    """Write text so that Markdown prints it and reads nothing into it, in a heading, a cell or a sentence."""
    return text.translate(_MARKDOWN)


def mermaid_text(text: str) -> str:
    """Write text so that a Mermaid label prints it whole.

    Source: mermaid issues seen by rendering, facts/documentation-stack.md section 4.
    """
    return text.translate(_MERMAID)


def code_text(text: str) -> str:
    """Write text as Markdown's code in a sentence, within more ticks than ever follow each other in it."""
    plain = text.replace("\n", " ")
    ticks = "`" * (_longest_run(plain) + 1)
    pad = " " * (plain.startswith("`") or plain.endswith("`"))
    return f"{ticks}{pad}{plain}{pad}{ticks}"


def code_block(text: str, language: str) -> str:
    """Write text as a block of code, within more ticks than ever follow each other in it."""
    ticks = "`" * max(3, _longest_run(text) + 1)
    return f"{ticks}{language}\n{text}\n{ticks}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
