"""The search finds what a reader brings: a claim, a code, a section of a standard, the words of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.site import visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.site import Site


def _found(page: Page, words: str, most: int = 4) -> list[str]:
    page.goto(page.url.partition("?")[0])
    page.locator(".md-search__input").focus()
    page.keyboard.type(words)
    return _settled(page)[:most]


def _settled(page: Page) -> list[str]:
    """Wait until the results of the first letters have given way to those of all of them."""
    page.locator(".md-search-result__item").first.wait_for()
    before, found = [""], _results(page)
    while found != before:
        page.wait_for_timeout(500)
        before, found = found, _results(page)
    return found


def _results(page: Page) -> list[str]:
    links = page.eval_on_selector_all(".md-search-result__item > a", "links => links.map((link) => link.href)")
    return [urlsplit(link).path for link in links]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("aud", "specification/verification/audience/"),
        ("client_id", "sources/rfc9068/"),
        ("token_expired", "answers/token_expired/"),
        ("RFC 9068 §4", "sources/rfc9068/"),
        ("asks for a new access token", "reviewing/"),
        ("audience", "specification/verification/audience/"),
    ],
)
def test_what_a_reader_types_leads_to_the_page_that_tells(
    browser: Browser, watchword: Site, words: str, where: str
) -> None:
    with visiting(browser, watchword) as visit:
        assert f"/{where}" in _found(visit.open("glossary/"), words)


def test_the_search_is_used_by_keyboard_alone(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("glossary/")
        page.wait_for_load_state("networkidle")
        page.keyboard.press("/")
        page.keyboard.type("token_expired")
        assert _settled(page)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/answers/token_expired/**")
        assert visit.foreign == []
