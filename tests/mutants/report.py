"""What the trials of a run found, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.mutants.finding import Finding
    from tests.mutants.trial import Red

HEAD = "| mutant | breaks | noticed by | beside | survived |\n|---|---|---|---|---|\n"


def is_good(finding: Finding) -> bool:
    """Say whether every requirement that a mutant breaks was noticed."""
    return not finding.fault and not finding.survived


def line(finding: Finding) -> str:
    """Say in a line what became of a mutant."""
    name = finding.mutant.id if finding.mutant else "the reference"
    if finding.fault:
        return f"{name}: worth nothing, {finding.fault}"
    if finding.survived:
        return f"{name}: SURVIVED {' '.join(finding.survived)}"
    beside = f", {len(finding.collateral)} beside it" if finding.collateral else ""
    return f"{name}: killed by {len(finding.red) - len(finding.collateral)} of {finding.ran} scenarios{beside}"


def summary(findings: Sequence[Finding]) -> str:
    """Count what became of the mutants."""
    faults = sum(finding.fault is not None for finding in findings)
    killed = sum(map(is_good, findings))
    return (
        f"{len(findings)} mutants: {killed} killed, {len(findings) - killed - faults} survived, {faults} worth nothing"
    )


def breadth(findings: Sequence[Finding]) -> str:
    """Count the mutants that redden nothing but the scenarios of what they break, and name the widest of the others."""
    beside = sorted(findings, key=lambda finding: len(finding.collateral), reverse=True)
    exact = sum(not finding.collateral for finding in findings)
    widest = ", ".join(f"{finding.mutant.id} {len(finding.collateral)}" for finding in beside[:5] if finding.mutant)
    return f"{exact} redden their own scenarios alone; most beside: {widest}"


def write(findings: Sequence[Finding], path: Path) -> None:
    """Write a report: JSON where the file is called so, else Markdown."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".json":
        document = {"summary": summary(findings), "mutants": list(map(_row, findings))}
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    else:
        path.write_text(f"{summary(findings)}\n\n{HEAD}{''.join(map(_markdown, findings))}", encoding="utf-8")


def _row(finding: Finding) -> dict[str, object]:
    return {
        "mutant": finding.mutant.id if finding.mutant else None,
        "file": finding.mutant.file if finding.mutant else None,
        "breaks": finding.mutant.breaks if finding.mutant else [],
        "ran": finding.ran,
        "seconds": round(finding.seconds, 2),
        "killed_by": _places(red for red in finding.red if red not in finding.collateral),
        "collateral": [
            {"scenario": f"{red.place} {red.name}", "requirements": sorted(red.requirements)}
            for red in finding.collateral
        ],
        "survived": list(finding.survived),
        "fault": finding.fault,
    }


def _markdown(finding: Finding) -> str:
    noticed = len(finding.red) - len(finding.collateral)
    beside = sorted({id_ for red in finding.collateral for id_ in red.requirements})
    mutant = finding.mutant
    cells = (
        mutant.id if mutant else "",
        " ".join(mutant.breaks) if mutant else "",
        finding.fault or f"{noticed} of {finding.ran}",
        " ".join(beside),
        " ".join(finding.survived),
    )
    return f"| {' | '.join(cells)} |\n"


def _places(reds: Iterable[Red]) -> list[str]:
    return [f"{red.place} {red.name}" for red in reds]
