"""Serve the reference issuer with careless edits: `python -m tests.conformance.issuer_server ID,ID PORT`.

No id serves it as it stands. Passwords are hashed at the lowest cost, and the records are gone when it ends.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import uvicorn

from steps.targets.remote_words import WRITTEN_ISSUER
from tests.conformance.mutant_server import install

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def load(ids: str, folder: str) -> ASGIApp:
    """Return the reference issuer with edits, set up by the environment."""
    if ids:
        # Some edits name the issuer of the scenarios in this process; here it has another name.
        actual = os.environ["ISSUER"]
        install(ids, {WRITTEN_ISSUER: actual, urlsplit(WRITTEN_ISSUER).netloc: urlsplit(actual).netloc})
    from reference_impl.issuer import Policy, create_app  # noqa: PLC0415 -- after the edit is in place

    environment = os.environ | {"ENVIRONMENT": "development", "DATABASE_URL": f"sqlite:///{folder}/issuer.sqlite"}
    policy = Policy.from_environment(environment)
    cheap = replace(policy, argon2_time_cost=1, argon2_memory_kibibytes=8, argon2_parallelism=1)
    return create_app(cheap)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        application = load(sys.argv[1], folder)
        uvicorn.run(application, port=int(sys.argv[2]), log_level="warning", proxy_headers=False)
