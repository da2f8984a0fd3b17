"""What script can read and what it cannot, and what another site's page can do: nothing."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.frontend.person import PASSWORD, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext

    from tests.frontend.parties import Parties

EVERYWHERE = """async () => {
    const kept = [document.cookie, JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
    for (const {name} of await indexedDB.databases()) kept.push(name);
    for (const name of await caches.keys()) kept.push(name);
    kept.push(document.documentElement.outerHTML, location.href, window.name, JSON.stringify(history.state));
    return kept.join("\\n");
}"""


@pytest.fixture
def ada(context: BrowserContext) -> Person:
    """Ada, who has called the API directly."""
    person = Person(context.new_page()).sign_up()
    person.call()
    person.expect_granted()
    return person


def test_the_token_lies_in_no_storage_and_on_no_page(ada: Person) -> None:
    (token,) = {bearer.removeprefix("Bearer ") for bearer in ada.bearers}
    readable = ada.page.evaluate(EVERYWHERE)
    assert token.count(".") == 2
    for piece in token.split("."):
        assert piece not in readable


def test_the_session_cookie_is_out_of_scripts_reach(ada: Person, context: BrowserContext) -> None:
    (cookie,) = [found for found in context.cookies() if found["name"] == "__Host-session"]
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
    assert ada.page.evaluate("document.cookie") == ""
    credential = cookie["value"].split(".")[0]
    assert credential not in ada.page.evaluate(EVERYWHERE)


def test_the_answers_that_script_reads_hold_no_credential(ada: Person, context: BrowserContext) -> None:
    given = json.dumps({"email": ada.email, "password": PASSWORD})
    shown = ada.page.evaluate(
        """async (body) => (await fetch("/api/auth/sign-in/email",
            {method: "POST", headers: {"Content-Type": "application/json"}, body})).text()""",
        given,
    )
    (cookie,) = [found for found in context.cookies() if found["name"] == "__Host-session"]
    assert ada.email in shown
    assert cookie["value"].split(".")[0] not in shown


def test_through_the_server_no_token_reaches_the_browser(context: BrowserContext) -> None:
    person, bodies = Person(context.new_page()), []
    person.page.on("response", lambda answer: bodies.append(answer.text()) if "/bff/" in answer.url else None)
    person.sign_up()
    person.call("Through this server")
    person.expect_granted()
    assert bodies
    assert not any("eyJ" in body for body in bodies)


def test_nothing_is_asked_of_anybody_else(context: BrowserContext, parties: Parties) -> None:
    person, asked = Person(context.new_page()), []
    context.on("request", lambda request: asked.append(request.url))
    person.sign_up()
    person.call()
    person.expect_granted()
    ours = (f"{parties.url}/", f"{parties.api_url}/")
    assert [url for url in asked if not url.startswith((*ours, "data:"))] == []


@pytest.fixture
def foreign_site(parties: Parties) -> Iterator[str]:
    """A page of another origin, whose forms and scripts aim at the application."""
    target = parties.url
    forms = "".join(
        f'<form method="post" action="{target}{path}" target="answer"><input name="x"><button>{path}</button></form>'
        for path in ("/api/auth/sign-out", "/api/auth/revoke-sessions", "/api/auth/access-token", "/bff/echo")
    )
    page = f'<!doctype html><title>Foreign</title>{forms}<iframe name="answer"></iframe>'.encode()

    class Foreign(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Say nothing of each request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Foreign)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Another host than localhost: another site, not just another port.
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "path", ["/api/auth/sign-out", "/api/auth/revoke-sessions", "/api/auth/access-token", "/bff/echo"]
)
def test_a_form_of_another_site_changes_nothing(
    ada: Person, context: BrowserContext, foreign_site: str, path: str
) -> None:
    mallory = context.new_page()
    mallory.goto(foreign_site)
    with mallory.expect_response(lambda answer: answer.url.endswith(path)) as posted:
        mallory.get_by_role("button", name=path).click()
    assert posted.value.status == 403
    assert posted.value.header_value("set-cookie") is None
    ada.page.reload()
    ada.expect_signed_in()


@pytest.mark.parametrize("path", ["/api/auth/access-token", "/bff/me", "/account"])
def test_a_script_of_another_site_reads_nothing(
    ada: Person, context: BrowserContext, foreign_site: str, path: str, parties: Parties
) -> None:
    mallory = context.new_page()
    mallory.goto(foreign_site)
    read = mallory.evaluate(
        """async ([url, method]) => {
            try { return await (await fetch(url, {method, credentials: "include"})).text(); }
            catch (error) { return String(error); }
        }""",
        [f"{parties.url}{path}", "POST" if "token" in path else "GET"],
    )
    assert read == "TypeError: Failed to fetch"
    ada.page.reload()
    ada.expect_signed_in()


def test_no_page_may_frame_it(ada: Person, foreign_site: str) -> None:
    page = ada.page
    policy = page.goto("/account")
    assert policy is not None
    assert "frame-ancestors 'none'" in (policy.header_value("content-security-policy") or "")
    page.goto(foreign_site)
    expect(page.frame_locator("iframe").get_by_text(ada.email)).to_have_count(0)


INJECTED = '<img src="/none" onerror="window.ran = 1"><iframe srcdoc="<script>parent.ran = 2</script>"></iframe>'


def test_a_script_put_into_the_page_does_not_run(ada: Person) -> None:
    ada.page.evaluate("html => { document.querySelector('main').insertAdjacentHTML('beforeend', html) }", INJECTED)
    ada.page.wait_for_load_state("networkidle")
    assert ada.page.evaluate("window.ran") is None
