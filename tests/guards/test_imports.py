"""Imports go one way; each contract of `[tool.importlinter]` holds, and can fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]
MODULES = (
    "watchword/__init__.py",
    "watchword/book.py",
    "watchword/mkdocs_plugin.py",
    "steps/__init__.py",
    "steps/tokens.py",
    "steps/targets/__init__.py",
    "steps/targets/in_process.py",
    "conformance/__init__.py",
    "reference_impl/__init__.py",
    "reference_impl/api/__init__.py",
    "reference_impl/issuer/__init__.py",
)


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(LINT, cwd=root, capture_output=True, text=True, check=False)


def test_imports_go_one_way() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Lay out the house with empty rooms under the project's own contracts."""
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(pyproject[pyproject.index("[tool.importlinter]") :], encoding="utf-8")
    for module in MODULES:
        path = tmp_path / module
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("watchword/mkdocs_plugin.py", "import mkdocs"),
        ("steps/targets/in_process.py", "import reference_impl.api"),
        ("steps/tokens.py", "import steps.targets.in_process, watchword.book"),
        ("reference_impl/issuer/__init__.py", "import reference_impl.api"),
        ("conformance/__init__.py", "import steps.tokens, watchword.register"),
    ],
)
def test_a_permitted_import_is_permitted(tree: Path, module: str, line: str) -> None:
    (tree / module).write_text(f"{line}\n")
    (tree / "steps/targets/in_process.py").write_text("import reference_impl.api\n")
    done = lint(tree)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("watchword/book.py", "import steps.tokens", "The press knows nothing of what it prints"),
        ("watchword/book.py", "import reference_impl.api", "The press knows nothing of what it prints"),
        ("watchword/book.py", "import mkdocs", "Only the plugin module knows MkDocs"),
        ("reference_impl/api/__init__.py", "import watchword.book", "The reference stands alone"),
        ("reference_impl/issuer/__init__.py", "import steps.tokens", "The reference stands alone"),
        ("reference_impl/api/__init__.py", "import reference_impl.issuer", "The API can be copied out"),
        ("steps/tokens.py", "import conformance", "The check stands on the others"),
        ("steps/tokens.py", "import reference_impl.api", "Only the in-process target knows the reference"),
    ],
)
def test_a_forbidden_import_is_told(tree: Path, module: str, line: str, contract: str) -> None:
    (tree / module).write_text(f"{line}\n")
    done = lint(tree)
    (broken,) = [told for told in done.stdout.splitlines() if told.endswith("BROKEN") or " BROKEN" in told]
    assert done.returncode != 0
    assert broken.startswith(contract)
