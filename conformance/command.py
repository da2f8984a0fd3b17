"""`watchword check`: the command line."""

from __future__ import annotations

import datetime as dt
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from conformance.check import FEATURES, ROOT, check_api
from conformance.errors import CheckError
from conformance.expected import read_expected
from conformance.judgement import Judgement
from conformance.printout import lines_of
from conformance.reports import PAGE, write_json, write_junit, write_page
from conformance.settings import settle
from watchword.register import load as load_register
from watchword.specification import read

if TYPE_CHECKING:
    from types import FrameType

    from conformance.outcome import Outcome

app = typer.Typer(no_args_is_help=True)


@app.callback()
def check() -> None:
    """Check a foreign API against the specification."""


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
    audience: Annotated[str | None, typer.Option(help="The `aud` the API expects.")] = None,
    algorithm: Annotated[str | None, typer.Option(help="EdDSA, ES256 or RS256.")] = None,
    token_type: Annotated[str | None, typer.Option(help="The `typ` of its tokens: at+jwt, JWT or none.")] = None,
    leeway: Annotated[
        int | None, typer.Option(help="Seconds of clock skew it tolerates; unsaid, 0 to 300 will do.")
    ] = None,
    patience: Annotated[int | None, typer.Option(help="Seconds a new or withdrawn key may take to be seen.")] = None,
    subject_pointer: Annotated[str | None, typer.Option(help="Where its answer names the caller, as /user/id.")] = None,
    level: Annotated[str | None, typer.Option(help="must, or should to have SHOULD decide too.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="A tag, such as AUD-02; may be repeated.")] = None,
    expected_failures: Annotated[Path | None, typer.Option(help="TOML list of failures that are accepted.")] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for a page that shows this run.")] = None,
    junit: Annotated[Path | None, typer.Option(help="File for JUnit XML.")] = None,
    json: Annotated[Path | None, typer.Option(help="File for JSON.")] = None,
    i_own_this_host: Annotated[str | None, typer.Option(help="A host that is not this machine, and is yours.")] = None,
    start_patience: Annotated[int | None, typer.Option(help="Seconds the API may take to start.")] = None,
) -> None:
    """Check an API: exit 0 if it conforms, 1 if not, 2 if nothing was judged, 3 if it never answered."""
    options: dict[str, Any] = {name: value for name, value in locals().items() if value is not None}
    _end_on_signals()
    try:
        raise typer.Exit(_check(options))
    except CheckError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None


def _check(options: dict[str, Any]) -> int:
    settings = settle(options, Path.cwd())
    register = load_register(FEATURES / "register.toml")
    specification = read(ROOT)
    known = {pickle.id for pickle in specification.pickles}
    expected = {}
    if settings.expected_failures is not None:
        expected = read_expected(settings.expected_failures, known, today=dt.datetime.now(dt.UTC).date())
    findings = check_api(settings, tell=Progress(), say=lambda line: typer.echo(line, err=True))
    judgement = Judgement(findings, settings.level, expected)
    for line in lines_of(judgement, register):
        typer.echo(line)
    if settings.report is not None:
        write_page(settings.report, judgement, register)
        typer.echo(f"The report is {settings.report / PAGE}")
    if settings.junit is not None:
        write_junit(settings.junit, judgement)
    if settings.json_file is not None:
        write_json(settings.json_file, judgement, register)
    return judgement.exit_code


class Progress:
    """Counts aloud while a check runs: on one line of a terminal, or a line per hundred elsewhere."""

    def __init__(self) -> None:
        self._count = 0
        self._failed = 0
        self._is_terminal = sys.stderr.isatty()

    def __call__(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self._count += 1
        self._failed += outcome.status == "failed"
        if self._is_terminal:
            typer.echo(f"\r{self._count} played, {self._failed} not as specified", err=True, nl=False)
        elif self._count % 100 == 0:
            typer.echo(f"{self._count} played, {self._failed} not as specified", err=True)


def _end_on_signals() -> None:
    def end(number: int, _: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, end)
