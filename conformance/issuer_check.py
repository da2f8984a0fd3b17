"""A check of an issuer, from its start to its last outcome."""

from __future__ import annotations

import asyncio
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import httpx

from conformance.errors import BadInvocation, NeverAnswered, Unfit
from conformance.issuer_stage import USED_ONCE, IssuerStage
from conformance.launcher import Launcher, telling_its_end
from conformance.play import Findings, files_of, play
from conformance.plugin import Watch
from conformance.process import LOOPBACK, free_port
from conformance.settings import require_local
from steps.names import password_of
from steps.targets.foreign_issuer import ForeignIssuer
from steps.targets.issuer_paths import PATHS
from steps.targets.issuer_target import IssuerTarget
from steps.targets.remote_wire import NoAnswer
from steps.targets.unseen import Unseen
from steps.targets.witness import Witness
from steps.vocabulary import GRANTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from conformance.outcome import Outcome
    from conformance.settings import IssuerSettings
    from steps.targets.messages import Answer
    from steps.targets.wire import Hooks

PARTIES = frozenset({"issuer", "flow"})
VISITOR = "Visitor"
"""Who tries the door; nobody in a scenario is called so."""


def check_issuer(
    settings: IssuerSettings,
    *,
    tell: Callable[[Outcome], None],
    say: Callable[[str], None],
    show: Callable[[Findings], None] = lambda _: None,
) -> Findings:
    """Start the issuer if need be, play every scenario that is about one, and stop all that was started.

    Args:
        show: hears the findings while the issuer still runs.

    Raises:
        CheckError: there is no verdict.
    """
    began = time.monotonic()
    files = files_of(PARTIES, frozenset(settings.only))
    with ExitStack() as things:
        runner = things.enter_context(asyncio.Runner())
        launcher = None if settings.start is None else _launcher(settings)
        if launcher is not None:
            things.callback(launcher.close)
            say(f"Starting `{settings.start}`")
            launcher.start()
            url = httpx.URL(launcher.origin)
        else:
            url = require_local("--url", settings.url or "", settings.i_own_this_host)
        issuer = _issuer(settings, url)
        door = Door(issuer, runner)
        with telling_its_end(launcher):
            door.look()
        stage = IssuerStage(issuer, runner, grace_seconds=settings.grace)
        watch = Watch(
            stage, parties=PARTIES, only=frozenset(settings.only), sign_of_life=door.sign_of_life, tell=tell, say=say
        )
        play(watch, files)
        death = f"{watch.death}{launcher.obituary if launcher else ''}" if watch.death else None
        outcomes = tuple(watch.outcomes)
        findings = Findings(
            outcomes,
            death,
            time.monotonic() - began,
            remarks=tuple(_remarks(settings, outcomes)),
            is_interrupted=watch.is_interrupted,
        )
        show(findings)
        return findings


def _remarks(settings: IssuerSettings, outcomes: Sequence[Outcome]) -> Iterator[str]:
    if settings.profile == "strict" and not any(each.is_judged and USED_ONCE in each.pickle.tags for each in outcomes):
        yield f"Whether it follows the strict profile was not judged: no scenario of {USED_ONCE} was."


def _launcher(settings: IssuerSettings) -> Launcher:
    port = free_port()
    values = {"issuer": settings.issuer or f"http://{LOOPBACK}:{port}", "audience": settings.audience}
    return Launcher(settings.start or "", port=port, patience_seconds=settings.start_patience, values=values)


def _issuer(settings: IssuerSettings, url: httpx.URL) -> ForeignIssuer:
    origin = httpx.URL(scheme=url.scheme, netloc=url.netloc)
    name = settings.issuer or str(origin).rstrip("/")
    witness = Witness(issuer=name, audience=settings.audience, algorithm=settings.algorithm)
    return ForeignIssuer(origin, PATHS[settings.paths], settings.profile, witness)


class Door:
    """What must be true before any refusal means something: a person signs up, signs in, and is given a good token."""

    def __init__(self, issuer: ForeignIssuer, runner: asyncio.Runner) -> None:
        self._issuer = issuer
        self._runner = runner

    def look(self) -> None:
        """Sign up, and look at a first access token.

        Raises:
            CheckError: that fails; the message says what is likely wrong.
        """
        url = self._issuer.url
        try:
            token = self._first_token()
            key_set = self._asked("reads the key set", self._target().read_key_set(sender=VISITOR)).body
        except NoAnswer as error:
            raise NeverAnswered(f"{url} never answered: {error}") from None
        except Unseen as error:
            raise BadInvocation(f"{url}: {error.reason}") from None
        if not isinstance(key_set, dict) or not key_set.get("keys"):
            raise Unfit(f"{self._issuer.key_set_url} publishes no key, so that no API can verify anything")
        complaint = self._issuer.witness.complaint(token, key_set)
        if complaint is not None:
            witness = self._issuer.witness
            raise Unfit(
                f'{url} made an access token that an API refuses ({complaint}) — is it iss "{witness.issuer}", '
                f'aud "{witness.audience}", alg {witness.algorithm}? --issuer, --audience and --algorithm say so'
            )

    def _first_token(self) -> str:
        target = self._target()
        browser = target.browser(VISITOR)
        email, password = target.address(VISITOR, 1), password_of(VISITOR, 1)
        answer = self._asked("signs up", browser.sign_up(name=VISITOR, email=email, password=password))
        self._issuer.opened.add(email)
        if browser.credential is None:
            raise Unfit(no_session(self._issuer.cookie, answer))
        answer = self._asked("renews", browser.renew())
        return str(answer.body["access_token"])

    def _asked(self, act: str, answer: Answer) -> Answer:
        if answer.verdict == GRANTED:
            return answer
        if answer.status == httpx.codes.NOT_FOUND:
            raise BadInvocation(f"{self._issuer.url} has nothing where a person {act} (404) — is --paths right?")
        said = " ".join(answer.text.split())[:200] or answer.header("location")
        raise Unfit(f"a person {act}, and {self._issuer.url} answers {answer.status}{f': {said}' if said else ''}")

    def sign_of_life(self) -> str | None:
        """Sign in and renew, and return a sentence where that fails."""
        target = self._target()
        try:
            browser = target.browser(VISITOR)
            answer = browser.sign_in(email=target.address(VISITOR, 1), password=password_of(VISITOR, 1))
            if answer.verdict == GRANTED:
                answer = browser.renew()
        except (NoAnswer, AssertionError) as error:
            return f"The issuer is gone: {error}."
        except Unseen:
            return None
        if answer.verdict != GRANTED:
            return f"The issuer refused a person who must still be able to sign in, with {answer.status}."
        return None

    def _target(self) -> IssuerTarget:
        return IssuerTarget(self._issuer, runner=self._runner, hooks=_hear_nothing)


def _hear_nothing(_sender: str, _receiver: str) -> Hooks:
    return {"request": [], "response": []}


def no_session(cookie: str, answer: Answer) -> str:
    """Say that signing up set no such cookie; where it set one that another family has, say whose."""
    names = {value.partition("=")[0] for name, value in answer.headers if name == "set-cookie"}
    known = {each: [family for family, paths in PATHS.items() if each in paths.cookies] for each in sorted(names)}
    hints = [
        f'; "{each}" was set, as with --paths {" or ".join(families)}' for each, families in known.items() if families
    ]
    return f'a person signs up, and is set no cookie "{cookie}" — is --paths right?{"".join(hints)}'
