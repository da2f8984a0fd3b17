"""Every diagram parses, and draws in light and dark, on a phone and on a desk, after instant navigation too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import DESK, PHONE, Scheme, Site, visiting
from tests.site.sample import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ENGINE = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
_PARSE = """async (sources) => {
  const wrong = [];
  for (const source of sources) {
    try { await mermaid.parse(source); } catch (error) { wrong.push(`${error}\\n${source}`); }
  }
  return wrong;
}"""

_SEQUENCE = "sequenceDiagram"
_EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def together(sources: set[str]) -> list[str]:
    """Join all sequences into one, each line once: a sequence is read line by line, and most lines return in many."""
    alone = sorted(source for source in sources if not source.startswith(_SEQUENCE))
    lines = {line: None for source in sorted(sources.difference(alone)) for line in source.splitlines()[1:]}
    return [*alone, "\n".join([_SEQUENCE, *lines])] if lines else alone


def unread(browser: Browser, sources: set[str]) -> list[str]:
    """Say which of some diagrams Mermaid cannot parse, and why."""
    page = browser.new_page()
    page.add_script_tag(path=ENGINE)
    wrong: list[str] = page.evaluate(_PARSE, together(sources)) and page.evaluate(_PARSE, sorted(sources))
    page.close()
    return wrong


def test_every_diagram_parses(browser: Browser, site: Site) -> None:
    sources = {source for path in site.paths for source in site.diagrams(path)}
    assert sources
    assert unread(browser, sources) == []


def test_the_parse_test_names_the_broken_diagram(browser: Browser, turnstile: Site) -> None:
    sources = {source for path in turnstile.paths for source in turnstile.diagrams(path)}
    for broken in ("sequenceDiagram\n  nobody said", "sequence\n  p0->>p1: hello"):
        (found,) = unread(browser, sources | {broken})
        assert found.endswith(broken)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_diagram_draws(browser: Browser, site: Site, width: int, scheme: Scheme) -> None:
    paths = site.some_with_diagrams
    # The parser has seen every diagram, and the features' pages repeat one kind: a few of them stand for all. Where a
    # width and a scheme have each been looked at already, the pages with a map of states stand for the rest.
    if (width, scheme) in {(PHONE, "light"), (DESK, "dark")}:
        paths = [path for path in paths if "flowchart" in "".join(site.diagrams(path))]
    with visiting(browser, site, width=width, scheme=scheme) as visit:
        for path in paths:
            is_generated = path.startswith("specification/")
            visit.open(path)
            assert [state for state in visit.draw(most=3 if is_generated else 20) if state != "drawn"] == [], path
            assert visit.page.evaluate(_EXCESS) <= 0, path
        assert visit.complaints == []


def test_diagrams_draw_after_instant_navigation(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        page = visit.open("glossary/")
        page.wait_for_load_state("networkidle")  # the list of pages that navigation needs
        page.evaluate("window.stayed = true")
        page.click('.md-tabs a[href$="flow/"]')
        page.wait_for_selector(".ww-drawing svg")
        assert page.evaluate("window.stayed") is True
        assert set(visit.draw()) == {"drawn"}


def test_the_engine_is_loaded_only_where_there_are_diagrams(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.open("glossary/")
        visit.page.wait_for_timeout(300)
        assert [url for url in asked if "diagrams-engine" in url] == []
        visit.open("flow/")
        visit.draw()
        assert len([url for url in asked if "diagrams-engine" in url]) == 1


def test_changing_the_palette_redraws_in_its_colours(browser: Browser, watchword: Site) -> None:
    node = ".ww-drawing .node rect, .ww-drawing .node path"
    fill = "element => getComputedStyle(element).fill"
    with visiting(browser, watchword, scheme="light") as visit:
        page = visit.open("")
        visit.draw()
        light = page.eval_on_selector(node, fill)
        for _ in range(2):  # from the system's choice over light to dark
            page.locator("label.md-header__button[for^=__palette]:visible").click()
        page.wait_for_selector('body[data-md-color-scheme="slate"]')
        page.wait_for_selector('pre.diagram[data-drawn="true"]', state="attached")
        assert page.eval_on_selector(node, fill) != light


def test_a_failed_transition_is_dashed_as_well_as_coloured(browser: Browser, turnstile: Site) -> None:
    with visiting(browser, turnstile) as visit:
        page = visit.open("")
        page.click('label:has-text("greedy")')
        visit.draw()
        dashes = page.eval_on_selector("path.edge-failed", "element => getComputedStyle(element).strokeDasharray")
        assert dashes not in ("none", "")


def test_without_script_the_source_and_the_table_are_readable(browser: Browser, watchword: Site) -> None:
    with visiting(browser, watchword, script=False) as visit:
        page = visit.open("session/")
        assert "flowchart TB" in page.locator("pre.diagram").first.inner_text()
        assert page.locator(".ww-states table").first.is_visible()
