"""How the parties are set up and started: their proxies, their settings, the line between them."""

from pathlib import Path
from typing import Final

import pytest
from pytest_bdd import given, then, when

from steps.scene import Scene
from steps.targets.tls import self_signed
from steps.vocabulary import Phrase, Word, one_of

PROXIES: Final = ("no proxy", "the proxy in front of it")
TRUSTED: Final = "a certificate that the API trusts"
CERTIFICATES: Final = ("a certificate that nobody vouches for", TRUSTED)


@given(Phrase("the {party} trusts {proxies}", party=Word(one_of("API", "issuer")), proxies=Word(one_of(*PROXIES))))
def trusts(scene: Scene, party: str, proxies: str) -> None:
    """Start a party with no proxy in its policy, or with the address that all requests come from."""
    if proxies != "no proxy":
        scene.target.trust_proxy(party)


@given("the API has a defect")
def has_defect(scene: Scene) -> None:
    """Start an API that fails at every token, for want of a clock; present them to another where something fails."""
    scene.target.break_down()


@given(Phrase("the key set is served behind {certificate}", certificate=Word(one_of(*CERTIFICATES))))
def is_served_behind(scene: Scene, certificate: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the issuer's key set on a real socket over TLS, and have the API fetch it there over the network."""
    path = self_signed(tmp_path)
    if certificate == TRUSTED:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    scene.target.serve_key_set_behind(path)


@when(
    Phrase('the API is started with {setting} "{text}"', setting=Word("[A-Z_]+"), text=Word('[^"]*')),
    target_fixture="complaint",
)
def is_started_with(scene: Scene, setting: str, text: str) -> str | None:
    """Start an API whose environment says so, and is right otherwise."""
    return scene.target.complaint_about(**{setting: text})


@then(Phrase("it {outcome}", outcome=Word("starts|refuses to start, naming [A-Z_]+")))
def starts(scene: Scene, complaint: str | None, outcome: str) -> None:
    """Compare what became of the start: the API runs, or one sentence names the setting that is wrong."""
    if outcome == "starts":
        assert complaint is None, complaint
        return
    name = outcome.rsplit(maxsplit=1)[-1]
    # Sources say what is unsafe, and none that a program may not start with it.
    scene.expect(complaint is not None, "it started")
    if scene.target.leniency is not None:
        # A server prints more than one sentence when it ends.
        scene.expect(complaint is None or name in complaint, f"it does not name {name}: {(complaint or '')[-200:]}")
        return
    assert complaint is not None
    assert complaint.startswith(f"{name} "), complaint
    assert ". " not in complaint, f"not one sentence: {complaint}"
