"""What is drawn, opened or red breaks no rule of WCAG 2.2 AA that axe can see; `test_pages` looks at every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import broken_rules
from tests.browser.site import Scheme, Site, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
