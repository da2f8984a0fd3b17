"""Where the parts of a specification stand on its site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchword.specification import Feature


def page_path(feature: Feature) -> str:
    """Where a feature's page stands, below the site's root."""
    return f"specification/{feature.id.replace('_', '-')}.md"


def fragment(identifier: str) -> str:
    """The permalink on a feature's page that an id names."""
    return identifier.partition("#")[2]


def address(feature: Feature, identifier: str = "") -> str:
    """The address of a feature's page, or of what an id names on it, below the site's own."""
    anchor = fragment(identifier)
    return f"{page_path(feature).removesuffix('.md')}/{'#' * bool(anchor)}{anchor}"
