"""`watchword check`: the command line."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from conformance.check import check_api
from conformance.errors import CheckError
from conformance.expected import read_expected
from conformance.interruption import Interruption
from conformance.issuer_check import check_issuer
from conformance.judgement import DECIDING, NEVER_BEGAN, Judgement, Level
from conformance.play import FEATURES, ROOT
from conformance.printout import lines_of
from conformance.reports import PAGE, require_writable, write_json, write_junit, write_page
from conformance.settings import ApiSettings, IssuerSettings, Settings, settle
from conformance.setup import VARIABLES
from watchword.register import load as load_register
from watchword.specification import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.outcome import Outcome
    from conformance.play import Findings
    from watchword.register import Register

Kind = TypeVar("Kind", bound=Settings)

app = typer.Typer(no_args_is_help=True)


@app.callback()
def check() -> None:
    """Check a foreign API or issuer against the specification."""


@app.command()
def api(  # noqa: PLR0913 -- a command line has as many options as it has
    *,
    start: Annotated[
        str | None, typer.Option(help="Command that starts the API; {port} {issuer} {jwks_url} {audience}.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="A protected route of an API that already runs.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Where this check listens as the issuer.")] = None,
    path: Annotated[str | None, typer.Option(help="The protected route, with --start.")] = None,
    public_path: Annotated[str | None, typer.Option(help="A route that asks for no token.")] = None,
    account_path: Annotated[
        str | None, typer.Option(help="A route that only its owner may read, as /accounts/{subject}.")
    ] = None,
    body_path: Annotated[
        str | None, typer.Option(help="A route that reads a body by POST; none is sent to it with a live token.")
    ] = None,
    socket_path: Annotated[str | None, typer.Option(help="A route that opens a WebSocket.")] = None,
    defect_path: Annotated[
        str | None, typer.Option(help="A route that fails at whoever is let in, as one that raises.")
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option(help=f"A variable it reads: {', '.join(VARIABLES)}; may be repeated."),
    ] = None,
    obstacles: Annotated[
        bool | None, typer.Option("--obstacles", help="Start it anew for each bad answer its key set may get.")
    ] = None,
    move_clock: Annotated[
        bool | None,
        typer.Option("--move-clock", help="Move its clock, by libfaketime, where a scenario lets time pass."),
    ] = None,
    careless: Annotated[
        bool | None, typer.Option("--careless", help="Start it with each unsafe setting, to see whether it refuses.")
    ] = None,
    log: Annotated[Path | None, typer.Option(help="The file it logs to; unsaid, what --start has printed.")] = None,
    events: Annotated[
        bool | None, typer.Option("--events", help="Its log holds the contract's events: judge their reasons too.")
    ] = None,
    audience: Annotated[str | None, typer.Option(help="The `aud` the API expects.")] = None,
    algorithm: Annotated[str | None, typer.Option(help="EdDSA, ES256 or RS256.")] = None,
    token_type: Annotated[str | None, typer.Option(help="The `typ` of its tokens: at+jwt, JWT or none.")] = None,
    leeway: Annotated[
        int | None, typer.Option(help="Seconds of clock skew it tolerates; unsaid, 0 to 300 will do.")
    ] = None,
    patience: Annotated[int | None, typer.Option(help="Seconds a new or withdrawn key may take to be seen.")] = None,
    subject_pointer: Annotated[str | None, typer.Option(help="Where its answer names the caller, as /user/id.")] = None,
    level: Annotated[
        str | None, typer.Option(help="must; should to have SHOULD decide too; policy for the whole contract.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="A tag, such as AUD-02; may be repeated.")] = None,
    expected_failures: Annotated[Path | None, typer.Option(help="TOML list of failures that are accepted.")] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for a page that shows this run.")] = None,
    junit: Annotated[Path | None, typer.Option(help="File for JUnit XML.")] = None,
    json: Annotated[Path | None, typer.Option(help="File for JSON.")] = None,
    i_own_this_host: Annotated[str | None, typer.Option(help="A host that is not this machine, and is yours.")] = None,
    start_patience: Annotated[int | None, typer.Option(help="Seconds the API may take to start.")] = None,
    stay: Annotated[
        bool | None, typer.Option("--stay", help="Keep the API and its issuer running after the verdict, until Ctrl-C.")
    ] = None,
) -> None:
    """Check an API: exit 0 if it conforms, 1 if not, 2 if nothing was judged, 3 if it never answered."""
    _end(ApiSettings, check_api, locals())


@app.command()
def issuer(  # noqa: PLR0913 -- a command line has as many options as it has
    *,
    url: Annotated[str | None, typer.Option(help="An issuer that already runs; accounts are opened at it.")] = None,
    start: Annotated[str | None, typer.Option(help="Command that starts it; {port} {issuer} {audience}.")] = None,
    paths: Annotated[
        str | None, typer.Option(help="Whose paths: better-auth, nextjs-better-auth or reference.")
    ] = None,
    issuer: Annotated[str | None, typer.Option(help="The `iss` of its tokens; unsaid, the origin of --url.")] = None,
    audience: Annotated[str | None, typer.Option(help="The `aud` of its access tokens.")] = None,
    algorithm: Annotated[str | None, typer.Option(help="EdDSA, ES256 or RS256.")] = None,
    profile: Annotated[str | None, typer.Option(help="stateless, or strict: a credential is used once.")] = None,
    grace: Annotated[
        int | None,
        typer.Option(help="Seconds for which a replaced credential may still be used, in the strict profile."),
    ] = None,
    level: Annotated[
        str | None, typer.Option(help="must; should to have SHOULD decide too; policy for the whole contract.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="A tag, such as RFR-14; may be repeated.")] = None,
    expected_failures: Annotated[Path | None, typer.Option(help="TOML list of failures that are accepted.")] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for a page that shows this run.")] = None,
    junit: Annotated[Path | None, typer.Option(help="File for JUnit XML.")] = None,
    json: Annotated[Path | None, typer.Option(help="File for JSON.")] = None,
    i_own_this_host: Annotated[str | None, typer.Option(help="A host that is not this machine, and is yours.")] = None,
    start_patience: Annotated[int | None, typer.Option(help="Seconds the issuer may take to start.")] = None,
) -> None:
    """Check an issuer: exit 0 if it conforms, 1 if not, 2 if nothing was judged, 3 if it never answered."""
    _end(IssuerSettings, check_issuer, locals())


def _end(kind: type[Kind], check: Callable[..., Findings], options: Mapping[str, Any]) -> NoReturn:
    interruption = Interruption()
    interruption.listen()
    try:
        settings = settle({name: value for name, value in options.items() if value is not None}, Path.cwd(), kind)
        judgement = _check(settings, check)
        raise typer.Exit(interruption.exit_code if judgement.findings.is_interrupted else judgement.exit_code)
    except CheckError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        typer.echo(NEVER_BEGAN, err=True)
        raise typer.Exit(interruption.exit_code) from None


def _check(settings: Kind, check: Callable[..., Findings]) -> Judgement:
    register = load_register(FEATURES / "register.toml")
    specification = read(ROOT)
    known = {pickle.id for pickle in specification.pickles}
    expected = {}
    if settings.expected_failures is not None:
        expected = read_expected(settings.expected_failures, known, today=dt.datetime.now(dt.UTC).date())
    page = None if settings.report is None else settings.report / PAGE
    require_writable(path for path in (page, settings.junit, settings.json_file) if path is not None)
    progress, shown = Progress(settings.level), list[Judgement]()

    def show(findings: Findings) -> None:
        progress.end()
        shown.append(Judgement(findings, settings.level, expected))
        _show(shown[0], register, settings)

    try:
        check(settings, tell=progress, say=lambda line: typer.echo(line, err=True), show=show)
    finally:
        progress.end()
    return shown[0]


def _show(judgement: Judgement, register: Register, settings: Settings) -> None:
    for line in lines_of(judgement, register):
        typer.echo(line)
    if judgement.findings.is_interrupted:
        # Half a run is not to be taken for one.
        return
    if settings.report is not None:
        write_page(settings.report, judgement, register)
        typer.echo(f"The report is {settings.report / PAGE}")
    if settings.junit is not None:
        write_junit(settings.junit, judgement, register)
    if settings.json_file is not None:
        write_json(settings.json_file, judgement, register)


class Progress:
    """Counts aloud while a check runs: on one line of a terminal, or a line per hundred elsewhere."""

    def __init__(self, level: Level) -> None:
        self._level: Level = level
        self._count = 0
        self._failed = 0
        self._is_terminal = sys.stderr.isatty()

    def __call__(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self._count += 1
        self._failed += outcome.fault in DECIDING[self._level]
        if self._is_terminal:
            typer.echo(f"\r{self._count} played, {self._failed} failed", err=True, nl=False)
        elif self._count % 100 == 0:
            typer.echo(f"{self._count} played, {self._failed} failed", err=True)

    def end(self) -> None:
        """Leave the line of a terminal to what comes next."""
        if self._is_terminal and self._count:
            typer.echo(err=True)
        self._count = 0
