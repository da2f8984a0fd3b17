"""Read a page back from the HTML it became, as Markdown: what a reader sees there, whatever wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdownify import MarkdownConverter

from watchword.escaping import code_block

if TYPE_CHECKING:
    from bs4.element import Tag

_MERMAID_SPACE = "#160;"
_BLANK_LINES = re.compile(r"\n{3,}")
_CODE = re.compile(r"(<pre\b[^>]*>)(.*?)(?=</pre>)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MEANS_NOTHING = re.compile(r"</?(?:span|small)\b[^>]*>")


def page_twin(html: str) -> str:
    """Write a page's HTML as plain Markdown."""
    plain = _MEANS_NOTHING.sub("", _with_plain_code(html))
    return _BLANK_LINES.sub("\n\n", _Converter().convert(plain)).strip() + "\n"


def _with_plain_code(html: str) -> str:
    """Take the colours out of code: they are most of a page's elements, and Markdown has none."""
    return _CODE.sub(lambda code: code[1] + _TAG.sub("", code[2]), html)


class _Converter(MarkdownConverter):
    """HTML to Markdown as our pages are made: diagrams keep their source, permalinks and pictures go.

    The methods it builds on are there, but not in its type stubs.
    """

    def __init__(self) -> None:
        super().__init__(
            heading_style="ATX", bullets="-", escape_misc=False, escape_underscores=False, strip=["img", "svg"]
        )

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep code as it is, with its language."""
        del text, parent_tags
        source = el.get_text().rstrip().replace(_MERMAID_SPACE, " ")
        return f"\n\n{code_block(source, _language(el))}\n\n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Leave out a heading's link to itself, and the glossary's explanations."""
        if "ww-term" in _classes(el):
            return text
        return "" if "headerlink" in _classes(el) else str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Put each tab's label above what it opens."""
        if "tabbed-labels" in _classes(el):
            return ""
        if "tabbed-block" in _classes(el):
            text = f"**{_tab_label(el)}**\n\n{text}"
        return str(super().convert_div(el, text, parent_tags))  # type: ignore[misc]

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep a cell one cell."""
        return str(super().convert_td(el, text.replace("|", r"\|"), parent_tags))  # type: ignore[misc]

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Show what opens a folded part as the part's own first line."""
        del el, parent_tags
        return f"\n\n**{text.strip()}**\n\n"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep the lines of a table's cell apart."""
        return "; " if "td" in parent_tags else str(super().convert_br(el, text, parent_tags))  # type: ignore[misc]


def _language(pre: Tag) -> str:
    if "diagram" in _classes(pre):
        return "mermaid"
    named = (name for name in _classes(pre.parent) if name.startswith("language-")) if pre.parent else iter(())
    return next(named, "").removeprefix("language-")


def _tab_label(block: Tag) -> str:
    place = len(block.find_previous_siblings("div", class_="tabbed-block"))
    labels = block.find_previous("div", class_="tabbed-labels")
    names = [label.get_text().strip() for label in labels.find_all("label")] if labels else []
    return names[place] if place < len(names) else ""


def _classes(element: Tag) -> list[str]:
    return element.get_attribute_list("class")
