"""The command `watchword lint`."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchword.annotations import annotation
from watchword.escaping import code_text, markdown_text
from watchword.lint.findings import Finding, LintError
from watchword.lint.linting import lint as judge
from watchword.lint.linting import mend

if TYPE_CHECKING:
    from collections.abc import Sequence

TO_MEND = 1


class Form(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    GITHUB = "github"
    MARKDOWN = "markdown"
    JSON = "json"


def lint(
    paths: Annotated[list[Path] | None, typer.Argument(help="Tell of these files or folders alone.")] = None,
    *,
    root: Annotated[Path, typer.Option(help="The project's root.", file_okay=False)] = Path(),
    fix: Annotated[bool, typer.Option("--fix", help="Mend the layout of tables and the order of tags first.")] = False,
    form: Annotated[
        Form, typer.Option("--format", help="Plain lines, annotations for GitHub, Markdown or JSON.")
    ] = Form.TEXT,
) -> None:
    """Say what in the feature files the house would not have, and how to mend it; exit 1 if there is anything."""
    root = root.resolve()
    wanted = [_below(path, root) for path in paths or ()]
    for uri in mend(root) if fix else ():
        typer.echo(f"{uri}: laid out anew", err=True)
    found = [finding for finding in judge(root) if not wanted or _is_wanted(finding.uri, wanted)]
    for line in _printed(found, form):
        typer.echo(line)
    if form is Form.TEXT:
        typer.echo(f"{len(found)} finding{'' if len(found) == 1 else 's'}" if found else "Nothing to mend.", err=True)
    raise typer.Exit(TO_MEND if found else 0)


def _printed(found: Sequence[Finding], form: Form) -> list[str]:
    if form is Form.JSON:
        return [json.dumps([asdict(finding) for finding in found], indent=1)]
    if form is Form.GITHUB:
        return [annotation("error", each.uri, each.line, each.rule, each.sentence) for each in found]
    if form is Form.MARKDOWN:
        return ["### What lint says", "", *([f"- {_in_markdown(each)}" for each in found] or ["Nothing to mend."])]
    return [str(finding) for finding in found]


def _in_markdown(finding: Finding) -> str:
    return f"{code_text(f'{finding.uri}:{finding.line}')}: {markdown_text(finding.sentence)} [{finding.rule}]"


def _below(path: Path, root: Path) -> str:
    whole = path if path.is_absolute() else Path.cwd() / path
    if not whole.exists():
        raise LintError(f"{path}: there is no such file or folder — name one below {root.name}/")
    whole = whole.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else whole.as_posix()


def _is_wanted(uri: str, wanted: Sequence[str]) -> bool:
    return any(each in {".", uri} or uri.startswith(f"{each}/") for each in wanted)
