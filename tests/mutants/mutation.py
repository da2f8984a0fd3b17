"""`python -m tests.mutants.mutation`: change every expression of the verifying modules, and list what no test notices.

mutmut does the changing, in a copy of the checkout; it takes most of an hour on two processors, so it is run by hand.
What it found, and which survivors are equivalent, is in docs/decisions/mutants.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).parents[2]
MODULES = ("claims", "structure", "credentials", "key_set", "keys", "verification")
KILLERS = ("tests/api",)
"""The tests that know these modules best: seconds. The specification itself would take minutes for each survivor."""

COPIED = ("reference_impl", "steps", "features", "watchword", "docs", "conftest.py", "README.md")
PLUGINS = ("tests.mutants.quick_first", "no:cacheprovider", "no:schemathesis", "no:xdist", "no:unraisableexception")
MUTMUT = str(Path(sys.executable).with_name("mutmut"))


def main(
    folder: Annotated[Path, typer.Argument(help="an empty or new folder for the copy; a second run goes on there")],
    modules: Annotated[list[str] | None, typer.Option("--module", help="one of reference_impl/api")] = None,
    jobs: Annotated[int, typer.Option(help="processes at once")] = os.cpu_count() or 1,
) -> None:
    """Run mutmut in a copy of the checkout, and print what survived."""
    if not (folder / "pyproject.toml").exists():
        copy_checkout(folder, modules or MODULES)
    subprocess.run([MUTMUT, "run", "--max-children", str(jobs)], cwd=folder, check=False)
    for name in survivors(folder):
        typer.echo(difference(folder, name))


def copy_checkout(folder: Path, modules: tuple[str, ...] | list[str]) -> None:
    """Copy what git knows of the checkout, and tell mutmut there what to do."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    settings = {
        "source_paths": ["reference_impl/api"],
        "only_mutate": [f"reference_impl/api/{module}.py" for module in modules],
        "also_copy": list(COPIED),
        "pytest_add_cli_args": [word for name in PLUGINS for word in ("-p", name)],
        "pytest_add_cli_args_test_selection": list(KILLERS),
    }
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\nuse_git_change_detection = false\nuse_setproctitle = false\n")
        file.writelines(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())


def survivors(folder: Path) -> list[str]:
    """Name the changes that no test noticed."""
    results = subprocess.run([MUTMUT, "results"], cwd=folder, check=True, capture_output=True, text=True).stdout
    return [line.split(":")[0].strip() for line in results.splitlines() if line.endswith(": survived")]


def difference(folder: Path, name: str) -> str:
    """Return the two lines of a change."""
    shown = subprocess.run([MUTMUT, "show", name], cwd=folder, check=True, capture_output=True, text=True).stdout
    lines = [line for line in shown.splitlines() if line[:1] in "-+" and line[:3] not in {"---", "+++"}]
    return "\n".join([name.removeprefix("reference_impl.api."), *lines])


if __name__ == "__main__":
    typer.run(main)
