"""A pytest that is configured once and runs features whenever it is told to (a plugin, named by who starts it).

Starting pytest, its plugins, the step definitions and what they drive takes seconds; a fork of a process that has done
so takes none. Each line read from the pipe is a list of shares, run at the same time:

    [{"paths": ["features/a.feature"], "evidence": "build/a.ndjson"}]

What they print comes out as they run, that of the later shares when the first has ended. A line that begins with the
ASCII record separator then says how each ended, in pytest's exit codes.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

import pytest

from watchword.recorder.collector import register_written_tags

EXIT_STATUS = pytest.StashKey[int]()
ENDED = "\x1e"
STANDARD_OUTPUT, STANDARD_ERROR = 1, 2


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the pipe."""
    parser.getgroup("watchword").addoption("--standby", metavar="FD", type=int, help="run what is asked for here")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Fork for each share that is asked for; in the fork, go on as pytest does."""
    with os.fdopen(config.option.standby, encoding="utf-8") as orders:
        for line in orders:
            shares: list[dict[str, Any]] = json.loads(line)
            kept: list[IO[bytes]] = [tempfile.TemporaryFile() for _ in shares[1:]]  # noqa: SIM115  (closed by `_report`)
            children = []
            for share, output in zip(shares, [None, *kept], strict=True):
                sys.stdout.flush()
                child = os.fork()
                if not child:
                    _take(config, share, output)
                    return None
                children.append(child)
            _report([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children], kept)
    return 0


def _take(config: pytest.Config, share: dict[str, Any], output: IO[bytes] | None) -> None:
    """Make this process the one that runs a share."""
    if output is not None:
        os.dup2(output.fileno(), STANDARD_OUTPUT)
        os.dup2(output.fileno(), STANDARD_ERROR)
    config.args[:] = share["paths"]
    config.option.evidence = Path(share["evidence"])
    register_written_tags(config)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how a share ended."""
    session.config.stash[EXIT_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End a fork as forks end: what it took over is the first process's to clear away, and takes as long as a run."""
    if EXIT_STATUS in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[EXIT_STATUS])


def _report(codes: list[int], kept: list[IO[bytes]]) -> None:
    for output in kept:
        output.seek(0)
        os.write(STANDARD_OUTPUT, output.read())
        output.close()
    os.write(STANDARD_OUTPUT, f"{ENDED}{json.dumps(codes)}\n".encode())
