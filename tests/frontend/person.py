"""A person at a browser: what can be done on the pages, by the words that stand there; and what the network saw."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.frontend.parties import TOKEN_LIFETIME_SECONDS

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

PASSWORD = "correct horse battery"
_NUMBERS = itertools.count(1)
_MARGIN_SECONDS = 0.2


@dataclass
class Person:
    """One tab, and the account it is about.

    Args:
        page: the tab.
        email: nobody else's, in the whole run.

    Attributes:
        bearers: the `Authorization` headers the tab has sent.
    """

    page: Page
    bearers: list[str] = field(default_factory=list, init=False)
    _sent_at: float = field(default=0.0, init=False)
    email: str = field(default_factory=lambda: f"ada{next(_NUMBERS)}@example.test")

    def __post_init__(self) -> None:
        """Listen from the start."""
        self.page.on("request", self._listen)

    def sign_up(self) -> Person:
        """Create the account, which opens its first session."""
        self.page.goto("/sign-up")
        self.page.get_by_label("Name").fill("Ada Lovelace")
        self._give("Create the account", PASSWORD)
        self.page.wait_for_url("**/account")
        return self

    def sign_in(self, password: str = PASSWORD) -> Person:
        """Sign in from the page for it."""
        self.page.goto("/sign-in")
        self._give("Sign in", password)
        return self

    def call(self, way: str = "Directly") -> None:
        """Call the API, and wait for an answer to show."""
        self.page.get_by_label(way).check()
        self.page.get_by_role("button", name="Call the API").click()
        expect(self.page.get_by_role("button", name="Call the API")).to_be_enabled()

    def call_to_no_avail(self) -> None:
        """Call the API once the token held has ended, and learn that the session has too."""
        self.page.get_by_label("Through this server").check()
        self.press("Call the API")
        self.expect_signed_out()

    def change_password(self, current: str, new: str) -> None:
        """Change the password from the page for it."""
        self.page.goto("/account/password")
        self.change_password_there(current, new)

    def change_password_there(self, current: str, new: str) -> None:
        """The same, where the page is open already."""
        self.page.get_by_label("Current password").fill(current)
        self.page.get_by_label("New password").fill(new)
        self.page.get_by_role("button", name="Change the password").click()

    def let_token_expire(self) -> None:
        """Wait out the life of the token that was sent last: it was minted before it was sent."""
        time.sleep(max(0.0, self._sent_at + TOKEN_LIFETIME_SECONDS + _MARGIN_SECONDS - time.monotonic()))

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def expect_signed_in(self) -> None:
        """The account's page is shown, to its owner."""
        expect(self.page.get_by_text(self.email)).to_be_visible()

    def expect_signed_out(self) -> None:
        """The page to sign in is shown, and nothing of the account."""
        self.page.wait_for_url("**/sign-in?ended")
        expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(self.page.get_by_text("You are signed out.")).to_be_visible()
        expect(self.page.get_by_text(self.email)).to_have_count(0)

    def expect_granted(self) -> None:
        """The API has said who calls."""
        expect(self.page.get_by_role("definition").first).to_be_visible()

    def session(self) -> str:
        """Return the session the API was told of."""
        return self.page.get_by_role("definition").nth(1).inner_text()

    def _listen(self, request: Request) -> None:
        if bearer := request.headers.get("authorization"):
            if bearer not in self.bearers:
                self._sent_at = time.monotonic()
            self.bearers.append(bearer)

    def _give(self, button: str, password: str) -> None:
        self.page.get_by_label("E-mail address").fill(self.email)
        self.page.get_by_label("Password").fill(password)
        self.press(button)


@dataclass
class Wire:
    """What a tab, or a whole browser, sends to the issuer's token endpoint and to the API."""

    requests: list[tuple[str, str]] = field(default_factory=list)

    def listen(self, request: Request) -> None:
        """Note a request, unless it is for a page, a file or a permission to ask."""
        path = urlsplit(request.url).path
        if path in {"/api/auth/access-token", "/me", "/bff/me"} and request.method != "OPTIONS":
            self.requests.append((request.method, path))

    def since(self) -> list[tuple[str, str]]:
        """Return what was sent since the last time this was asked."""
        sent, self.requests[:] = list(self.requests), []
        return sent


MINT = ("POST", "/api/auth/access-token")
CALL = ("GET", "/me")
