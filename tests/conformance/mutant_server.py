"""Serve the reference API with careless edits, over real HTTP: `python -m tests.conformance.mutant_server ID,ID PORT`.

No id serves it as it stands. It has one route more than the reference has: one that fails at whoever was let in.
"""

from __future__ import annotations

import logging
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import httpx
import uvicorn
from a2wsgi import ASGIMiddleware
from werkzeug.serving import run_simple

from steps.targets.remote_words import WRITTEN_ISSUER
from tests.mutants.catalogue import FOLDER, Mutant
from tests.mutants.patching import PatchedModule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from wsgiref.types import WSGIApplication

    from starlette.types import ASGIApp

ROOT = Path(__file__).parents[2]
LOOPBACK: Final = "127.0.0.1"
DEFECT: Final = "/defect"
UNGUARDED: Final = frozenset({"head-answered-with-a-body"})
"""What uvicorn would make up for: it sends no body after HEAD, whatever it is handed. Werkzeug's server does."""


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


def install(ids: str, names: Mapping[str, str]) -> list[Mutant]:
    """Put mutants in the place of their modules, with the names they mention in the words of this run.

    Args:
        ids: one, or several with commas between them.
        names: a text of the scenarios, and what stands for it here.
    """
    mutants, patched = [find(id_) for id_ in ids.split(",")], dict[str, str]()
    for mutant in mutants:
        source = patched.get(mutant.module) or (ROOT / mutant.file).read_text(encoding="utf-8")
        patched[mutant.module] = mutant.patched(source)
    for module, source in patched.items():
        for written, actual in names.items():
            source = source.replace(written, actual)  # noqa: PLW2901 -- one name after the other
        PatchedModule(module, source).install()
    return mutants


def load(ids: str) -> ASGIApp:
    """Return the reference API with edits, set up by the environment."""
    print_log()
    transport = None
    if ids:
        # Some edits name the issuer of the scenarios in this process; here it has another name.
        mutants = install(ids, {WRITTEN_ISSUER: os.environ["ISSUER"]})
        # The scenarios in one process hand the API a transport; an edit of that case is met so, and over the network.
        transport = httpx.AsyncHTTPTransport() if any("transport" in each.find for each in mutants) else None
    from reference_impl.api import create_app  # noqa: PLC0415 -- after the edit is in place

    app = create_app(transport=transport)
    app.add_api_route(DEFECT, _fail, include_in_schema=False)
    return app


def _fail() -> None:
    raise ZeroDivisionError


def serve(ids: str, port: int) -> None:
    """Serve the reference API with edits on this machine, until the process ends."""
    if UNGUARDED.isdisjoint(ids.split(",")):
        uvicorn.run(load(ids), port=port, log_level="warning", proxy_headers=False)
    else:
        adapted = cast("WSGIApplication", ASGIMiddleware(cast("Any", load(ids))))
        run_simple(LOOPBACK, port, adapted, threaded=True)


def print_log() -> None:
    """Have all that the API logs printed as it is, one event a line."""
    printing = logging.StreamHandler()
    printing.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("reference_impl.api")
    log.addHandler(printing)
    log.setLevel(logging.DEBUG)
    log.propagate = False


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
