"""The command `watchword diff`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchword.difference.comparison import compare
from watchword.difference.markdown import as_markdown
from watchword.difference.notes import notes
from watchword.difference.sides import side
from watchword.difference.verdicts import with_verdicts
from watchword.settings import site_address

if TYPE_CHECKING:
    from watchword.difference.model import Difference

BROKEN = 1
# What the evidence holds digests of: a run of other code says nothing of this side.
TREES = ("features", "steps", "reference_impl")


class Failure(StrEnum):
    """What a difference may be refused for."""

    BREAKING = "breaking"
    LOST = "lost"


def diff(  # noqa: PLR0913 -- one per option
    base: Annotated[str, typer.Argument(help="Before: a git revision, or a folder that holds a project.")],
    head: Annotated[str, typer.Argument(help="After: the same; the project as it lies there if not given.")] = ".",
    *,
    root: Annotated[Path, typer.Option(help="The project's root, in its repository.", file_okay=False)] = Path(),
    evidence: Annotated[Path, typer.Option(help="The evidence of the head's run.")] = Path("build/evidence.ndjson"),
    site: Annotated[str, typer.Option(help="Where the site is; mkdocs.yml says so too.", envvar="SITE_URL")] = "",
    fail_on: Annotated[list[Failure] | None, typer.Option(help="Exit 1 if the change does that.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of Markdown.")] = False,
    annotations: Annotated[
        bool, typer.Option("--annotations", help="Print notes on feature lines, for GitHub.")
    ] = False,
    at_most: Annotated[int, typer.Option(help="How many characters of Markdown there is room for.", min=0)] = 0,
) -> None:
    """Say what a change adds to the specification, takes from it and breaks, and whether it passes.

    BREAKING is a row that callers rely on, such as a claim taken out. LOST is a requirement without its last scenario,
    or a cell of the states table without its only one. A feature that the head breaks counts as both.
    """
    found = difference(base, head, root=root.resolve(), evidence=evidence, site=site)
    if annotations:
        text = "\n".join(notes(found))
    else:
        text = json.dumps(found.as_values(), indent=1) if as_json else as_markdown(found, at_most=at_most)
    typer.echo(text.rstrip("\n"))
    raise typer.Exit(BROKEN if _fails(found, set(fail_on or ())) else 0)


def difference(base: str, head: str, *, root: Path, evidence: Path, site: str = "") -> Difference:
    """Compare two sides and put the head's run beside them.

    Raises:
        DifferenceError: a side, the project's settings or its register cannot be read.
    """
    after = side(head, root, trees=TREES)
    found = compare(side(base, root), after)
    judged = with_verdicts(found, after, root / evidence, shown_as=str(evidence))
    return judged.at(site or site_address(root))


def _fails(found: Difference, refused: set[Failure]) -> bool:
    breaks = found.is_breaking and Failure.BREAKING in refused
    loses = found.has_lost and Failure.LOST in refused
    return breaks or loses or (bool(refused) and found.is_uncertain)
