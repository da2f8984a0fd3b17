"""Text that came from a scenario or a recording, made inert for the place it is printed in."""

from __future__ import annotations

from watchword.escaping import markdown_text, mermaid_text

__all__ = ["html_block", "markdown_text", "mermaid_text"]


def html_block(markup: str) -> str:
    """Keep a finished block of HTML out of the reach of Markdown's fences, which look inside HTML too."""
    return markup.replace("`", "&#96;").replace("~", "&#126;")
