"""Every module that the reference is to document stands on one of its pages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_DOCUMENTED = re.compile(r"^::: ([\w.]+)$", re.MULTILINE)


@pytest.mark.parametrize("package", ["steps", "reference_impl.issuer"])
def test_each_module_stands_on_one_page(package: str) -> None:
    """Add a new one to the page of its kin in docs/reference, as `::: steps.NAME` with the options of the others."""
    pages = (page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "reference").glob("*.md"))
    named = Counter(name for page in pages for name in _DOCUMENTED.findall(page))
    folder = ROOT / package.replace(".", "/")
    modules = {f"{package}.{path.stem}" for path in folder.glob("*.py") if path.stem != "__init__"}
    assert {module: named[module] for module in sorted(modules) if named[module] != 1} == {}
