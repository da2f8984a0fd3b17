"""The Better Auth servers that scenarios look at: with the package's defaults, or as the application sets it up."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from pytest_bdd import given, then, when

from steps.scene import Person, Scene
from steps.sessions import be_signed_in
from steps.targets.better_auth import BetterAuth, BetterAuthStage, Observatory, Plan
from steps.targets.loop import Runner
from steps.targets.loopback_browser import LoopbackBrowser
from steps.targets.node_servers import NodeError
from steps.vocabulary import Phrase, Word, one_of

DAY_SECONDS: Final = 86_400
ROTATION: Final = {"rotationInterval": 30 * DAY_SECONDS, "gracePeriod": 900}


def _default(**options: Any) -> dict[str, Any]:
    return {"configuration": "default", **options}


def _cache(strategy: str, **options: Any) -> dict[str, Any]:
    return _default(session={"cookieCache": {"enabled": True, "strategy": strategy}}, **options)


def _mended(**options: Any) -> dict[str, Any]:
    return {"configuration": "application", **options}


SERVERS: Final = {
    "the default server": Plan(_default()),
    "a default server in production": Plan(_default(), {"NODE_ENV": "production"}),
    "a default server without a base URL": Plan(_default(withoutBaseUrl=True)),
    "a default server without a database": Plan(_default(), has_database=False),
    "a default server without a secret": Plan(_default(), has_secret=False),
    "a default server without a secret in production": Plan(_default(), {"NODE_ENV": "production"}, has_secret=False),
    "a default server with a cookie cache": Plan(_cache("compact")),
    "a default server with a signed cookie cache": Plan(_cache("jwt")),
    "a default server with a signed cookie cache but no secret": Plan(_cache("jwt"), has_secret=False),
    "a default server with tokens as session cookie": Plan(_cache("jwt", jwt={"sessionCookieCache": True})),
    "a default server with the lifetime 900": Plan(_default(jwt={"jwt": {"expirationTime": 900}})),
    "a default server with the lifetime 9999999999": Plan(_default(jwt={"jwt": {"expirationTime": 9_999_999_999}})),
    "a default server with rotating keys": Plan(_default(jwt={"jwks": ROTATION})),
    "a default server with the bearer plugin": Plan(_default(bearer=True)),
    "a default server with the admin plugin": Plan(_default(admin=True)),
    "the mended server": Plan(_mended()),
    "the mended server behind a proxy": Plan(_mended(environment={"CLIENT_ADDRESS_HEADER": "x-real-ip"})),
    "the mended server with a mailer": Plan(_mended(mailer=True)),
    "a mended server with the audience of the default": Plan(_mended(environment={"AUDIENCE": "{origin}"})),
    "a mended server without a secret": Plan(_mended(), has_secret=False),
}
"""Default: email and password, the JWT plugin, a base URL, a secret and a database, unless its name says otherwise."""

SERVER: Final = Word(one_of(*SERVERS))


@pytest.fixture(scope="session")
def observatory(runner: Runner) -> Iterator[Observatory]:
    """Start servers as they are needed, and end them with the run; without Node there is no run."""
    with tempfile.TemporaryDirectory(prefix="watchword-") as folder:
        observatory = Observatory(Path(folder), runner)
        yield observatory
        observatory.close()


def server_of(scene: Scene) -> BetterAuth:
    """Return the server that this scenario is about."""
    assert isinstance(scene.target, BetterAuth), "no server runs: name one in the first Given step"
    return scene.target


def browser_of(person: Person) -> LoopbackBrowser:
    """Return the browser of somebody at such a server."""
    assert isinstance(person.browser, LoopbackBrowser)
    return person.browser


def play_at(scene: Scene, observatory: Observatory, server: str) -> BetterAuth:
    """Start a server for this scenario, and say which versions run."""
    scene.stage = BetterAuthStage(SERVERS[server], observatory)
    try:
        started = server_of(scene).started
    except NodeError as error:
        pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)
    scene.exchanges.note("server", better_auth=started["betterAuth"], node=started["node"])
    return server_of(scene)


def have_account(scene: Scene, name: str, **further: str) -> Person:
    """Return somebody who has signed up, unseen, and is not signed in."""
    person = scene.person(name)
    person.accounts = 1
    server_of(scene).open_account(name=name, email=person.email, password=person.password, **further)
    return person


@given(Phrase("{actor} is signed in at {server}", server=SERVER))
def is_signed_in_at(scene: Scene, observatory: Observatory, actor: str, server: str) -> None:
    """Start a server, sign in there and ask for a first access token."""
    play_at(scene, observatory, server)
    have_account(scene, actor)
    be_signed_in(scene, actor)


@given(Phrase("{actor} has signed in at {server}, where nobody has asked for a token", server=SERVER))
def has_signed_in_at(scene: Scene, observatory: Observatory, actor: str, server: str) -> None:
    """Start a server and sign in there; no key is needed for that."""
    play_at(scene, observatory, server)
    person = have_account(scene, actor)
    person.browser.sign_in(email=person.email, password=person.password)


@given(Phrase("{actor} has an account at {server}", server=SERVER))
def has_account_at(scene: Scene, observatory: Observatory, actor: str, server: str) -> None:
    """Start a server where somebody has signed up; her address is not verified."""
    play_at(scene, observatory, server)
    have_account(scene, actor)


@given(Phrase("{actor} has found {server}", server=SERVER))
def has_found(scene: Scene, observatory: Observatory, actor: str, server: str) -> None:
    """Start a server that somebody without an account knows the address of."""
    play_at(scene, observatory, server)
    scene.person(actor)


@given(Phrase("{actor} has a picture of {count} characters at {server}", server=SERVER))
def has_picture(scene: Scene, observatory: Observatory, actor: str, count: int, server: str) -> None:
    """Start a server, sign up with a picture that is written out in its address, and sign in."""
    play_at(scene, observatory, server)
    have_account(scene, actor, image="data:,".ljust(count, "x"))
    be_signed_in(scene, actor)


@when(Phrase("somebody starts {server}", server=SERVER), target_fixture="complaint")
def starts(observatory: Observatory, server: str) -> str | None:
    """Start a server, and return why it refuses to, or None."""
    return observatory.start(SERVERS[server], observatory.new_file(), "").get("refused")


@then(Phrase("the server {outcome}", outcome=Word(one_of("starts", "does not start"))))
def server_starts(scene: Scene, complaint: str | None, outcome: str) -> None:
    """Compare what became of the start; whoever is refused is told which variable to set."""
    scene.exchanges.note("start", complaint=complaint)
    assert (complaint is None) == (outcome == "starts"), complaint or "it started"
    assert complaint is None or "BETTER_AUTH_SECRET" in complaint, complaint


@when("the server runs in a second process too", target_fixture="second_origin")
def runs_twice(scene: Scene) -> str:
    """Start the same server in another process, on the same records where it has any."""
    return server_of(scene).start_second_process()


@given(Phrase("{actor} is {flag} in the records", flag=Word(one_of("banned", "verified"))))
def is_marked(scene: Scene, actor: str, flag: str) -> None:
    """Set a flag of her account in the database, as an administrator does who knows no other way."""
    column = {"banned": "banned", "verified": "emailVerified"}[flag]
    server_of(scene).records.mark(scene.person(actor).email, column)


@given(Phrase("{owner} session has been used every day for {count} days"))
def has_been_used(scene: Scene, owner: str, count: int) -> None:
    """Ask for a token, let a day pass for every session on record, and so on."""
    server = server_of(scene)
    unseen = server.unrecorded(browser_of(scene.person(owner)))
    for _ in range(count):
        server.records.age("session", DAY_SECONDS)
        unseen.renew()


@given(Phrase("the signing key has grown {duration} older"))
def key_has_grown_older(scene: Scene, duration: int) -> None:
    """Move every instant of every key on record back."""
    server_of(scene).records.age("jwks", duration)


@given(Phrase("the signing key has been rotated {count} times, once a month"))
def has_been_rotated(scene: Scene, count: int) -> None:
    """Let a month pass for every key on record, ask for a token, and so on."""
    server = server_of(scene)
    unseen = server.unrecorded(browser_of(scene.person("she")))
    for _ in range(count):
        server.records.age("jwks", 31 * DAY_SECONDS)
        unseen.renew()
    scene.exchanges.note("records", keys=server.records.key_count())


@given(Phrase("the signing key has ended {count} seconds after a verifier fetched the keys"), target_fixture="fetched")
def has_ended_after_fetch(scene: Scene, count: int) -> list[str]:
    """Bring the key's end near, ask for a token as somebody always does, fetch the keys, and let the key end."""
    server = server_of(scene)
    unseen = server.unrecorded(browser_of(scene.person("she")))
    server.records.age("jwks", 30 * DAY_SECONDS - count)
    unseen.renew()
    fetched = [key["kid"] for key in server.published_keys()]
    server.records.age("jwks", count)
    return fetched
