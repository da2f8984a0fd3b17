"""Text that came from a scenario or a recording, made inert for the place it is printed in."""

from __future__ import annotations

_MARKDOWN = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        **{character: f"&#{ord(character)};" for character in "\\`*_{}[]|~^#$!"},
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


def html_block(markup: str) -> str:
    """Keep a finished block of HTML out of the reach of Markdown's fences, which look inside HTML too."""
    return markup.replace("`", "&#96;").replace("~", "&#126;")
