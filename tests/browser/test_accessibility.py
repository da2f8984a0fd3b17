"""No page breaks a rule of WCAG 2.2 AA that axe can see, in light and in dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import Scheme, Site, visiting
from tests.site.sample import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PARTS = 6
"""The pages are shared out, so that no worker is left alone with them."""
_LOOK = """async (rules) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const runOnly = rules.length ? { type: "rule", values: rules } : { type: "tag", values: tags };
  const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 200)}`);
}"""
_ABOUT_COLOUR = ["color-contrast", "link-in-text-block"]
"""What can differ between light and dark; all else is the same page."""
_ONE_OF_EACH = """() => {
  const [first, ...more] = document.querySelectorAll("details.ww-evidence");
  const [, ...sources] = document.querySelectorAll("details.mkdocstrings-source");
  for (const alike of [...more, ...sources, ...document.querySelectorAll("tbody tr:nth-child(n + 12)")]) alike.remove();
  for (let around = first; around; around = around.parentElement.closest("details")) around.open = true;
  for (const list of document.querySelectorAll(".md-sidebar__scrollwrap")) {
    Object.assign(list.style, { overflow: "visible", height: "auto", maxHeight: "none" });
  }
}"""
"""Most of a page is made by one template, row by row: its first evidence, opened, and some rows stand for all.

The page's list is laid out whole: where it scrolls, its edge cuts a link to less than its size."""


def broken_rules(page: Page, *rules: str) -> list[str]:
    """Name each of some rules that the page breaks, or of all, and where first."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_LOOK, rules)
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_a_rule(browser: Browser, watchword: Site, part: int) -> None:
    """Each page is loaded once, without its diagrams: what they hold is said by the text beside them."""
    wrong = {}
    with visiting(browser, watchword) as visit:
        visit.page.route("**/diagrams-engine.js", lambda route: route.abort())
        for path in watchword.paths[part::PARTS]:
            visit.page.emulate_media(color_scheme="light")
            page = visit.open(path)
            page.evaluate(_ONE_OF_EACH)
            broken = broken_rules(page)
            page.emulate_media(color_scheme="dark")
            page.wait_for_selector('body[data-md-color-scheme="slate"]')
            broken += [f"in the dark, {rule}" for rule in broken_rules(page, *_ABOUT_COLOUR)]
            if broken:
                wrong[path] = broken
    assert wrong == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_with_its_diagrams_and_evidence_open(
    browser: Browser, watchword: Site, scheme: Scheme
) -> None:
    with visiting(browser, watchword, scheme=scheme) as visit:
        for path in ("", "tokens/", "specification/verification/audience/"):
            visit.open(path)
            visit.draw(most=1)
            assert broken_rules(visit.page) == [], path


def test_a_red_run_breaks_none(browser: Browser, turnstile: Site) -> None:
    with visiting(browser, turnstile) as visit:
        for path in ("results/", "specification/gate/turnstile/"):
            visit.open(path)
            assert broken_rules(visit.page) == [], path


def test_a_broken_rule_is_noticed(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("glossary/")
        page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"x.png\">')")
        assert [rule.partition(":")[0] for rule in broken_rules(page)] == ["image-alt"]


def test_the_filter_and_a_token_are_reached_by_keyboard(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("results/")
        page.get_by_label("Filter").focus()
        page.keyboard.type("aud-02")
        assert page.locator(".ww-filtered tbody tr:visible").count() < 5
        page = visit.open("tokens/")
        page.locator("details.ww-member summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator("details.ww-member").first.get_attribute("open") is not None
