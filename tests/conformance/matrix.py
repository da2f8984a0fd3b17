"""Which scenario finds which broken server: every API mutant of the catalogue, served over HTTP and checked.

`python -m tests.conformance.matrix [ID …]` checks all mutants, which takes some forty minutes, or anew those that are
named; it writes `kill_matrix.json` beside it and the table of `docs/kill-matrix.md`. Each mutant meets the scenarios of
the requirements it is said to break, set up in every way that the reference can be; one that does not fail there meets
every other scenario too that could say worse of it.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import json
import multiprocessing
import os
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.check import check_api
from conformance.concessions import concession_for
from conformance.errors import CheckError, NeverAnswered, Unfit
from conformance.judgement import DECIDING, Judgement
from conformance.moved_clock import find_library, preload_variable
from conformance.play import FEATURES, PLUGINS
from conformance.settings import ApiSettings
from conformance.setup import VARIABLES
from conformance.timing import A_DAY_SECONDS
from tests.conformance.mutant_server import DEFECT
from tests.conformance.zygote import ForkingLauncher, Zygote
from tests.mutants.catalogue import Mutant, load_mutants
from watchword.register import load as load_register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.outcome import Outcome
    from conformance.play import Findings

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).with_name("kill_matrix.json")
PAGE = ROOT / "docs/kill-matrix.md"
MARK = "<!-- the matrix, written by `python -m tests.conformance.matrix` -->"
API = "reference_impl/api/"
JOBS = 2
RETRIES = 2
OTHER_ALGORITHM = "RS256"
ALL_PASS = "every scenario passes"
LITERAL = "seen by the contract's own seconds, which no source names: with --level policy"
VERDICTS = "fails", "warns", "informs", "unseen"
WORSE: dict[str, list[str]] = {"warns": ["must"], "informs": ["must", "should"], "unseen": []}
"""What all scenarios are tagged with that can say worse of a mutant than its own have said."""

LEVEL_REASONS = {
    "SHOULD": "its source says SHOULD",
    "MAY": "its source says MAY",
    "policy": "house policy: no source asks any other API for it",
    "MUST": "accepted, and advised against",
}


@dataclass(frozen=True)
class Finding:
    """What a check made of one mutant.

    Attributes:
        verdict: "fails" (exit 1 at MUST), "warns" (at SHOULD) or "informs" (at policy), else "unseen".
        found_by: the scenarios that turned red, at most three of them.
        reason: why it does not fail.
    """

    mutant: str
    breaks: tuple[str, ...]
    verdict: str
    found_by: tuple[str, ...]
    reason: str = ""


@cache
def zygote() -> Zygote:
    """Return what forks the mutants of this process; it is made before the process has any thread."""
    return Zygote()


def examine(mutant: Mutant) -> Finding:
    """Serve a mutant and check it."""
    zygote()
    finding = _examined(mutant)
    zygote().end()
    return finding


def _examined(mutant: Mutant) -> Finding:
    own = _check(mutant, list(mutant.breaks))
    if own.verdict == "fails":
        return own
    others = _check(mutant, WORSE[own.verdict], is_thorough=False)
    worst = min(own, others, key=lambda finding: VERDICTS.index(finding.verdict))
    if worst.verdict != "unseen":
        return worst
    literal = _check(mutant, list(mutant.breaks), patience=None)
    return worst if literal.verdict == "unseen" else replace(literal, verdict="informs", reason=LITERAL)


def _check(
    mutant: Mutant, only: list[str], *, patience: int | None = A_DAY_SECONDS, is_thorough: bool = True
) -> Finding:
    id_, breaks = mutant.id, tuple(mutant.breaks)
    settings = ApiSettings(
        start=id_,
        path="/me",
        public_path="/",
        account_path="/accounts/{subject}",
        body_path="/echo",
        socket_path="/live",
        defect_path=DEFECT,
        setting=list(VARIABLES),
        # A start for each of them: only where a mutant is about them.
        obstacles=is_thorough,
        careless=is_thorough,
        events=True,
        level="policy",
        leeway=30,
        move_clock=True,
        patience=patience,
        start_patience=120,
        only=only,
    )
    try:
        return _weigh(id_, breaks, Judgement(_patiently(settings), "must", {}))
    except Unfit as error:
        # It takes no good token. What it takes for one instead shows where its broken place is at work.
        unfit = Finding(id_, breaks, "fails", (), str(error).partition("\n")[0])
        with suppress(CheckError):
            other = _patiently(settings.model_copy(update={"algorithm": OTHER_ALGORITHM}))
            found = _weigh(id_, breaks, Judgement(other, "must", {}))
            return found if found.verdict == "fails" else unfit
        return unfit
    except CheckError as error:
        return Finding(id_, breaks, "unseen", (), str(error).partition("\n")[0])


def _patiently(settings: ApiSettings) -> Findings:
    """Check, and again where the first look failed: on a busy machine a mutant may start, or fetch, too slowly."""
    for _ in range(RETRIES):
        with suppress(NeverAnswered, Unfit):
            return _once(settings)
    return _once(settings)


def _once(settings: ApiSettings) -> Findings:
    return check_api(settings, tell=_hear, say=_say_nothing, launch=partial(ForkingLauncher, zygote()))


def _weigh(id_: str, breaks: tuple[str, ...], judgement: Judgement) -> Finding:
    if judgement.exit_code == 1:
        return Finding(id_, breaks, "fails", _names(judgement.failing), judgement.findings.death or "")
    # The reference itself is given no advice.
    if judgement.warning:
        return Finding(id_, breaks, "warns", _names(judgement.warning), _why(judgement.warning[0]))
    if judgement.informing:
        return Finding(id_, breaks, "informs", _names(judgement.informing), _why(judgement.informing[0]))
    only_unjudged = len(judgement.unjudged) == len(judgement.findings.outcomes)
    reasons = dict.fromkeys(f"{each.status}: {each.reason}" for each in judgement.unjudged)
    return Finding(id_, breaks, "unseen", (), "; ".join(reasons) if only_unjudged else ALL_PASS)


def _why(outcome: Outcome) -> str:
    if outcome.advice:
        return outcome.advice[0]
    if outcome.departures:
        return f"only this contract minds: {outcome.departures[0]}"
    concession = concession_for(outcome.pickle)
    return LEVEL_REASONS[outcome.level] if concession is None else concession.reason


def _names(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(outcome.pickle.name for outcome in outcomes))[:3]


def _hear(_: Outcome) -> None:
    """Count nothing aloud."""


def _say_nothing(_: str) -> None:
    """Announce nothing."""


def api_mutants() -> list[Mutant]:
    """Give the mutants of the API, as the catalogue has them."""
    known = load_register(FEATURES / "register.toml").by_id
    return [mutant for mutant in load_mutants(ROOT, known).mutants if mutant.file.startswith(API)]


def main(ids: list[str]) -> None:
    """Examine, tell, and write the page."""
    _read_movable_clock()
    os.chdir(ROOT)
    known = {row["mutant"]: row for row in _loaded()["findings"]}
    chosen = [mutant for mutant in api_mutants() if not ids or mutant.id in ids]
    # What may have changed comes first: a run that is broken off has done the most by then.
    chosen.sort(key=lambda mutant: known.get(mutant.id, {"verdict": ""})["verdict"] == "fails")
    stamp = _stamp()
    # What every check would load anew is loaded once, and each process forks with it.
    for name in PLUGINS:
        importlib.import_module(name)
    gc.freeze()
    # A process each: a check runs pytest, which is made to run once in a process.
    with multiprocessing.get_context("fork").Pool(JOBS, maxtasksperchild=1) as pool:
        for number, finding in enumerate(pool.imap_unordered(examine, chosen), start=1):
            known[finding.mutant] = {**asdict(finding), **stamp}
            _save(known.values())
            print(f"{number}/{len(chosen)} {finding.verdict:8} {finding.mutant} {finding.reason[:90]}", flush=True)  # noqa: T201 -- a command
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), _loaded()), encoding="utf-8")


def _read_movable_clock() -> None:
    """Begin anew with libfaketime loaded: each mutant is forked, and is told its own time by its environment."""
    # Not the one for many threads: its lock may be held by a thread when another forks.
    preload, library = preload_variable(), str(find_library()).replace("MT.so", ".so")
    if library not in os.environ.get(preload, ""):
        variables = {preload: library, "FAKETIME_NO_CACHE": "1", "NO_FAKE_STAT": "1"}
        os.execve(sys.executable, sys.orig_argv, os.environ | variables)  # noqa: S606 -- this very command


def _save(rows: Iterable[dict[str, Any]]) -> None:
    order = [mutant.id for mutant in api_mutants()]
    rows = sorted((row for row in rows if row["mutant"] in order), key=lambda row: order.index(row["mutant"]))
    DATA.write_text(json.dumps({"findings": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _stamp() -> dict[str, str]:
    """Say when a finding was made, and of which commit."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {"taken_at": dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"), "commit": commit.stdout.strip()}


