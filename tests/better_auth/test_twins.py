"""The defaults of Better Auth, put in the mended configuration's place, turn the mended scenarios of each rule red."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steps.servers import SERVERS
from watchword.evidence import Row, read_line
from watchword.specification import read
from watchword.suites import suites

if TYPE_CHECKING:
    from watchword.specification import Feature

ROOT = Path(__file__).parents[2]
RULE = re.compile(r"(?=^  @.*\n  Rule: )", re.MULTILINE)
PATIENCE_SECONDS = 900


def servers(*, is_mended: bool) -> re.Pattern[str]:
    """Return what finds the name of a mended server, or of a default one; the longest that fits."""
    names = (name for name, plan in SERVERS.items() if plan.is_mended == is_mended)
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))


def swapped(text: str) -> str:
    """Name the first default server of each rule wherever a rule names a mended one; leave out rows that name none."""
    mended, default = servers(is_mended=True), servers(is_mended=False)
    head, *rules = RULE.split(text)
    other = (mended.sub(default.findall(rule)[0], rule) for rule in rules)
    lines = zip(text.splitlines(), "".join([head, *other]).splitlines(), strict=True)
    # A blank line takes a row's place: what stands below keeps its number.
    return "\n".join("" if new == old and is_row(old) and default.search(old) else new for old, new in lines)


def is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def features() -> list[Feature]:
    return [feature for feature in read(ROOT).features if any(suite.holds(feature.uri) for suite in suites(ROOT))]


@pytest.fixture(scope="module")
def broken() -> dict[str, set[str]]:
    """Run the features with the default in the mended server's place; say which steps failed, by rule."""
    folder = ROOT / "build/swapped"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / Path(feature.uri).name for feature in features()]
    for path, feature in zip(paths, features(), strict=True):
        path.write_text(swapped((ROOT / feature.uri).read_text()))
    evidence = folder / "evidence.ndjson"
    options = ["--evidence", str(evidence), "--numprocesses", "2", "-q", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *map(str, paths), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    return failures(evidence)


def failures(evidence: Path) -> dict[str, set[str]]:
    """List the keywords of the steps that failed, by the line that the scenario stands on and its file's name."""
    found: dict[str, set[str]] = {}
    for line in evidence.read_bytes().splitlines():
        row = read_line(line)
        if isinstance(row, Row) and row.status == "failed":
            failed = next(step for step in row.steps if step.status == "failed")
            found.setdefault(f"{Path(row.uri).name}:{row.line}", set()).add(failed.text)
    return found


@pytest.mark.parametrize(
    "id_", [tag for feature in features() for rule in feature.rules for tag in rule.tags if tag.startswith("BET-")]
)
def test_the_default_breaks_the_rule(id_: str, broken: dict[str, set[str]]) -> None:
    feature, rule = next((each, rule) for each in features() for rule in each.rules if id_ in rule.tags)
    lines = [scenario.line for scenario in rule.scenarios]
    red = {text for line in lines for text in broken.get(f"{Path(feature.uri).name}:{line}", ())}
    assert red, f"{id_}: {rule.name} — its scenarios pass at the default server: a new version may have mended it"
