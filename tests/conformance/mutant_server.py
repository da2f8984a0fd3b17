"""Serve the reference API with one careless edit, over real HTTP: `python -m tests.conformance.mutant_server ID PORT`.

An empty id serves it as it stands.
"""

from __future__ import annotations

import logging
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import uvicorn

from steps.targets.remote_words import WRITTEN_ISSUER
from tests.mutants.catalogue import FOLDER, Mutant
from tests.mutants.patching import PatchedModule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp

ROOT = Path(__file__).parents[2]


def find(id_: str) -> Mutant:
    """Return a mutant by its id.

    Raises:
        LookupError: there is none.
    """
    for path in sorted((ROOT / FOLDER).glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]:
            if row["id"] == id_:
                return Mutant.model_validate(row)
    raise LookupError(f"no mutant is called {id_}")


def install(id_: str, names: Mapping[str, str]) -> Mutant:
    """Put a mutant in the place of its module, with the names it mentions in the words of this run."""
    mutant = find(id_)
    patched = mutant.patched((ROOT / mutant.file).read_text(encoding="utf-8"))
    for written, actual in names.items():
        patched = patched.replace(written, actual)
    PatchedModule(mutant.module, patched).install()
    return mutant


def load(id_: str) -> ASGIApp:
    """Return the reference API with one edit, set up by the environment."""
    print_log()
    transport = None
    if id_:
        # Some edits name the issuer of the scenarios in this process; here it has another name.
        mutant = install(id_, {WRITTEN_ISSUER: os.environ["ISSUER"]})
        # The scenarios in one process hand the API a transport; an edit of that case is met so, and over the network.
        transport = httpx.AsyncHTTPTransport() if "transport" in mutant.find else None
    from reference_impl.api import create_app  # noqa: PLC0415 -- after the edit is in place

    return create_app(transport=transport)


def print_log() -> None:
    """Have all that the API logs printed as it is, one event a line."""
    printing = logging.StreamHandler()
    printing.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("reference_impl.api")
    log.addHandler(printing)
    log.setLevel(logging.DEBUG)
    log.propagate = False


if __name__ == "__main__":
    uvicorn.run(load(sys.argv[1]), port=int(sys.argv[2]), log_level="warning", proxy_headers=False)
