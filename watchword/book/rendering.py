"""The templates and the filters they print through."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from watchword.book import verdicts
from watchword.book.escaping import html_block, set_apart


def render_html(template: str, **context: object) -> str:
    """Print a block of HTML that Markdown passes through untouched."""
    return html_block(_environment().get_template(template).render(**context).strip())


def render_markdown(template: str, **context: object) -> str:
    """Print a page of Markdown whose parts are already escaped."""
    text = _environment(escaping=False).get_template(template).render(**context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _environment(*, escaping: bool = True) -> Environment:
    # Markdown is not HTML: what goes into a Markdown template was escaped for Markdown, one value at a time.
    environment = Environment(
        loader=PackageLoader("watchword.book"),
        autoescape=escaping,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "badge": verdicts.badge,
        "mark": verdicts.mark,
        "css": verdicts.css_class,
        "placeholders": _placeholders,
        "verbatim": _verbatim,
        "when": _when,
    }
    return environment


def _placeholders(text: str) -> Markup:
    return Markup(set_apart(str(escape(text))))  # noqa: S704 -- escaped


def _verbatim(text: str) -> Markup:
    """Write text that stands between two tags: there a quotation mark, or what closes a tag, is only itself."""
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;"))  # noqa: S704 -- escaped


def _when(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%-d %B %Y, %H:%M} UTC"
