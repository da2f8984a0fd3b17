"""The rules of WCAG 2.2 AA that axe can see, asked of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.site.sample import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

SOURCE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
ABOUT_COLOUR = ("color-contrast", "link-in-text-block")
"""What can differ between light and dark; all else is the same page."""
AROUND = (".md-header", ".md-sidebar--primary", ".md-footer")
"""What stands around every page of a folder alike."""
_LOOK = """async ({ rules, exclude }) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const runOnly = rules.length ? { type: "rule", values: rules } : { type: "tag", values: tags };
  const where = exclude.length ? { exclude } : document;
  const options = { runOnly, resultTypes: ["violations"], preload: false, selectors: false };
  const { violations } = await axe.run(where, options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 200)}`);
}"""


def broken_rules(page: Page, *rules: str, without: tuple[str, ...] = ()) -> list[str]:
    """Name each of some rules that the page breaks, or of all, and where first; parts may be left out, by selector."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE)
    found: list[str] = page.evaluate(_LOOK, {"rules": rules, "exclude": without})
    return found
