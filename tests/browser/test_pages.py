"""What a reader meets on every page: nothing from elsewhere, nothing too wide, no dead link, and no barrier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import ABOUT_COLOUR, AROUND, SOURCE, broken_rules, find_unfamiliar
from tests.browser.site import DESK, HEIGHT, PHONE, Scheme, Site, Visit, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCHEMES: tuple[Scheme, ...] = ("dark", "light")  # the last is what the next page is met in
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


_ONE_OF_EACH = """() => {
  const still = Object.assign(document.createElement("style"), { textContent: "* { transition: none !important }" });
  document.head.append(still);
  const [first, ...more] = document.querySelectorAll("details.ww-evidence");
  const [, ...sources] = document.querySelectorAll("details.mkdocstrings-source");
  for (const alike of [...more, ...sources]) alike.remove();
  for (let around = first; around; around = around.parentElement.closest("details")) around.open = true;
  const met = new Map();
  const leaveThree = (selector) => {
    for (const item of document.querySelectorAll(selector)) {
      const made = [item, ...item.querySelectorAll("*")].map((part) => `${part.tagName}.${part.getAttribute("class")}`);
      const kind = made.join(" ");
      met.set(kind, (met.get(kind) ?? 0) + 1);
      if (met.get(kind) > 3) item.remove();
    }
  };
  leaveThree("article pre span:not(:has(*)), article :is(td, li) :is(a, code:not(a code)):not(:has(*))");
  leaveThree("article :is(tbody tr, li), .md-sidebar--secondary li");
  for (const list of document.querySelectorAll(".md-sidebar__scrollwrap")) {
    Object.assign(list.style, { overflow: "visible", height: "auto", maxHeight: "none" });
  }
}"""
"""Most of a page is made by one template: its first evidence, opened, and three of a kind — rows, items, links in
them, words of code — stand for all.

The page's list is laid out whole: where it scrolls, its edge cuts a link to less than its size. And no colour is met on
its way to another."""


def folder_of(path: str) -> str:
    return path.removesuffix("/").rpartition("/")[0]


def wanting(browser: Browser, site: Site, paths: list[str]) -> dict[str, dict[str, list[str]]]:
    """Look at pages on a phone, and with axe on a desk: what is wrong with each, by what is asked.

    The first page of a folder is loaded, and a link leads to each of the others. Diagrams are left out: what they hold
    is said by the text beside them. Around the pages of one folder stands the same: axe is shown that with the first.
    """
    wrong: dict[str, dict[str, list[str]]] = {}
    known: set[int] = set()
    with visiting(browser, site, width=PHONE) as visit:
        visit.leave_out_extras()
        visit.page.add_init_script(SOURCE)
        folder = ""
        for path in paths:
            visit.foreign.clear()
            visit.complaints.clear()
            visit.page.set_viewport_size({"width": PHONE, "height": HEIGHT})
            before, folder = folder, folder_of(path)
            is_further = bool(folder) and folder == before  # people wrote those that are in none
            page = visit.follow(path) if is_further else visit.open(path)
            page.wait_for_timeout(100)
            answers = {**page.evaluate(_QUESTIONS), "foreign": [*visit.foreign], "complaints": [*visit.complaints]}
            answers |= barriers(visit, known, without=AROUND if is_further else ())
            if found := {question: [*answer] for question, answer in answers.items() if answer}:
                wrong[path] = found
    return wrong


def barriers(visit: Visit, known: set[int], *, without: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Ask axe about the page that is open, and in either scheme about the colours of what looks unlike all before."""
    visit.page.evaluate(_ONE_OF_EACH)
    visit.page.set_viewport_size({"width": DESK, "height": HEIGHT})
    found = {"barriers": broken_rules(visit.page, without=without, spared=ABOUT_COLOUR)}
    if find_unfamiliar(visit.page, known):
        for scheme in SCHEMES:
            visit.wear(scheme)
            found[f"barriers in the {scheme}"] = broken_rules(visit.page, *ABOUT_COLOUR, is_about_unfamiliar=True)
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_found_wanting(browser: Browser, watchword: Site, part: int) -> None:
    paths = sorted(watchword.paths, key=folder_of)
    share = -(-len(paths) // PARTS)
    paths = paths[part * share : (part + 1) * share]
    assert paths
    assert wanting(browser, watchword, paths) == {}


def test_no_page_of_a_red_run_is_found_wanting(browser: Browser, turnstile: Site) -> None:
    assert wanting(browser, turnstile, turnstile.paths) == {}


def test_a_colour_is_noticed_that_familiar_text_wears_for_the_first_time(browser: Browser, watchword: Site) -> None:
    known: set[int] = set()
    with visiting(browser, watchword) as visit:
        page = visit.open("glossary/")
        assert not any(barriers(visit, known).values())
        assert not find_unfamiliar(page, known)
        page.evaluate("document.querySelector('article p').style.color = '#bbb'")
        found = barriers(visit, known)
        assert [rule.partition(":")[0] for rule in found["barriers in the light"]] == ["color-contrast"]


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
