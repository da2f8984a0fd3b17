"""What helps a reader on any page: words that explain themselves, the way to code, help at wrong addresses, paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.site import visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.site import Site


def test_a_glossary_word_explains_itself_on_hover_and_by_keyboard(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("flow/")
        word = page.locator("a.ww-term", has_text="access token").first
        tip = page.locator(".md-tooltip2--active", has_text="The signed statement that a request brings")
        word.hover()
        tip.wait_for()
        page.mouse.move(0, 0)
        tip.wait_for(state="detached")
        word.focus()
        tip.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/glossary/#access-token")


def test_without_script_it_still_does(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword, script=False) as visit:
        says = visit.open("flow/").locator("a.ww-term", has_text="access token").first.get_attribute("title") or ""
        assert says.startswith("The signed statement that a request brings")


def test_a_step_leads_to_its_code(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("specification/verification/audience/")
        page.locator("details.ww-evidence summary").first.click()
        page.locator("details.ww-evidence[open] a.ww-code").first.click()
        page.wait_for_url("**/reference/steps*/#steps.*")
        page.locator(f'[id="{page.url.partition("#")[2]}"]').wait_for()


def test_a_requirement_leads_to_the_code_that_holds_it(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("traceability/")
        page.locator("tr:has(#AUD-02) a.ww-code").first.click()
        page.wait_for_url("**/reference/api/#reference_impl.api.claims*")
        page.locator(f'[id="{page.url.partition("#")[2]}"]').wait_for()


def test_a_wrong_address_says_where_to_go_on(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("404.html")
        assert page.locator("h1").inner_text() == "There is no such page"
        page.locator("article").get_by_role("link", name="Flow").click()
        page.wait_for_url("**/flow/")
        assert visit.foreign == []


def test_on_paper_there_is_the_page_and_nothing_around_it(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword, scheme="dark") as visit:
        page = visit.open("specification/verification/audience/")
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible()
        for around in (".md-header", ".md-sidebar--primary", ".md-sidebar--secondary", ".md-footer"):
            assert not page.locator(around).is_visible(), around
        black = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
        assert black == "rgb(27, 31, 39)"
