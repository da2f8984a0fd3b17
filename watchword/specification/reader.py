"""Parse feature files with gherkin-official and compile their pickles."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser

from watchword.digest import digest_bytes, digest_named
from watchword.specification.checks import problems_across, problems_in
from watchword.specification.document import build_feature
from watchword.specification.model import Problem, Specification, SpecificationError

if TYPE_CHECKING:
    from pathlib import Path

    from gherkin.parser_types import GherkinDocument

    from watchword.specification.model import Feature

EXPECTED_TOKENS = re.compile(r"^\(\d+:\d+\): ")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FEATURES_REMEMBERED = 1_000
ADVICE = "see https://cucumber.io/docs/gherkin/reference for the order of keywords"


def feature_paths(root: Path, folder: str = "features") -> list[Path]:
    """List the feature files below a project's folder, in a stable order."""
    return sorted((root / folder).rglob("*.feature"))


def read(root: Path, folder: str = "features") -> Specification:
    """Read every feature file of a project.

    Args:
        root: the project's root, which uris are relative to.
        folder: where the feature files lie below it.

    Raises:
        SpecificationError: a file does not parse or would lose a scenario; all problems of all files at once.
    """
    if not (root / folder).is_dir():
        raise SpecificationError([Problem(folder, 1, "there is no such folder — run from the project's root")])
    features, problems = _read_all(root, folder)
    problems += problems_across(features)
    if problems:
        raise SpecificationError(problems)
    digest = digest_named((feature.uri, feature.digest) for feature in features)
    return Specification(root=root, features=tuple(features), digest=digest)


def read_feature(path: Path, root: Path, folder: str = "features") -> Feature:
    """Read one feature file.

    Raises:
        SpecificationError: the file does not parse or would lose a scenario.
    """
    uri = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    return _read_content(_read_bytes(path, uri), uri, path, folder)


@lru_cache(_FEATURES_REMEMBERED)
def _read_content(content: bytes, uri: str, path: Path, folder: str) -> Feature:
    return read_content(content, uri=uri, path=path, folder=folder)


def read_content(
    content: bytes, *, uri: str, path: Path, folder: str = "features", with_pickles: bool = True
) -> Feature:
    """Read one feature from the bytes of its file, which need not lie on this disk.

    Args:
        content: what the file holds.
        uri: the file's path below the project's root.
        path: where the file lies, or would.
        folder: where the feature files lie below the root.
        with_pickles: whether to compile what would run, which takes as long as reading.

    Raises:
        SpecificationError: the content does not parse or would lose a scenario.
    """
    feature = build_feature(
        parse(content, uri),
        uri=uri,
        path=path,
        digest=digest_bytes(content),
        folder=folder,
        with_pickles=with_pickles,
    )
    problems = problems_in(feature)
    if problems:
        raise SpecificationError(problems)
    return feature


def parse(content: bytes, uri: str) -> GherkinDocument:
    """Parse the bytes of a feature file into gherkin-official's document.

    Raises:
        SpecificationError: they are not UTF-8, or not Gherkin, or hold no feature.
    """
    return _parse(_decode(content, uri), uri)


def _read_all(root: Path, folder: str) -> tuple[list[Feature], list[Problem]]:
    features: list[Feature] = []
    problems: list[Problem] = []
    for path in feature_paths(root, folder):
        try:
            features.append(read_feature(path, root, folder))
        except SpecificationError as error:
            problems += error.problems
    return features, problems


def _read_bytes(path: Path, uri: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        sentence = f"the file cannot be read ({error.strerror}) — check its name and its rights"
        raise SpecificationError([Problem(uri, 1, sentence)]) from None


def _decode(content: bytes, uri: str) -> str:
    if content.startswith(BYTE_ORDER_MARK):
        raise SpecificationError([Problem(uri, 1, "the file starts with a byte order mark — save it as plain UTF-8")])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SpecificationError([Problem(uri, line, "the file is not UTF-8 — save it as UTF-8")]) from None


def _parse(text: str, uri: str) -> GherkinDocument:
    try:
        document = Parser().parse(text)
    except CompositeParserException as error:
        raise SpecificationError([_problem(each, uri) for each in error.errors]) from None
    except ParserException as error:
        raise SpecificationError([_problem(error, uri)]) from None
    if not document.get("feature"):
        raise SpecificationError([Problem(uri, 1, "the file holds no feature — begin it with `Feature: <name>`")])
    return document


def _problem(error: ParserException, uri: str) -> Problem:
    message = EXPECTED_TOKENS.sub("", str(error)).replace("#", "")
    return Problem(uri, error.location["line"], f"{message} — correct the line; {ADVICE}")
