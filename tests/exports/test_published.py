"""The data on the built site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.site.sample import mkdocs, sample_project
from watchword.exports import FILES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, built as a reader builds it."""
    project = sample_project(tmp_path_factory.mktemp("published"))
    built = mkdocs(project, "build", "--strict")
    assert built.returncode == 0, built.stderr
    return project / "site"


@pytest.mark.parametrize("name", [name for name, _ in FILES.values()])
def test_each_file_lies_beside_the_pages(site: Path, name: str) -> None:
    assert (site / name).stat().st_size > 0


def test_each_permalink_leads_to_its_scenario(site: Path) -> None:
    for scenario in json.loads((site / "results.json").read_text(encoding="utf-8"))["scenarios"]:
        path, _, anchor = scenario["page"].removeprefix("https://watchword.example/").partition("#")
        assert f'id="{anchor}"' in (site / path / "index.html").read_text(encoding="utf-8")
