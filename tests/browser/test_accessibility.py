"""No page breaks a rule of WCAG 2.2 AA that axe can see, in light and in dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import Scheme, Site, visiting
from tests.site.sample import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_LOOK = """async () => {
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 200)}`);
}"""


def broken_rules(page: Page) -> list[str]:
    """Name each rule the page breaks, and where first."""
    page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate(_LOOK)
    return found


def _one_of_each_kind(site: Site) -> list[str]:
    """Choose every page of its own, and one of each folder of pages that are made alike."""
    folders = {path.rsplit("/", 2)[0]: path for path in reversed(site.paths) if path.count("/") > 1}
    return [*(path for path in site.paths if path.count("/") < 2), *folders.values()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule(browser: Browser, watchword: Site, scheme: Scheme) -> None:
    chosen = _one_of_each_kind(watchword)
    wrong = {}
    with visiting(browser, watchword, scheme=scheme) as visit:
        for path in chosen if scheme == "light" else ["", "session/", "tokens/", "results/", *chosen[-3:]]:
            visit.open(path)
            visit.draw(most=1)
            if broken := broken_rules(visit.page):
                wrong[path] = broken
    assert wrong == {}


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
