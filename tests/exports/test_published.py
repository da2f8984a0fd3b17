"""The data on the built site."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.site.sample import built_sample
from watchword.exports import FILES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, built as a reader builds it."""
    return built_sample(tmp_path_factory) / "site"


@pytest.mark.parametrize("name", [file.name for file in FILES.values()])
def test_each_file_lies_beside_the_pages(site: Path, name: str) -> None:
    assert (site / name).stat().st_size > 0


def test_each_page_leads_to_its_twin(site: Path) -> None:
    pages = sorted(site.rglob("index.html"))
    assert len(pages) == 9
    for page in pages:
        head, _, body = page.read_text(encoding="utf-8").partition("</head>")
        assert head.endswith('<link rel="alternate markdown" type="text/markdown" href="index.md">')
        assert '<a href="index.md">This page as Markdown</a>' in body
        assert page.with_name("index.md").read_text(encoding="utf-8").startswith("# ")


def test_llms_txt_lists_every_page_once(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    addresses = re.findall(r"\]\(https://watchword\.example/([^)]*)\)", text)
    twins = [path.relative_to(site).as_posix() for path in site.rglob("index.md")]
    assert sorted(addresses) == sorted([*twins, *(file.name for file in FILES.values())])


def test_a_twin_shows_its_fences_filled_and_no_html(site: Path) -> None:
    twin = (site / "index.md").read_text(encoding="utf-8")
    assert "✗ 2 failed, 1 skipped, 9 passed of 12 scenarios" in twin
    assert "| single | 1 \\| coin |" in twin
    assert re.findall(r"</?(?:div|span|p|details|table|td)\b", twin) == []


def test_each_permalink_leads_to_its_scenario(site: Path) -> None:
    for scenario in json.loads((site / "results.json").read_text(encoding="utf-8"))["scenarios"]:
        path, _, anchor = scenario["page"].removeprefix("https://watchword.example/").partition("#")
        assert f'id="{anchor}"' in (site / path / "index.html").read_text(encoding="utf-8")
