"""How fast the specification runs, and whether twice the scenarios take twice the time."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import run
from benchmarks.measurement import Aim, Row, Samples, ratio, rounds, spread

# One example in four, one in two, and all of them: drawn evenly, so that each part is like the whole.
_PARTS = {"a quarter of the scenarios": 4, "half of the scenarios": 2, "all scenarios": 1}
_QUARTER, _HALF, _ALL = _PARTS
_PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")
# Red scenarios take as long as green ones, and are no matter of this benchmark.
_RAN = (0, 1)


def measure(round_count: int) -> list[Row]:
    """Run parts of the specification in one process, taking turns; the start of pytest is part of it."""
    nodes = _collected()
    parts = {name: nodes[::step] for name, step in _PARTS.items()}
    walls: Samples = {name: [] for name in parts}
    costs: Samples = {name: [] for name in parts}
    with TemporaryDirectory() as folder:
        for name, part in rounds(parts, round_count):
            chosen = Path(folder) / "chosen.txt"
            chosen.write_text("\n".join(part))
            effort = run([*_PYTEST, f"@{chosen}"], accepted=_RAN)
            walls[name].append(effort.seconds * 1000 / len(part))
            costs[name].append(effort.cpu_seconds * 1000 / len(part))
    labels = {name: f"{name} ({len(part):,})" for name, part in parts.items()}
    return [
        Row(labels[_QUARTER], spread(costs[_QUARTER]), _CPU),
        Row(labels[_HALF], spread(costs[_HALF]), _CPU, _QUARTER, ratio(costs, _HALF, _QUARTER)),
        Row(labels[_ALL], spread(costs[_ALL]), _CPU, _QUARTER, ratio(costs, _ALL, _QUARTER), Aim("at most", 1.1)),
        Row(labels[_ALL], spread(walls[_ALL]), "ms each, by the clock on the wall", aim=Aim("at most", 12)),
    ]


_CPU = "ms of processor time each"


def _collected() -> list[str]:
    output = run([*_PYTEST, "features", "--collect-only"]).output
    return [line for line in output.splitlines() if "::" in line]
