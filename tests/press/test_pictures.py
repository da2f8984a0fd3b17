"""Pictures are shown in the scheme a reader has chosen; where none were taken, the page says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from watchword.book.pictures import picture_files, picture_list

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = {"caption": "Signed *in*", "light": "one-light.png", "dark": "one-dark.png"}


def with_a_picture(root: Path) -> Path:
    folder = root / "build/pictures/frontend"
    folder.mkdir(parents=True)
    (folder / "pictures.json").write_text(json.dumps([PICTURE]), encoding="utf-8")
    for scheme in ("light", "dark"):
        (folder / f"one-{scheme}.png").write_bytes(b"png")
    return root


def test_each_picture_is_there_for_both_schemes(tmp_path: Path) -> None:
    shown = picture_list(with_a_picture(tmp_path), "frontend", lambda to: f"../{to}")
    assert shown.count("![Signed") == 2
    assert "](../pictures/frontend/one-dark.png#only-dark)" in shown


def test_a_caption_is_text(tmp_path: Path) -> None:
    assert "*in*" not in picture_list(with_a_picture(tmp_path), "frontend", str).replace(r"\*in\*", "")


def test_every_picture_is_published(tmp_path: Path) -> None:
    published = [place for place, _ in picture_files(with_a_picture(tmp_path))]
    assert published == ["pictures/frontend/one-dark.png", "pictures/frontend/one-light.png"]


def test_without_a_run_the_page_says_how_to_take_them(tmp_path: Path) -> None:
    assert "make test-frontend" in picture_list(tmp_path, "frontend", str)
    assert list(picture_files(tmp_path)) == []
