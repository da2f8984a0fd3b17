"""The words above long tables hide the rows that lack them, and stand in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import DESK, PHONE, Site, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def _shown(page: Page) -> list[str]:
    return [row.inner_text() for row in page.locator(".ww-filtered tbody tr:visible").all()]


def test_words_in_the_address_choose_the_rows(browser: Browser, turnstile: Site) -> None:
    with visiting(browser, turnstile) as visit:
        every = _shown(visit.open("results/"))
        red = _shown(visit.open("results/?filter=FAILED+gte-01"))
        assert 0 < len(red) < len(every)
        assert all("failed" in row and "GTE-01" in row for row in red)
        assert visit.page.locator(".ww-filter output").inner_text() == f"{len(red)} of {len(every)} rules"


def test_typed_words_are_kept_in_the_address(browser: Browser, turnstile: Site) -> None:
    with visiting(browser, turnstile) as visit:
        page = visit.open("results/")
        page.get_by_label("Filter").fill("no such word")
        assert _shown(page) == []
        assert page.url.endswith("?filter=no+such+word")
        page.get_by_label("Filter").fill("")
        assert _shown(page)
        assert page.url.endswith("results/")


def test_a_level_and_a_party_are_asked_for_as_they_are(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("results/")
        every = len(_shown(page))
        page.get_by_role("button", name="SHOULD", exact=True).click()
        page.get_by_role("button", name="issuer", exact=True).click()
        assert page.url.endswith("results/?filter=is%3Ashould+is%3Aissuer")
        rows = page.locator(".ww-filtered tbody tr:visible")
        marked = rows.evaluate_all(
            "rows => rows.map(row => [...row.querySelectorAll('.ww-facet')].map(f => f.textContent))"
        )
        assert 0 < len(marked) < every
        assert [said for said in marked if not {"SHOULD", "issuer"} <= {*said}] == []
        page.get_by_role("button", name="SHOULD", exact=True).click()
        assert page.get_by_role("button", name="issuer", exact=True).get_attribute("aria-pressed") == "true"
        assert page.url.endswith("results/?filter=is%3Aissuer")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_area_without_a_row_left_is_not_headed(browser: Browser, watchword: Site, width: int) -> None:
    with visiting(browser, watchword, width=width) as visit:
        page = visit.open("traceability/?filter=AUD-02")
        headings = [heading.inner_text() for heading in page.locator("article h3:visible").all()]
        assert [heading.partition("\n")[0].rstrip("¶ ") for heading in headings] == ["Verification"]
        assert len(_shown(page)) == 1


@pytest.mark.parametrize("path", ["results/", "traceability/"])
def test_without_script_every_row_is_there(browser: Browser, watchword: Site, path: str) -> None:
    with visiting(browser, watchword, script=False) as visit:
        page = visit.open(path)
        assert len(_shown(page)) == page.locator(".ww-filtered tbody tr").count() > 0
