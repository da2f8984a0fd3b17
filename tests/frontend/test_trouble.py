"""One side is down, or cannot start: a page that a person understands, one sentence in the terminal, nothing lost."""

from __future__ import annotations

import os
import socket
import subprocess
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.frontend.parties import APPLICATION, Away, Parties, free_port
from tests.frontend.person import PASSWORD, Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext

ANSWERS_NOT = "The API does not answer."


@pytest.mark.parametrize("way", ["Directly", "Through this server"])
def test_while_the_api_is_down_the_session_goes_on(context: BrowserContext, parties: Parties, way: str) -> None:
    ada = Person(context.new_page()).sign_up()
    parties.stop_api()
    try:
        ada.call(way)
        expect(ada.page.get_by_role("alert").filter(has_text=ANSWERS_NOT)).to_be_visible()
        ada.page.reload()
        ada.expect_signed_in()
    finally:
        parties.start_api()
    ada.call(way)
    ada.expect_granted()


def test_while_the_frontend_is_down_nothing_typed_is_lost(context: BrowserContext, parties: Parties) -> None:
    ada = Person(context.new_page()).sign_up()
    other = Person(context.new_page(), ada.email)
    other.page.goto("/account/password")
    parties.stop_frontend()
    try:
        ada.call()
        expect(ada.page.get_by_role("alert").filter(has_text="This site does not answer.")).to_be_visible()
        other.change_password_there(PASSWORD, "another horse battery")
        expect(other.page.get_by_text("what you typed is still here")).to_be_visible()
    finally:
        parties.start_frontend()
    other.press("Change the password")
    expect(other.page.get_by_text("The password is changed.")).to_be_visible()
    ada.page.reload()
    ada.expect_signed_in()


def test_while_the_database_is_away_a_page_says_so(context: BrowserContext, parties: Parties) -> None:
    ada = Person(context.new_page()).sign_up()
    other = Person(context.new_page(), ada.email)
    other.page.goto("/account/password")
    with Away(parties.folder / "frontend.sqlite"):
        ada.page.goto("/account")
        expect(ada.page.get_by_text("Accounts cannot be reached.")).to_be_visible()
        expect(ada.page.get_by_text("nobody was signed out")).to_be_visible()
        other.change_password_there(PASSWORD, "another horse battery")
        expect(other.page.get_by_text("what you typed is still here")).to_be_visible()
    ada.press("Try again")
    ada.expect_signed_in()


def start(changes: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "ISSUER": "http://localhost:3000",
        "API_URL": "http://localhost:8200",
        "PORT": str(free_port()),
        "BETTER_AUTH_SECRET": "a secret of the tests, which nothing else uses",
        "DATABASE_URL": str(folder / "frontend.sqlite"),
        **changes,
    }
    return subprocess.run(
        ["node", "scripts/start.mjs"],
        cwd=APPLICATION,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"BETTER_AUTH_SECRET": ""}, "BETTER_AUTH_SECRET must hold at least 32 random characters"),
        ({"ISSUER": "https://app.example/x"}, "ISSUER must be an origin"),
        ({"API_URL": ""}, "API_URL must be an https URL"),
        (
            {"DATABASE_URL": "/proc/frontend.sqlite"},
            'DATABASE_URL names "/proc/frontend.sqlite", which cannot be written',
        ),
        ({"PORT": "http"}, "PORT must be a port number"),
    ],
)
def test_an_unsafe_setting_stops_the_start_in_one_sentence(
    changes: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    done = start(changes, tmp_path)
    assert done.returncode == 1
    (said,) = [line for line in done.stderr.splitlines() if line.strip()]
    assert said.startswith(sentence)


def test_a_port_in_use_stops_the_start_and_another_is_named(taken_port: int, tmp_path: Path) -> None:
    done = start({"PORT": str(taken_port)}, tmp_path)
    assert (done.returncode, done.stderr) == (1, f"Port {taken_port} is in use. Name another: PORT={taken_port + 1}\n")


@pytest.mark.parametrize("version", ["18.20.0", "20.18.9"])
def test_an_old_node_says_so(version: str) -> None:
    script = f"""
        Object.defineProperty(process.versions, "node", {{ value: "{version}" }});
        import("./scripts/node.mjs");
    """
    done = subprocess.run(
        ["node", "-e", script], cwd=APPLICATION, capture_output=True, text=True, timeout=60, check=False
    )
    expected = f"This application needs Node 20.19 or newer, and this is Node {version}.\n"
    assert (done.returncode, done.stderr) == (1, expected)


def test_a_missing_node_says_so(tmp_path: Path) -> None:
    for name in ("sh", "dirname"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    script = APPLICATION.parents[1] / ".ci/frontend"
    done = subprocess.run(
        [script], env={"PATH": str(tmp_path)}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "needs Node 20.19 or newer with npm, and none is on PATH" in done.stderr
