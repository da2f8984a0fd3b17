"""The application as a person meets it: built by Next.js, with the reference API beside it, in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import FLAGS, chromium
from tests.frontend.parties import APPLICATION, PICTURES, Parties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

PATIENCE_MILLISECONDS = 20_000
"""How long anything may take before it counts as not happening; a busy machine is slow, not broken."""


@pytest.fixture(scope="session")
def parties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parties]:
    """Frontend and API, whose tokens live a few seconds."""
    if not (APPLICATION / ".next/BUILD_ID").is_file():
        pytest.fail("The application is not built: make test-frontend", pytrace=False)
    with Parties(tmp_path_factory.mktemp("frontend")) as running:
        yield running


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    path = chromium()
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(chrome: Browser, parties: Parties) -> Iterator[BrowserContext]:
    """A browser that nobody has used."""
    opened = chrome.new_context(base_url=parties.url, viewport={"width": 1440, "height": 1000})
    opened.set_default_timeout(PATIENCE_MILLISECONDS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where the site finds what the screens look like."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES
