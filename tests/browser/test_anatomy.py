"""A token is shown part by part, and each member opens into the rules that are about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.site import Site, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_claim_leads_to_its_rules_and_they_to_their_scenarios(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("tokens/")
        claim = page.locator("details.ww-member", has=page.locator("summary code:text-is('\"aud\"')"))
        rule = claim.get_by_role("link", name="A token whose audience does not name this API is refused")
        assert not rule.is_visible()
        claim.locator("summary").click()
        rule.click()
        page.wait_for_url("**/specification/verification/audience/#rule-*")


def test_the_members_shown_are_those_of_the_parts_above(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword, script=False) as visit:
        page = visit.open("tokens/")
        decode = "part => Object.keys(JSON.parse(atob(part.textContent.replace(/-/g, '+').replace(/_/g, '/'))))"
        said = [
            name for part in ("header", "payload") for name in page.eval_on_selector(f".ww-compact .ww-{part}", decode)
        ]
        shown = [code.inner_text() for code in page.locator("details.ww-member summary code:first-child").all()]
        assert shown == [f'"{name}"' for name in said]
        assert len(said) > 3


def test_a_claim_can_be_pointed_at(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("tokens/#claim-aud")
        claim = page.locator("#claim-aud")
        claim.get_by_text("Who must see to it").wait_for(state="visible")
        assert "the name of the API it was made for" in claim.inner_text()
        assert "A token for another service is refused" in claim.inner_text()
