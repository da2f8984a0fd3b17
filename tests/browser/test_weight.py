"""What a page asks of a reader: under 400 kB as it is sent, all but the diagrams' engine, and itself when unpacked."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.site import Site

LIMIT = 400_000
_ASSET = re.compile(r'(?:src|href)="([^"#?]+\.(?:css|js|svg|png|ico|woff2?))"')
_WORKER = re.compile(r'"search":\s*"([^"]+)"')


@cache
def _sent(path: Path) -> int:
    """Count a file's octets as a web server sends them: every one that hosts static pages compresses text."""
    return len(gzip.compress(path.read_bytes(), 6))


def _weight(site: Site, path: str) -> int:
    page = site.folder / path / "index.html"
    text = site.source(path)
    assets = {*_ASSET.findall(text), *_WORKER.findall(text)}
    files = {(page.parent / asset).resolve() for asset in assets}
    found = {file for file in files if file.is_file()}
    assert len(found) > 5, "the assets of a page were not found"
    return sum(map(_sent, [page, *found, site.folder / "search" / "search_index.json", site.folder / "sitemap.xml"]))


def test_every_page_is_light(watchword: Site) -> None:
    weights = {path: _weight(watchword, path) for path in watchword.paths}
    heavy = {path: weight for path, weight in weights.items() if weight > LIMIT}
    assert heavy == {}


def test_no_page_unpacks_into_more(watchword: Site) -> None:
    """The page itself, which a browser has to parse; what all pages share is parsed once."""
    sizes = {path: (watchword.folder / path / "index.html").stat().st_size for path in watchword.paths}
    assert {path: size for path, size in sizes.items() if size > LIMIT} == {}


def test_the_engine_would_be_too_heavy(watchword: Site) -> None:
    assert _sent(watchword.folder / "assets" / "diagrams-engine.js") > LIMIT


def test_no_page_names_a_file_from_elsewhere(watchword: Site) -> None:
    """Beside the browser's own word for it, the pages' text: no script, style or picture has another site's address."""
    foreign = re.compile(r'<(?:script|link|img|iframe|source)[^>]+(?:src|href)="((?:https?:)?//[^"]+)"')
    for path in watchword.paths:
        named = {urlsplit(address).hostname for address in foreign.findall(watchword.source(path))}
        assert named <= {urlsplit(watchword.url).hostname}, path


def test_the_search_index_holds_no_code_of_the_reference(watchword: Site) -> None:
    index = json.loads((watchword.folder / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert "def verify_" not in "".join(entry["text"] for entry in index["docs"])
