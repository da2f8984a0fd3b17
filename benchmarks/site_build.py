"""What the press adds to a site's build, beside plain MkDocs with Material, and how a build grows with its pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.child import ROOT, run
from benchmarks.copied_features import copy_features
from benchmarks.measurement import Aim, Row, Samples, ratio, rounds, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRESS = "this site, with its press"
_PLAIN = "plain MkDocs and Material, the same pages"
_BARE = "plain MkDocs and Material, the same Markdown without evidence"
_BUILD = ("-m", "mkdocs", "build", "--quiet")
_SECONDS = "s of processor time"
_COUNTS = (50, 250, 1_000)
_CONFIG = """\
site_name: The same pages
docs_dir: {docs}
site_dir: {docs}-site
theme: {{name: material, font: false, features: [navigation.prune]}}
plugins: {plugins}
markdown_extensions:
  [admonition, attr_list, def_list, md_in_html, tables, toc, pymdownx.details, pymdownx.highlight,
   pymdownx.inlinehilite, pymdownx.superfences, {{pymdownx.tabbed: {{alternate_style: true}}}}]
"""


def measure(round_count: int) -> Iterator[Row]:
    """Build each site in turns; the scenarios have been run before and are not run again."""
    with TemporaryDirectory() as folder:
        yield from _beside_plain(Path(folder), round_count)
        yield from _grown(Path(folder))


def _beside_plain(folder: Path, round_count: int) -> Iterator[Row]:
    run(["-m", "benchmarks.pages_of_site", *(str(folder / name) for name in ("bare", "whole", "first"))])
    builds = {
        _PLAIN: _built(folder, "whole", "[search]"),
        _BARE: _built(folder, "bare", "[search]"),
        _PRESS: [*_BUILD, "--site-dir", str(folder / "pressed")],
    }
    samples: Samples = {name: [] for name in builds}
    for name, arguments in rounds(builds, round_count):
        samples[name].append(run(arguments).cpu_seconds)
    for name, docs in ((_PLAIN, "whole"), (_BARE, "bare")):
        files = list((folder / docs).rglob("*.md"))
        size = sum(file.stat().st_size for file in files) / 1000
        yield Row(f"{name} ({len(files)} pages, {size:,.0f} kB)", spread(samples[name]), _SECONDS)
    yield Row(_PRESS, spread(samples[_PRESS]), _SECONDS, _PLAIN, ratio(samples, _PRESS, _PLAIN), Aim("at most", 1.5))
    yield Row("the same", spread(samples[_PRESS]), _SECONDS, _BARE, ratio(samples, _PRESS, _BARE))


def _grown(folder: Path) -> Iterator[Row]:
    """Build once for each count: a thousand pages take their time."""
    samples: Samples = {}
    few = ""
    for count in _COUNTS:
        name = f"{count:,} generated pages"
        samples[name] = [run(_copied(folder, count)).cpu_seconds * 1000 / count]
        few = few or name
        row = Row(name, spread(samples[name]), "ms of processor time a page")
        growth = ratio(samples, name, few)
        yield row if name == few else replace(row, against=few, ratio=growth, aim=Aim("at most", 1.1))


def _built(folder: Path, docs: str, plugins: str) -> list[str]:
    config = folder / f"{docs}.yml"
    config.write_text(_CONFIG.format(docs=docs, plugins=plugins))
    return [*_BUILD, "--config-file", str(config)]


def _copied(folder: Path, count: int) -> list[str]:
    """Lay out a project with so many features, each with the evidence of its run: the same few again and again."""
    project = folder / f"copies-{count}"
    (project / "docs").mkdir(parents=True)
    (project / "docs" / "index.md").write_text("# Home\n")
    copy_features(ROOT, project, count, of=_COUNTS[0])
    engine = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
    press = f"{{evidence: evidence.ndjson, run: never, register: none, engine: '{engine}'}}"
    return _built(project, "docs", f"[search, {{watchword: {press}}}]")
