"""An API whose key set outlives its start is judged by nothing that wants it forgotten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conformance.memory import KEPT
from conformance.process import free_port
from tests.conformance.shell import ROOT, check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def outliving() -> Iterator[list[str]]:
    """Start an API that no check starts, and give what has a check start the way to it."""
    issuer, port = f"http://127.0.0.1:{free_port()}", str(free_port())
    told = {"ISSUER": issuer, "JWKS_URL": f"{issuer}/api/auth/jwks", "AUDIENCE": "https://api.example.test"}
    command = ["node", "examples/backends/node_standard_library.mjs"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | told | {"PORT": port}) as api:
        start = f"{sys.executable} -m tests.conformance.forwarder {{port}} {port}"
        yield ["--issuer", issuer, "--start", start, "--path", "/me", "--audience", told["AUDIENCE"]]
        api.terminate()


def test_what_would_have_to_be_forgotten_is_not_observed(outliving: list[str], tmp_path: Path) -> None:
    data = tmp_path / "run.json"
    only = ["--only", "ALG-14", "--only", "JWK-10", "--only", "AUD-02"]
    done = check("api", *outliving, "--obstacles", *only, "--json", data)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    rows = json.loads(data.read_text(encoding="utf-8"))["outcomes"]
    kept = {tag for row in rows if row["reason"] == KEPT for tag in row["requirements"]}
    assert {"ALG-14", "JWK-10"} <= kept
