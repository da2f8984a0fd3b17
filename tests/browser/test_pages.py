"""What a reader meets on every page: nothing from elsewhere, nothing too wide, no dead link, and no barrier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import ABOUT_COLOUR, AROUND, SOURCE, broken_rules
from tests.browser.site import DESK, HEIGHT, PHONE, Scheme, Site, Visit, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PARTS = 6
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


def wanting(browser: Browser, site: Site, paths: list[str]) -> dict[str, dict[str, list[str]]]:
    """Look at pages on a phone, and with axe on a desk, in light and dark: what is wrong with each, by what is asked.

    Each page is loaded once, without its diagrams: what they hold is said by the text beside them.
    """
    wrong: dict[str, dict[str, list[str]]] = {}
    schemes: list[Scheme] = ["light", "dark"]
    folders: set[str] = set()
    with visiting(browser, site, width=PHONE) as visit:
        visit.leave_out_extras()
        visit.page.add_init_script(SOURCE)
        for path in paths:
            visit.foreign.clear()
            visit.complaints.clear()
            visit.page.set_viewport_size({"width": PHONE, "height": HEIGHT})
            page = visit.open(path)
            page.wait_for_timeout(100)
            answers = {**page.evaluate(_QUESTIONS), "foreign": [*visit.foreign], "complaints": [*visit.complaints]}
            folder = path.rpartition("/")[0].rpartition("/")[0]
            answers |= barriers(visit, schemes, without=AROUND if folder in folders else ())
            folders.add(folder)
            if found := {question: [*answer] for question, answer in answers.items() if answer}:
                wrong[path] = found
    return wrong


def barriers(visit: Visit, schemes: list[Scheme], *, without: tuple[str, ...]) -> dict[str, list[str]]:
    """Ask axe about the page that is open, in both schemes; the second is where the next page begins."""
    visit.page.set_viewport_size({"width": DESK, "height": HEIGHT})
    visit.page.evaluate(_ONE_OF_EACH)
    first, second = schemes
    found = {f"barriers in the {first}": broken_rules(visit.page, without=without)}
    visit.wear(second)
    found[f"barriers in the {second}"] = broken_rules(visit.page, *ABOUT_COLOUR, without=without)
    schemes.reverse()
    return found


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
