"""Read one side of a comparison: a folder as it lies there, or a revision as git holds it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from watchword.difference import revisions
from watchword.difference.model import DifferenceError
from watchword.digest import IGNORED_FOLDERS, digest_bytes, digest_named
from watchword.specification import SpecificationError, read_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from watchword.specification import Feature

SETTINGS = "pyproject.toml"
SUFFIX = ".feature"
_MEMORY: dict[tuple[str, bytes], Feature | SpecificationError] = {}


@dataclass(frozen=True, eq=False)
class Side:
    """One side: its name as it was given, and the bytes of each file that matters, by its path below the root."""

    name: str
    root: Path
    folder: str
    files: Mapping[str, bytes]
    trees: Mapping[str, str]
    """The digests of the folders that a run depends on, where they lie on this side."""

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """Give the feature files."""
        return {uri: content for uri, content in sorted(self.files.items()) if uri.endswith(SUFFIX)}

    @cached_property
    def features(self) -> Mapping[str, Feature]:
        """Give the features that can be read."""
        return {uri: each for uri in self.contents if not isinstance(each := self._read(uri), SpecificationError)}

    @cached_property
    def unread(self) -> Mapping[str, tuple[str, ...]]:
        """Say of each feature that cannot be read what is wrong with it."""
        found = ((uri, self._read(uri)) for uri in self.contents)
        return {
            uri: tuple(str(problem) for problem in each.problems)
            for uri, each in found
            if isinstance(each, SpecificationError)
        }

    @cached_property
    def settings(self) -> Mapping[str, object]:
        """Give what the project tells its tools.

        Raises:
            DifferenceError: the file is not TOML.
        """
        try:
            return tomllib.loads(self.files.get(SETTINGS, b"").decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DifferenceError(f"{self.name}: {SETTINGS} is not TOML ({error}) — correct it there") from None

    def _read(self, uri: str) -> Feature | SpecificationError:
        content = self.contents[uri]
        # Both sides share what they have in common: most of a specification does not change.
        key = (uri, content)
        if key not in _MEMORY:
            try:
                _MEMORY[key] = read_content(
                    content, uri=uri, path=self.root / uri, folder=self.folder, with_pickles=False
                )
            except SpecificationError as error:
                _MEMORY[key] = error
        return _MEMORY[key]


def side(name: str, root: Path, *, folder: str = "features", trees: Iterable[str] = ()) -> Side:
    """Read one side.

    Args:
        name: a folder that holds a project, or a git revision.
        root: the project's root; revisions are those of the repository it lies in.
        folder: where the feature files lie below a project's root.
        trees: the folders whose digests a run's evidence holds.

    Raises:
        DifferenceError: it is neither, or holds no feature files.
    """
    if not name:
        raise DifferenceError("a side has no name — name a git revision, or a folder that holds a project")
    path = root / name
    holds_features = (path / folder).is_dir()
    if holds_features or (path.is_dir() and not revisions.is_known(name, root)):
        if not holds_features:
            raise DifferenceError(f"{name}: the folder holds no {folder}/ — name a project's root, or a git revision")
        shown = "the files here" if name == "." else name
        return Side(shown, path, folder, dict(_lying(path, folder)), _digests(_files(path, trees), trees))
    commit = revisions.commit(name, root)
    files = revisions.files(commit, root, [folder, SETTINGS, *trees])
    if not any(uri.startswith(f"{folder}/") for uri in files):
        raise DifferenceError(f"{name}: the revision holds no {folder}/ — name one that does")
    shown = name if commit.startswith(name) else f"{name} ({commit[:10]})"
    return Side(shown, root, folder, files, _digests(files.items(), trees))


def _lying(root: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    wanted = [*(root / folder).rglob(f"*{SUFFIX}"), *(root / folder).rglob("*.toml"), root / SETTINGS]
    for path in wanted:
        if path.is_file():
            yield path.relative_to(root).as_posix(), _bytes(path)


def _files(root: Path, trees: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for tree in trees:
        for path in (root / tree).rglob("*"):
            if path.is_file() and not IGNORED_FOLDERS.intersection(path.parts):
                yield path.relative_to(root).as_posix(), _bytes(path)


def _digests(files: Iterable[tuple[str, bytes]], trees: Iterable[str]) -> dict[str, str]:
    """Digest each tree as `watchword.digest.digest_tree` does, wherever its files come from."""
    named = [(uri, digest_bytes(content)) for uri, content in files]
    heads = {tree: f"{tree}/" for tree in trees}
    return {
        tree: digest_named((uri.removeprefix(head), digest) for uri, digest in named if uri.startswith(head))
        for tree, head in heads.items()
        if any(uri.startswith(head) for uri, _ in named)
    }


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DifferenceError(f"{path}: the file cannot be read ({error.strerror}) — check its rights") from None
