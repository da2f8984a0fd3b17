"""What the press adds to a site's build, beside plain MkDocs with Material given the very same pages."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import run
from benchmarks.measurement import Row, Samples, ratio, rounds, spread

_PRESS, _PLAIN = "this site, with its press", "plain MkDocs and Material, the same Markdown"
_BUILD = ("-m", "mkdocs", "build", "--quiet")
_CONFIG = """\
site_name: The same pages
docs_dir: pages
site_dir: site
theme: {name: material, font: false, features: [navigation.prune]}
plugins: [search]
markdown_extensions:
  [admonition, attr_list, def_list, md_in_html, tables, toc, pymdownx.details, pymdownx.highlight,
   pymdownx.inlinehilite, pymdownx.superfences, {pymdownx.tabbed: {alternate_style: true}}]
"""


def measure(round_count: int) -> list[Row]:
    """Build both sites in turns; the scenarios have been run before and are not run again."""
    with TemporaryDirectory() as folder:
        pages, config = Path(folder) / "pages", Path(folder) / "mkdocs.yml"
        run(["-m", "benchmarks.pages_of_site", str(pages), str(Path(folder) / "first")])
        config.write_text(_CONFIG)
        builds = {
            _PRESS: [*_BUILD, "--site-dir", str(Path(folder) / "pressed")],
            _PLAIN: [*_BUILD, "--config-file", str(config)],
        }
        samples: Samples = {name: [] for name in builds}
        for name, arguments in rounds(builds, round_count):
            samples[name].append(run(arguments).cpu_seconds)
        files = list(pages.rglob("*.md"))
        size = sum(file.stat().st_size for file in files) / 1000
    plain = f"{_PLAIN} ({len(files)} pages, {size:,.0f} kB)"
    return [
        Row(plain, spread(samples[_PLAIN]), "s of processor time"),
        Row(_PRESS, spread(samples[_PRESS]), "s of processor time", _PLAIN, ratio(samples, _PRESS, _PLAIN)),
    ]
