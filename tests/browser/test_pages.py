"""What a reader meets on every page: nothing from elsewhere, nothing too wide, and links that lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import PHONE, Site, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_WITHOUT_PERMALINK = """() => [...document.querySelectorAll("article :is(h2, h3)")]
  .filter((heading) => heading.querySelector("a.headerlink")?.getAttribute("href") !== `#${heading.id}`)
  .map((heading) => heading.textContent)"""
_LEADING_NOWHERE = """() => [...document.querySelectorAll('article a[href^="#"]')]
  .map((link) => decodeURIComponent(link.getAttribute("href").slice(1)))
  .filter((id) => !document.getElementById(id))"""
_REPEATED = """() => {
  const ids = [...document.querySelectorAll("article [id]")].map((element) => element.id);
  return ids.filter((id, place) => ids.indexOf(id) !== place && !id.startsWith("diagram"));
}"""


def test_no_page_asks_anything_of_anybody_else(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as visit:
        for path in site.paths:
            visit.open(path)
            visit.page.wait_for_timeout(150)
        assert (visit.foreign, visit.complaints) == ([], [])


def test_a_foreign_request_would_be_noticed(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        visit.open("").evaluate("fetch('https://example.com/').catch(() => null)")
        assert visit.foreign == ["https://example.com/"]


def test_no_page_is_wider_than_a_phone(browser: Browser, site: Site) -> None:
    with visiting(browser, site, width=PHONE) as visit:
        wide = {path: visit.open(path).evaluate(_TOO_WIDE) for path in site.paths}
    assert {path: pixels for path, pixels in wide.items() if pixels > 0} == {}


@pytest.mark.parametrize("question", [_WITHOUT_PERMALINK, _LEADING_NOWHERE, _REPEATED])
def test_every_heading_has_its_link_and_every_link_its_place(browser: Browser, site: Site, question: str) -> None:
    with visiting(browser, site) as visit:
        wrong = {path: visit.open(path).evaluate(question) for path in site.paths}
    assert {path: found for path, found in wrong.items() if found} == {}


def test_a_link_to_a_rows_evidence_opens_it(browser: Browser, turnstile: Site) -> None:
    with visiting(browser, turnstile) as visit:
        page = visit.open("specification/gate/states/")
        row = page.locator("tr.ww-passed").first
        row.locator("a").click()
        page.wait_for_timeout(300)
        assert page.locator("details.ww-rows details.ww-evidence").first.is_visible()
        assert page.locator("details.ww-rows details.ww-evidence").first.get_attribute("open") is not None


def test_a_failing_scenario_is_open_where_it_broke(browser: Browser, turnstile: Site) -> None:
    with visiting(browser, turnstile) as visit:
        page = visit.open("specification/gate/turnstile/")
        assert page.locator("pre.ww-error").first.is_visible()
        assert page.locator("details.ww-evidence.ww-failed").first.get_attribute("open") is not None
