"""Import step definitions and say which of them each sentence means; asked and answered in JSON."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watchword.recorder.definitions import Definitions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def main() -> None:
    """Answer one question on standard input."""
    asked: dict[str, Any] = json.load(sys.stdin)
    sys.path[:0] = asked["paths"]
    answers = sys.stdout
    with redirect_stdout(sys.stderr):
        modules = [each for name in asked["modules"] for each in _modules(importlib.import_module(name))]
        definitions = Definitions(modules, Path(asked["root"]))
    phrases = [
        {"type": phrase.type, "text": phrase.text, "meaning": phrase.meaning, "place": phrase.place}
        for phrase in definitions.phrases()
    ]
    split = {sentence: sentence.partition("\0") for sentence in asked["sentences"]}
    meant = {sentence: definitions.meant(kind, text) for sentence, (kind, _, text) in split.items()}
    json.dump({"phrases": phrases, "meant": meant}, answers)


def _modules(module: ModuleType) -> Iterator[ModuleType]:
    yield module
    for inner in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
        yield importlib.import_module(inner.name)


if __name__ == "__main__":
    main()
