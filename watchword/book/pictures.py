"""Pictures that a run in a browser took: their folder says what each shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from watchword.book.escaping import markdown_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FOLDER = "build/pictures"
"""Where each set has a folder, with a `pictures.json`: a list of `caption`, `light` and `dark` (file names)."""

PUBLISHED = "pictures"
"""Where the site keeps them."""

_MISSING = "*No pictures were taken in this run: `make test-{name}` takes them, where it can.*\n"


def picture_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Return where each picture is published, and where it lies."""
    for path in sorted((root / FOLDER).glob("*/*.png")):
        yield f"{PUBLISHED}/{path.parent.name}/{path.name}", path


def picture_list(root: Path, name: str, to: Callable[[str], str]) -> str:
    """Print one set of pictures, each for the scheme its reader has chosen; or that there is none."""
    listed = root / FOLDER / name / "pictures.json"
    if not listed.is_file():
        return _MISSING.format(name=name)
    figures = []
    for picture in json.loads(listed.read_text(encoding="utf-8")):
        caption = markdown_text(picture["caption"])
        images = "".join(
            f"![{caption}]({to(f'{PUBLISHED}/{name}/{picture[scheme]}')}#only-{scheme}){{ loading=lazy }}"
            for scheme in ("light", "dark")
        )
        figures.append(
            f'<figure markdown="1">\n\n{images}\n\n<figcaption markdown="span">{caption}</figcaption>\n</figure>'
        )
    return '<div class="ww-pictures" markdown="1">\n\n' + "\n\n".join(figures) + "\n\n</div>\n"
