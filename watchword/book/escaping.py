"""Text that came from a scenario or a recording, made inert for the place it is printed in."""

from __future__ import annotations

import re

from watchword.escaping import markdown_text, mermaid_text

__all__ = ["html_block", "markdown_name", "markdown_text", "mermaid_text", "set_apart"]

_PLACEHOLDER = re.compile(r"(&lt;.+?&gt;)")


def html_block(markup: str) -> str:
    """Keep a finished block of HTML out of the reach of Markdown's fences, which look inside HTML too."""
    return markup.replace("`", "&#96;").replace("~", "&#126;")


def set_apart(escaped: str) -> str:
    """Mark what an outline fills in, in a text that is escaped already."""
    return _PLACEHOLDER.sub(r'<span class="ww-placeholder">\1</span>', escaped)


def markdown_name(name: str) -> str:
    """Write a scenario's name for Markdown, with what an outline fills in set apart."""
    return set_apart(markdown_text(name))
