"""`python -m tests.mutants`: try the mutants, and write down what each of them breaks."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from tests.mutants.catalogue import load_mutants
from tests.mutants.laboratory import Finding, Laboratory
from tests.mutants.report import is_good, line, summary, write
from watchword.register import load


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
        _refuse_red_reference(laboratory)
        for future in [laboratory.submit(mutant, whole=collateral) for mutant in chosen]:
            findings.append(future.result())
            typer.echo(line(findings[-1]))
    finally:
        laboratory.close()
        if findings:
            write(findings, report)
    typer.echo(f"{summary(findings)}, in {time.monotonic() - started:.0f} s; see {report}")
    raise typer.Exit(0 if findings and not catalogue.problems and all(map(is_good, findings)) else 1)


def _refuse_red_reference(laboratory: Laboratory) -> None:
    """Ask the reference as it stands first: where it is red itself, a mutant's red scenarios say nothing."""
    finding = laboratory.submit(None).result()
    if finding.fault or finding.red:
        places = "\n".join(f"{red.place} {red.name}" for red in finding.red)
        typer.echo(f"the reference itself does not pass: {finding.fault or ''}\n{places or finding.output}", err=True)
        raise typer.Exit(2)
    typer.echo(f"the reference passes all {finding.ran} scenarios")


if __name__ == "__main__":
    typer.run(main)
