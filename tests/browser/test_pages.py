"""What a reader meets on every page: nothing from elsewhere, nothing too wide, and links that lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import PHONE, Site, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PARTS = 4
"""Among how many tests the pages are shared out."""
_QUESTIONS = """() => {
  const ids = [...document.querySelectorAll("article [id]")].map((element) => element.id);
  const hash = (link) => decodeURIComponent(link.hash.slice(1));
  return {
    "too wide": [document.documentElement.scrollWidth - document.documentElement.clientWidth]
      .filter((pixels) => pixels > 0),
    "without a permalink": [...document.querySelectorAll("article :is(h1, h2, h3)")]
      .filter((heading) => ![...heading.querySelectorAll("a.headerlink")].some((link) => hash(link) === heading.id))
      .map((heading) => heading.textContent),
    "leading nowhere": [...document.querySelectorAll("article a[href*='#']")]
      .filter((link) => link.pathname === location.pathname && link.host === location.host)
      .map(hash).filter((id) => !document.getElementById(id)),
    "repeated": ids.filter((id, place) => ids.indexOf(id) !== place),
  };
}"""


def wanting(browser: Browser, site: Site, paths: list[str]) -> dict[str, dict[str, list[str]]]:
    """Look at pages on a phone: what is wrong with each, by what is asked."""
    wrong: dict[str, dict[str, list[str]]] = {}
    with visiting(browser, site, width=PHONE) as visit:
        for path in paths:
            visit.foreign.clear()
            visit.complaints.clear()
            page = visit.open(path)
            page.wait_for_timeout(100)
            answers = {**page.evaluate(_QUESTIONS), "foreign": visit.foreign, "complaints": visit.complaints}
            if found := {question: [*answer] for question, answer in answers.items() if answer}:
                wrong[path] = found
    return wrong


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_found_wanting(browser: Browser, watchword: Site, part: int) -> None:
    paths = watchword.paths[part::PARTS]
    assert paths
    assert wanting(browser, watchword, paths) == {}


def test_no_page_of_a_red_run_is_found_wanting(browser: Browser, turnstile: Site) -> None:
    assert wanting(browser, turnstile, turnstile.paths) == {}


def test_a_foreign_request_would_be_noticed(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        visit.open("").evaluate("fetch('https://example.com/').catch(() => null)")
        assert visit.foreign == ["https://example.com/"]


def test_a_link_to_a_rows_evidence_opens_it(browser: Browser, turnstile: Site) -> None:
    with visiting(browser, turnstile) as visit:
        page = visit.open("specification/gate/states/")
        row = page.locator("tr.ww-passed").first
        row.locator("a").click()
        page.locator("details.ww-rows details.ww-evidence[open]").first.wait_for(state="visible")


def test_a_failing_scenario_is_open_where_it_broke(browser: Browser, turnstile: Site) -> None:
    with visiting(browser, turnstile) as visit:
        page = visit.open("specification/gate/turnstile/")
        assert page.locator("pre.ww-error").first.is_visible()
        assert page.locator("details.ww-evidence.ww-failed").first.get_attribute("open") is not None
