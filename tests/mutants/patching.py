"""One module of this process gets another source; no file is touched."""

from __future__ import annotations

import ast
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType


class _PatchedLoader(SourceFileLoader):
    """Loads a module from a given source or tree, never from compiled code, and compiles nothing to a file."""

    def __init__(self, name: str, path: str, source: str | ast.Module) -> None:
        super().__init__(name, path)
        self._source = source

    def path_stats(self, path: str) -> dict[str, float]:
        """Know no modification time, so that no compiled code is looked for or kept."""
        raise OSError(path)

    def get_data(self, path: str) -> bytes:
        """Return the given source; of a tree, what it was read from."""
        return super().get_data(path) if isinstance(self._source, ast.Module) else self._source.encode()

    def source_to_code(self, data: object, path: object, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        """Compile the source, or the tree that was given instead."""
        given = self._source if isinstance(self._source, ast.Module) else data
        code: CodeType = super().source_to_code(given, path, _optimize=_optimize)  # type: ignore[arg-type]
        return code


class PatchedModule(MetaPathFinder):
    """Finds one module, with another source.

    Args:
        name: the module's dotted name.
        source: its text, or its tree.
    """

    def __init__(self, name: str, source: str | ast.Module) -> None:
        self._name = name
        self._source = source

    def install(self) -> None:
        """Serve the module from now on.

        Raises:
            RuntimeError: the module was imported before, so that the source would not be used.
        """
        if self._name in sys.modules:
            raise RuntimeError(f"{self._name} is imported already: patch it in a fresh process")
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the one module, as ordinary import would, but with the given source."""
        if fullname != self._name:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = _PatchedLoader(fullname, spec.origin, self._source)
        return spec
