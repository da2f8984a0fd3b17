"""`python -m tests.mutants`: try the mutants, and write down what each of them breaks."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tests.mutants.catalogue import load_mutants
from tests.mutants.laboratory import Laboratory
from tests.mutants.report import breadth, is_good, line, summary, write
from watchword.register import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutants.catalogue import Mutant
    from tests.mutants.finding import Finding


def main(
    mutants: Annotated[list[str] | None, typer.Argument(help="ids of mutants; none means all")] = None,
    *,
    collateral: Annotated[bool, typer.Option(help="run the whole specification against each")] = False,
    report: Annotated[Path, typer.Option(help="where to write the report: .json, or Markdown")] = Path(
        "build/mutants.json"
    ),
    jobs: Annotated[int | None, typer.Option(help="processes at once; as many as processors by default")] = None,
    root: Annotated[Path, typer.Option(help="the project's root")] = Path(),
) -> None:
    """Try mutants of the reference: which scenarios notice each, which fail beside them, which mutants survive."""
    catalogue = load_mutants(root, load(root / "features/register.toml", root).by_id)
    for problem in catalogue.problems:
        typer.echo(problem, err=True)
    chosen = [mutant for mutant in catalogue.mutants if not mutants or mutant.id in mutants]
    laboratory = Laboratory(root.resolve(), jobs=jobs)
    started = time.monotonic()
    findings: list[Finding] = []
    try:
        _refuse_red_reference(laboratory.measure(chosen) if collateral else laboratory.submit(None).result())
        for finding in laboratory.breed(chosen) if collateral else _in_turn(laboratory, chosen):
            findings.append(finding)
            typer.echo(line(finding))
    finally:
        laboratory.close()
        if findings:
            write(findings, report)
    if collateral:
        typer.echo(breadth(findings))
    typer.echo(f"{summary(findings)}, in {time.monotonic() - started:.0f} s; see {report}")
    raise typer.Exit(0 if findings and not catalogue.problems and all(map(is_good, findings)) else 1)


def _in_turn(laboratory: Laboratory, mutants: list[Mutant]) -> Iterator[Finding]:
    for future in [laboratory.submit(mutant) for mutant in mutants]:
        yield future.result()


def _refuse_red_reference(finding: Finding) -> None:
    """Stop where the reference is red as it stands: a mutant's red scenarios would say nothing."""
    if finding.fault or finding.red:
        places = "\n".join(f"{red.place} {red.name}" for red in finding.red)
        typer.echo(f"the reference itself does not pass: {finding.fault or ''}\n{places or finding.output}", err=True)
        raise typer.Exit(2)
    typer.echo(f"the reference passes all {finding.ran} scenarios")


if __name__ == "__main__":
    typer.run(main)
