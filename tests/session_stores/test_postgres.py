"""The specification of sessions holds on PostgreSQL as it does on SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from steps.scene import SERVER_VARIABLE
from tests.issuer.postgres import has_postgres, postgres_server

ROOT = Path(__file__).parents[2]
FEATURES = ("features/session", "features/tokens")


def run(server_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run features in a process of their own, whose issuers keep their records on a server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    command = [sys.executable, "-m", "pytest", *arguments, "-q", "-p", "no:cacheprovider", "--tb=short"]
    environment = kept | {SERVER_VARIABLE: server_url}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.skipif(not has_postgres(), reason="PostgreSQL is not installed")
def test_the_session_features_pass_on_postgresql() -> None:
    with postgres_server() as server_url:
        done = run(server_url, *FEATURES)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_the_server_that_is_named_is_the_one_that_is_used() -> None:
    """Without a server at the address every scenario fails, so that a passing run has really used one."""
    done = run("postgresql+psycopg://nobody@127.0.0.1:9/postgres", "features/session/walks.feature")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert " passed" not in done.stdout.splitlines()[-1]
