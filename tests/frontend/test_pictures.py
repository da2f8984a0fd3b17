"""What the screens look like, at a phone's width and at a desk's, light and dark; the site's *Flow* page shows them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import pytest
from playwright.sync_api import expect

from tests.frontend.parties import ROOT, Away
from tests.frontend.person import PASSWORD, Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from playwright.sync_api import Browser, Page

    from tests.frontend.parties import Parties

PHONE, DESK = 390, 1440
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
AXE = ROOT / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Gallery:
    """Takes each picture in both schemes, and looks whether the screen can be read and used."""

    page: Page
    width: int
    folder: Path
    taken: list[dict[str, str]] = field(default_factory=list)

    def take(self, name: str, caption: str) -> None:
        """Keep what the page looks like now."""
        for scheme in SCHEMES:
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.page.screenshot(path=self.folder / f"{name}-{self.width}-{scheme}.png", full_page=True)
            self._require_accessible(name, scheme)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.width, f"{name} is {width} px wide"
        self.taken.append({"caption": caption, **{scheme: f"{name}-{self.width}-{scheme}.png" for scheme in SCHEMES}})

    def _require_accessible(self, name: str, scheme: str) -> None:
        found: Any = self.page.evaluate(
            "tags => axe.run({runOnly: tags}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))", TAGS
        )
        assert found == [], f"{name}, {scheme}"


@pytest.fixture(params=[PHONE, DESK])
def gallery(chrome: Browser, parties: Parties, pictures: Path, request: pytest.FixtureRequest) -> Iterator[Gallery]:
    """A browser of one width."""
    # Axe is looked with, not used: its script need not pass the page's policy.
    context = chrome.new_context(
        base_url=parties.url, viewport={"width": request.param, "height": 760}, bypass_csp=True
    )
    context.add_init_script(path=AXE)
    yield Gallery(context.new_page(), request.param, pictures)
    context.close()


def test_every_state_looks_as_it_should(gallery: Gallery, parties: Parties, pictures: Path) -> None:
    page, ada = gallery.page, Person(gallery.page)
    page.goto("/")
    gallery.take("home", "Signed out")
    page.goto("/sign-up")
    gallery.take("sign-up", "Signing up")
    ada.sign_up()
    gallery.take("account", "Signed in: the session is in a cookie, and no access token was asked for yet")
    ada.call()
    ada.expect_granted()
    gallery.take("called", "A call with a fresh token: the issuer minted it, the API knows who calls")
    _show_renewal(gallery, ada)
    ada.call("Through this server")
    ada.expect_granted()
    gallery.take("through-the-server", "The same through the server: no token reaches the browser")
    _show_trouble(gallery, ada, parties)
    _show_password_change(gallery, ada)
    page.goto("/account")
    ada.press("Sign out")
    ada.expect_signed_out()
    gallery.take("signed-out", "After signing out")
    ada.sign_in("wrong horse battery")
    expect(page.get_by_role("alert").filter(has_text="do not belong")).to_be_visible()
    gallery.take("refused", "A wrong password")
    page.goto("/nowhere")
    gallery.take("nowhere", "An address that leads nowhere")
    if gallery.width == PHONE:  # what a page has room for side by side
        (pictures / "pictures.json").write_text(json.dumps(gallery.taken, indent=1), encoding="utf-8")


def _show_renewal(gallery: Gallery, ada: Person) -> None:
    # The tab believes in its token, as after a sleep, so that the API has to refuse it.
    ada.page.evaluate("(now => { performance.now = () => now })(performance.now())")
    ada.let_token_expire()
    ada.call()
    expect(ada.page.get_by_role("listitem")).to_have_count(3)
    gallery.take("renewed", "A call with a token whose life is over: refused, renewed once, repeated once")


def _show_trouble(gallery: Gallery, ada: Person, parties: Parties) -> None:
    parties.stop_api()
    try:
        ada.call()
        expect(ada.page.get_by_role("alert").filter(has_text="does not answer")).to_be_visible()
        gallery.take("api-down", "The API is down: the session goes on")
    finally:
        parties.start_api()
    with Away(parties.folder / "frontend.sqlite"):
        ada.page.reload()
        expect(ada.page.get_by_text("Accounts cannot be reached.")).to_be_visible()
        gallery.take("database-away", "The accounts cannot be reached: nobody is signed out")


def _show_password_change(gallery: Gallery, ada: Person) -> None:
    ada.page.goto("/account/password")
    gallery.take("password", "Changing the password")
    ada.change_password(PASSWORD, "another horse battery")
    expect(ada.page.get_by_text("The password is changed.")).to_be_visible()
    gallery.take("password-changed", "A new password: every other session has ended")
