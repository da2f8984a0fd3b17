"""Read files out of a git repository, at a revision, through git itself."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from watchword.difference.model import DifferenceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_REGULAR = frozenset({"100644", "100755"})


def is_known(revision: str, root: Path) -> bool:
    """Say whether a repository around the root knows a revision."""
    return bool(revision) and _git(root, *_asked(revision)).returncode == 0


def commit(revision: str, root: Path) -> str:
    """Name the commit that a revision is.

    Raises:
        DifferenceError: git is not installed, the root is in no repository, or it does not know the revision.
    """
    found = _git(root, *_asked(revision))
    if found.returncode == 0:
        return found.stdout.decode().strip()
    if _git(root, "rev-parse", "--git-dir").returncode:
        raise DifferenceError(
            f"{revision}: there is no such folder, and {root} is in no git repository — name two folders, or run in one"
        )
    if _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        raise DifferenceError(
            f"{revision}: this shallow clone does not hold the revision — fetch its history: `git fetch --unshallow`"
        )
    raise DifferenceError(f"{revision}: there is no such folder or git revision — see `git log` and `git branch --all`")


def files(commit: str, root: Path, paths: Sequence[str]) -> dict[str, bytes]:
    """Give the files below some paths at a commit, by their paths below the root.

    Raises:
        DifferenceError: git does not hold all of them.
    """
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *_from_top(root, paths))
    if listed.returncode:
        raise DifferenceError(f"{commit}: git cannot list its files ({_said(listed)}) — check the repository")
    prefix = _prefix(root)
    entries = [entry.partition("\t") for entry in listed.stdout.decode(errors="replace").split("\0") if entry]
    names = {path.removeprefix(prefix): about.split() for about, _, path in entries}
    hashes = {path: about[2] for path, about in names.items() if about[0] in _REGULAR}
    return dict(zip(hashes, _blobs(root, list(hashes.values()), commit), strict=True))


def _asked(revision: str) -> list[str]:
    return ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]


def _prefix(root: Path) -> str:
    return _git(root, "rev-parse", "--show-prefix").stdout.decode().rstrip("\n")


def _from_top(root: Path, paths: Sequence[str]) -> list[str]:
    return [f"{_prefix(root)}{path}" for path in paths]


def _blobs(root: Path, hashes: Sequence[str], commit: str) -> list[bytes]:
    done = _git(root, "cat-file", "--batch", given="".join(f"{each}\n" for each in hashes).encode())
    contents: list[bytes] = []
    rest = memoryview(done.stdout)
    for _ in hashes:
        head, _, _ = bytes(rest[:100]).partition(b"\n")
        parts = head.split()
        if done.returncode or parts[1:2] != [b"blob"]:
            # A partial clone may have left a file behind.
            raise DifferenceError(f"{commit}: git does not hold all of its files — fetch it again")
        begin = len(head) + 1
        end = begin + int(parts[2])
        contents.append(bytes(rest[begin:end]))
        rest = rest[end + 1 :]
    return contents


def _git(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 -- git, with our own arguments; a revision cannot be an option
            ["git", *arguments],  # noqa: S607 -- found on PATH, as its user finds it
            cwd=root,
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise DifferenceError(f"git cannot be started ({error.strerror}) — install it, or name two folders") from None


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode(errors="replace").strip().partition("\n")[0]