def _loaded() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return document


def filled(page: str, document: dict[str, Any]) -> str:
    """Return the page with the matrix after its mark."""
    rows = document["findings"]
    made = Counter((row["taken_at"], row["commit"]) for row in rows)
    runs = ", ".join(f"{count} on {taken_at} of `{commit}`" for (taken_at, commit), count in sorted(made.items()))
    lines = [
        *_told(rows),
        "",
        f"They were checked: {runs}.",
        "",
        "| broken server | breaks | verdict | found by | why it does not fail |",
        "|---|---|---|---|---|",
        *map(_row, sorted(rows, key=lambda row: VERDICTS.index(row["verdict"]))),
    ]
    return page.partition(MARK)[0] + MARK + "\n\n" + "\n".join(lines) + "\n"


def _told(rows: list[dict[str, Any]]) -> list[str]:
    told_at = dict(zip(DECIDING, VERDICTS, strict=False))
    counts = accumulate(sum(row["verdict"] == verdict for row in rows) for verdict in told_at.values())
    lines = [f"| `--level {level}` | {count} |" for level, count in zip(told_at, counts, strict=True)]
    return [f"| checked with | exit 1, of {len(rows)} |", "|---|---|", *lines]


def _row(row: dict[str, Any]) -> str:
    cells = f"`{row['mutant']}`", ", ".join(row["breaks"]), row["verdict"], "; ".join(row["found_by"]), row["reason"]
    return f"| {' | '.join([*cells[:3], *map(_plain, cells[3:])])} |"


def _plain(text: str) -> str:
    # A table's cell, in which nothing of a scenario's name may be taken for Markdown or HTML.
    for character in "\\`*_{}[]<>|":
        text = text.replace(character, f"&#{ord(character)};")
    return text


if __name__ == "__main__":
    main(sys.argv[1:])
