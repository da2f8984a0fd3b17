"""What is judged: the features that can be read, the problems of those that cannot, and what they are held to."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from watchword.lint.findings import LintError
from watchword.lint.house import House, house
from watchword.register import Register, load
from watchword.settings import register_path
from watchword.specification import Specification, SpecificationError, feature_paths, read_content
from watchword.specification.checks import problems_across
from watchword.vocabulary import Vocabulary, sentences, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from watchword.specification import Feature, Problem, Step


@dataclass(frozen=True)
class Subject:
    """Everything that rules look at."""

    root: Path
    folder: str
    settings: Mapping[str, object]
    contents: Mapping[str, bytes]
    features: Sequence[Feature]
    problems: Sequence[Problem]

    @cached_property
    def house(self) -> House:
        """Give what the project asks.

        Raises:
            LintError: it is said in another form.
        """
        return house(self.settings)

    @cached_property
    def register(self) -> Register | None:
        """Give the project's register, if it has one.

        Raises:
            RegisterError: it cannot be used.
        """
        path = self.root / register_path(self.settings, self.folder)
        return load(path, self.root) if path.exists() else None

    @cached_property
    def specification(self) -> Specification:
        """Give the features that can be read as one specification."""
        return Specification(self.root, tuple(self.features), digest="")

    @cached_property
    def sentences(self) -> Sequence[tuple[Feature, Step, str, int]]:
        """Give every sentence as it will be run."""
        return [(feature, *each) for feature in self.features for each in sentences(feature)]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Give what each sentence means.

        Raises:
            VocabularyError: the step definitions cannot be imported.
        """
        return vocabulary(self.root, self.settings, ((step.kind, text) for _, step, text, _ in self.sentences))


def subject(root: Path, folder: str = "features") -> Subject:
    """Read what is to be judged.

    Raises:
        LintError: there is no such folder, or the project's settings cannot be read.
    """
    if not (root / folder).is_dir():
        raise LintError(f"{folder}: there is no such folder — run from the project's root, or name it with --root")
    features: list[Feature] = []
    problems: list[Problem] = []
    contents: dict[str, bytes] = {}
    for path in feature_paths(root, folder):
        uri = path.relative_to(root).as_posix()
        try:
            contents[uri] = path.read_bytes()
            features.append(read_content(contents[uri], uri=uri, path=path, folder=folder, with_pickles=False))
        except SpecificationError as error:
            problems += error.problems
        except OSError as error:
            raise LintError(f"{uri}: the file cannot be read ({error.strerror}) — check its rights") from None
    problems += problems_across(features)
    return Subject(root, folder, _settings(root), contents, features, problems)


def _settings(root: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LintError(f"pyproject.toml: cannot be read ({error}) — correct it there") from None
