"""Digests that tie evidence to the exact bytes it came from."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

IGNORED_FOLDERS = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"})


def digest_bytes(content: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_named(digests: Iterable[tuple[str, str]]) -> str:
    """Fold named digests into one, whatever order they come in."""
    lines = sorted(f"{name}\0{digest}\n" for name, digest in digests)
    return digest_bytes("".join(lines).encode())


def digest_tree(folder: Path) -> str:
    """Give one digest for a folder's files: their paths and their bytes, caches left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and not IGNORED_FOLDERS.intersection(path.parts))
    return digest_named((path.relative_to(folder).as_posix(), digest_bytes(path.read_bytes())) for path in files)
