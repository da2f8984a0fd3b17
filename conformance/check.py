"""A check of an API, from its start to its last outcome."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx

from conformance.errors import BadInvocation
from conformance.first_look import FirstLook
from conformance.interruption import await_interruption
from conformance.launcher import Launcher, telling_its_end
from conformance.memory import remembers_key_set
from conformance.moved_clock import MovedClock, find_library
from conformance.play import Findings, files_of, play
from conformance.plugin import Watch
from conformance.process import LOOPBACK, free_port
from conformance.production import NEEDED, Production
from conformance.second_act import SecondAct
from conformance.settings import require_local
from conformance.setup import ApiSetup
from conformance.stage import RemoteStage
from conformance.timing import A_DAY_SECONDS, Timing
from steps.targets.remote_backend import Backend
from steps.targets.remote_issuer import RemoteIssuer
from steps.targets.remote_log import RemoteLog
from steps.targets.remote_mint import Mint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.outcome import Outcome
    from conformance.settings import ApiSettings

PARTIES = frozenset({"api", "flow"})
LEEWAY_SECONDS = 30
"""The clock skew that this contract tolerates."""


def check_api(
    settings: ApiSettings,
    *,
    tell: Callable[[Outcome], None],
    say: Callable[[str], None],
    show: Callable[[Findings], None] = lambda _: None,
    launch: Callable[..., Launcher] = Launcher,
) -> Findings:
    """Start the backend if need be, play every scenario that is about an API, and stop all that was started.

    Args:
        show: hears the findings while the backend still runs.
        launch: makes what starts the backend.

    Raises:
        CheckError: there is no verdict.
    """
    began = time.monotonic()
    if settings.level == "policy" and settings.leeway is None:
        # Who asks for the whole contract is held to its numbers.
        settings = settings.model_copy(update={"leeway": LEEWAY_SECONDS})
    files = files_of(PARTIES, frozenset(settings.only))
    with ExitStack() as things:
        runner = things.enter_context(asyncio.Runner())
        clock = MovedClock(find_library()) if settings.move_clock else None
        if clock is not None:
            things.callback(clock.close)
        issuer = _issuer(settings, clock)
        things.callback(issuer.close)
        launcher = _launcher(settings, issuer, launch, clock)
        if launcher is not None:
            things.callback(launcher.close)
        production = None
        if launcher is not None and set(settings.setting) >= NEEDED:
            production = things.enter_context(closing(Production(launcher, issuer)))
        setup = ApiSetup(
            launcher,
            algorithm=settings.algorithm,
            reads=settings.setting,
            with_obstacles=settings.obstacles,
            is_careless=settings.careless,
            production=production,
        )
        if launcher is not None:
            launcher.set_up(**setup.usual)
        backend = _backend(settings, issuer, launcher, say)
        log = RemoteLog(_log_of(settings, launcher), holds_events=settings.events)
        first = FirstLook(backend, issuer, runner)
        with telling_its_end(launcher):
            first.look()
            first.look_for_defect()
            if clock is not None:
                first.look_at_clock(clock)
        backend = replace(backend, opens_accounts=first.opens_own_account())
        if launcher is not None and settings.obstacles:
            setup.keeps_key_set = remembers_key_set(launcher, issuer, first.sign_of_life)
        if production is not None:
            production.lets_in = first.lets_in_by_proxy
        second = SecondAct(
            issuer,
            launcher,
            patience_seconds=settings.patience or 0,
            sign_of_life=first.sign_of_life,
            is_flexible="ALGORITHMS" in setup.reads,
        )
        issuer.publish = second.publish
        stage = RemoteStage(
            backend, issuer, runner, second=second, setup=setup, log=log, timing=_timing(settings, issuer, clock)
        )
        watch = Watch(
            stage, parties=PARTIES, only=frozenset(settings.only), sign_of_life=first.sign_of_life, tell=tell, say=say
        )
        play(watch, files)
        death = f"{watch.death}{launcher.obituary if launcher else ''}" if watch.death else None
        seconds = time.monotonic() - began
        findings = Findings(tuple(watch.outcomes), death, seconds, issuer.fetches, is_interrupted=watch.is_interrupted)
        show(findings)
        if settings.stay and not (death or watch.is_interrupted):
            say(f"Your API still runs at {backend.url}, and its issuer at {issuer.mint.issuer}, until you press Ctrl-C")
            await_interruption()
        return findings


def _timing(settings: ApiSettings, issuer: RemoteIssuer, clock: MovedClock | None) -> Timing:
    patience_seconds = settings.patience
    if patience_seconds is None:
        # Who asks for the whole contract is held to its numbers.
        patience_seconds = 0 if settings.level == "policy" else A_DAY_SECONDS
    return Timing(issuer, settings.leeway, patience_seconds, clock)


def _launcher(
    settings: ApiSettings, issuer: RemoteIssuer, launch: Callable[..., Launcher], clock: MovedClock | None
) -> Launcher | None:
    if settings.start is None:
        return None
    values = {"issuer": issuer.mint.issuer, "jwks_url": str(issuer.url), "audience": settings.audience}
    return launch(
        settings.start,
        port=free_port(),
        patience_seconds=settings.start_patience,
        values=values,
        clock=clock,
    )


def _log_of(settings: ApiSettings, launcher: Launcher | None) -> Path | None:
    if settings.log is not None and not settings.log.is_file():
        raise BadInvocation(f"--log {settings.log}: there is no such file — have your API log to it first")
    return settings.log or (launcher.output if launcher is not None else None)


def _issuer(settings: ApiSettings, clock: MovedClock | None) -> RemoteIssuer:
    url = settings.issuer or f"http://{LOOPBACK}:{free_port()}"
    mint = Mint(
        issuer=url,
        audience=settings.audience,
        algorithm=settings.algorithm,
        token_type=None if settings.token_type == "none" else settings.token_type,  # noqa: S105 -- a media type
        further_claims=settings.claims,
    )
    try:
        return RemoteIssuer(mint, clock=time.time if clock is None else clock.now)
    except OSError as error:
        raise BadInvocation(
            f"nobody can listen at {url} ({os.strerror(error.errno or 0)}) — stop what does, or name another --issuer"
        ) from None


def _backend(
    settings: ApiSettings, issuer: RemoteIssuer, launcher: Launcher | None, say: Callable[[str], None]
) -> Backend:
    if launcher is None:
        named = f"ISSUER={issuer.mint.issuer} JWKS_URL={issuer.url} AUDIENCE={settings.audience}"
        say(f"Being the issuer of an API that was started with {named}")
        url = require_local("--url", settings.url or "", settings.i_own_this_host)
    else:
        say(f"Starting `{settings.start}`, which has {settings.start_patience} s until it listens")
        launcher.start()
        url = httpx.URL(f"{launcher.origin}{settings.path}")
    return Backend(
        url=url,
        public_path=settings.public_path,
        account_path=settings.account_path,
        body_path=settings.body_path,
        socket_path=settings.socket_path,
        defect_path=settings.defect_path,
        leeway_seconds=settings.leeway,
        subject_pointer=settings.subject_pointer,
        adopts_contract=settings.level == "policy",
    )
