"""Start leaves nothing out: what it prints needs no file, package or variable that it does not name."""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path, PurePosixPath
from posixpath import normpath

from steps.targets.issuer_paths import PATHS

ROOT = Path(__file__).parents[2]
START = (ROOT / "docs/start.md").read_text(encoding="utf-8")
FRONTEND = ROOT / "examples/nextjs-better-auth"
GATE = ROOT / "reference_impl/api"
PACKAGE = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
PRINTED = {
    name: (FRONTEND / name).read_text(encoding="utf-8")
    for name in re.findall(r'^listing: "examples/nextjs-better-auth/(.+)"$', START, re.MULTILINE)
}
INSTALLED = dict(re.findall(r"((?:@\w+/)?[\w-]+)@(\d[\w.]*)", START))
BROUGHT = {"next", "react"}
"""What create-next-app installs."""
TYPED_APART = {"pg"}
"""Packages whose types are in a package of their own."""

DISTRIBUTIONS = {"jwt": "pyjwt[crypto]", "cryptography": "pyjwt[crypto]", "starlette": "fastapi", "pydantic": "fastapi"}
"""What brings a module, where it has another name."""


def imported(text: str) -> set[str]:
    """Name the modules that a file of TypeScript imports."""
    return set(re.findall(r'(?:\bfrom|\bimport) ?\(?"([^"]+)"', text))


def package(module: str) -> str:
    """Name the package that a module is of."""
    return "/".join(module.split("/")[: 2 if module.startswith("@") else 1])


def candidates(module: str, importer: str) -> set[str]:
    """Name the files that an import of one's own may mean."""
    folder = PurePosixPath(importer).parent
    name = f"src/{module[2:]}" if module.startswith("@/") else normpath(str(folder / module))
    return {name, *(f"{name}{ending}" for ending in (".ts", ".tsx", "/index.ts"))}


def unprinted(files: dict[str, str]) -> list[str]:
    """Tell which imports of one's own lead to no printed file."""
    own = [
        (name, module) for name, text in files.items() for module in imported(text) if module.startswith((".", "@/"))
    ]
    return [f"{name}: {module}" for name, module in own if not candidates(module, name) & files.keys()]


def test_the_whole_application_is_printed() -> None:
    kept = {path.relative_to(FRONTEND).as_posix() for path in (FRONTEND / "src").rglob("*") if path.is_file()}
    assert PRINTED.keys() == kept


def test_no_printed_file_needs_one_that_is_not() -> None:
    assert unprinted(PRINTED) == []


def test_the_guard_sees_what_is_not_printed() -> None:
    files = {
        "src/a/b.tsx": 'import { c } from "./c";\nimport d from "@/d";\nawait import("../e");',
        "src/d/index.ts": "",
        "src/e.ts": "",
    }
    assert unprinted(files) == ["src/a/b.tsx: ./c"]


def test_each_package_is_installed_in_the_version_that_the_tests_run() -> None:
    modules = {module for text in PRINTED.values() for module in imported(text)}
    needed = {package(each) for each in modules if not each.startswith((".", "@/", "node:"))} - BROUGHT
    needed |= {f"@types/{each}" for each in needed & TYPED_APART}
    versions = PACKAGE["dependencies"] | PACKAGE["devDependencies"]
    assert INSTALLED.pop("create-next-app") == versions["next"].partition(".")[0]
    assert {name: versions[name] for name in needed} == INSTALLED


def test_what_the_gate_stands_on_is_installed() -> None:
    nodes = [node for path in GATE.glob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    names = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    needed = {
        DISTRIBUTIONS.get(name, name) for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    }
    line = re.search(r"pip install (fastapi.+)", START)
    assert line
    assert needed <= set(line[1].replace("'", "").split())


def test_each_variable_is_one_that_is_read() -> None:
    blocks = "".join(re.findall(r"^```sh\n(.+?)^```$", START, re.MULTILINE | re.DOTALL))
    told = set(re.findall(r"\b([A-Z][A-Z_]+)=", blocks))
    assert "ALLOWED_ORIGINS" in told
    settings = PRINTED["src/lib/auth/settings.ts"]
    policy = (GATE / "policy.py").read_text(encoding="utf-8")
    assert [name for name in sorted(told) if f'"{name}"' not in policy and name not in settings] == []
    required = set(re.findall(r'(?:url|origin)\(environment, "(\w+)"\)', settings)) | {"BETTER_AUTH_SECRET"}
    given = START.partition(".env.local <<END\n")[2].partition("\nEND\n")[0]
    assert required <= set(re.findall(r"^(\w+)=", given, re.MULTILINE))


def test_each_path_and_name_in_a_command_exists() -> None:
    named = set(re.findall(r"\.\./watchword/([\w./-]+)", START))
    assert [name for name in named if not name.startswith(".venv/") and not (ROOT / name).exists()] == []
    assert set(re.findall(r"--paths ([\w-]+)", START)) <= PATHS.keys()
