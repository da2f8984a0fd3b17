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
_LOOK = """async ({ rules, exclude, spared, isAboutUnfamiliar }) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const runOnly = rules.length ? { type: "rule", values: rules } : { type: "tag", values: tags };
  const include = isAboutUnfamiliar ? window.unfamiliar : [document];
  const options = {
    runOnly,
    rules: Object.fromEntries(spared.map((rule) => [rule, { enabled: false }])),
    resultTypes: ["violations"], preload: false, selectors: false,
  };
  const { violations } = await axe.run({ include, exclude }, options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 200)}`);
}"""
_FIND_UNFAMILIAR = """(known) => {
  const met = new Set(known), added = [];
  window.unfamiliar = [];
  const look = (element, above) => {
    const style = getComputedStyle(element);
    const said = [
      above, element.localName, element.getAttribute("class"), style.color, style.backgroundColor,
      style.backgroundImage, style.opacity, style.fontSize, style.fontWeight, style.textDecorationLine,
    ].join("|");
    let appearance = 0;
    for (let place = 0; place < said.length; place += 1) {
      appearance = (Math.imul(appearance, 31) + said.charCodeAt(place)) | 0;
    }
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (hasText && !met.has(appearance)) {
      met.add(appearance);
      added.push(appearance);
      window.unfamiliar.push(element);
    }
    for (const child of element.children) look(child, appearance);
  };
  look(document.body, 0);
  return added;
}"""
"""What an element and all around it are, and how they are painted, makes its appearance.

Of elements of one appearance the first stands for all: they wear the same colours, in either scheme.
"""


def broken_rules(
    page: Page,
    *rules: str,
    without: tuple[str, ...] = (),
    spared: tuple[str, ...] = (),
    is_about_unfamiliar: bool = False,
) -> list[str]:
    """Name each of some rules that the page breaks, or of all but those spared, and where first.

    Parts of the page may be left out, by selector; or it is asked about what was found unfamiliar alone.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE)
    asked = {"rules": rules, "exclude": without, "spared": spared, "isAboutUnfamiliar": is_about_unfamiliar}
    found: list[str] = page.evaluate(_LOOK, asked)
    return found


def find_unfamiliar(page: Page, known: set[int]) -> bool:
    """Find the text whose appearance is not among the known, which it joins; return whether there is any."""
    added: list[int] = page.evaluate(_FIND_UNFAMILIAR, [*known])
    known.update(added)
    return bool(added)
