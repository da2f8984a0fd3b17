"""The closed vocabulary: every phrase that a step definition knows, and which sentences mean it.

    VocabularyError    the step definitions cannot be imported; one sentence and what to do

Only Python knows what a phrase matches, and importing the definitions takes seconds. So that is done in a process of
its own, once; what it said of each sentence is kept beside the evidence, until a step definition changes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from watchword.digest import digest_bytes, digest_tree
from watchword.errors import InputError
from watchword.settings import step_modules, step_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from watchword.specification import Feature, Kind, Step

KEPT = "build/steps.json"
Sentence = tuple[str, str]


class VocabularyError(InputError):
    """The step definitions cannot be imported."""


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Phrase(_Said):
    """One phrase: when it may be said ("given", "when", "then" or "any"), how, what it means and where that stands."""

    type: str
    text: str
    meaning: str
    place: str


class _Kept(_Said):
    digest: str
    phrases: list[Phrase]
    meant: dict[str, list[int]]


@dataclass(frozen=True)
class Vocabulary:
    """All phrases, and by kind and text of a step the numbers of those it means."""

    phrases: Sequence[Phrase]
    meant: Mapping[Sentence, Sequence[int]]


def sentences(feature: Feature) -> Iterator[tuple[Step, str, int]]:
    """Give every sentence of a feature as it will be run, each with its step and the line it comes from."""
    backgrounds = (feature.background, *(rule.background for rule in feature.rules))
    yield from ((step, step.text, step.line) for steps in backgrounds for step in steps)
    for _, scenario in feature.placed_scenarios():
        for step in scenario.steps:
            if "<" not in step.text or not scenario.rows:
                yield step, step.text, step.line
                continue
            used = [name for name in scenario.rows[0].values if f"<{name}>" in step.text]
            for row in scenario.rows:
                text = step.text
                for name in used:
                    text = text.replace(f"<{name}>", row.values.get(name, ""))
                yield step, text, row.line if used else step.line


def vocabulary(root: Path, settings: Mapping[str, object], said: Iterable[tuple[Kind, str]]) -> Vocabulary:
    """Say what some sentences mean.

    Args:
        root: the project's root.
        settings: what its pyproject.toml says.
        said: each sentence, by the kind of its step.

    Raises:
        VocabularyError: the step definitions cannot be imported.
    """
    wanted = {f"{kind}\0{text}" for kind, text in said}
    modules, paths = step_modules(settings), [root / path for path in step_paths(settings)]
    digest = _digest(modules, paths)
    kept = _kept(root / KEPT, digest)
    if kept is None or not wanted <= kept.meant.keys():
        kept = _asked(root, modules, paths, digest, wanted | (kept.meant.keys() if kept else set()))
        _keep(root / KEPT, kept)
    meant = {(kind, text): found for key, found in kept.meant.items() for kind, _, text in [key.partition("\0")]}
    return Vocabulary(kept.phrases, meant)


def _digest(modules: Sequence[str], paths: Sequence[Path]) -> str:
    """Digest the definitions' sources; where they are not found, importing them will say so."""
    found = [path / module.replace(".", "/") for path in paths for module in modules]
    trees = [digest_tree(folder) for folder in found if folder.is_dir()]
    files = [digest_bytes(file.read_bytes()) for each in found if (file := each.with_suffix(".py")).is_file()]
    return digest_bytes("\n".join([*modules, *trees, *files, sys.version]).encode())


def _kept(path: Path, digest: str) -> _Kept | None:
    try:
        kept = _Kept.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    return kept if kept.digest == digest else None


def _keep(path: Path, kept: _Kept) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(kept.model_dump_json(), encoding="utf-8")
    part.replace(path)


def _asked(root: Path, modules: Sequence[str], paths: Sequence[Path], digest: str, wanted: Iterable[str]) -> _Kept:
    asked = {"root": str(root), "modules": list(modules), "paths": [*map(str, paths)], "sentences": sorted(wanted)}
    done = subprocess.run(
        [sys.executable, "-m", "watchword.vocabulary"],
        cwd=root,
        env=_environment(root),
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        raise VocabularyError(
            f"the step definitions of {', '.join(modules)} cannot be imported ({last}) — "
            "mend them, or name others in pyproject.toml: `[tool.watchword] steps = […]`"
        )
    return _Kept(digest=digest, **json.loads(done.stdout))


def _environment(root: Path) -> dict[str, str]:
    # Byte code beside the sources would look like a change to whoever watches them.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTHONPYCACHEPREFIX": str(root / "build" / "pycache"), **kept}
