"""Collect feature files as pytest files: one test per scenario, one per row of an outline."""

from __future__ import annotations

import re
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import scenario as bind_scenario

from watchword.specification import SpecificationError, feature_paths, read_feature
from watchword.specification.document import slug
from watchword.suites import suites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from watchword.specification import Feature, Pickle, Scenario
    from watchword.suites import Suite

DEFAULT_FOLDER = "features"
PICKLE = pytest.StashKey["Pickle"]()
TAG_LINE = re.compile(r"^\s*@.*$", re.MULTILINE)
TAG = re.compile(r"@([^\s@#]+)")
EXAMPLE = "_pytest_bdd_example"


def left_out(config: pytest.Config) -> tuple[Suite, ...]:
    """List the suites that run apart and were not asked for by name."""
    base = config.invocation_params.dir
    paths = [(base / argument.partition("::")[0]).resolve() for argument in config.args]
    return tuple(suite for suite in suites(config.rootpath) if not suite.is_named_by(paths, config.rootpath.resolve()))


def features_folder(config: pytest.Config) -> str:
    """Name the folder the feature files lie in, below the project's root."""
    return config.getini("bdd_features_base_dir") or DEFAULT_FOLDER


class FeatureFile(pytest.Module):
    """A feature file as a pytest file."""

    def _getobj(self) -> ModuleType:
        feature = self._read()
        _register(self.config, {tag for pickle in feature.pickles for tag in pickle.tags})
        module = ModuleType(f"feature_{slug(feature.id).replace('-', '_')}", feature.description)
        module.__file__ = str(self.path)
        self._scenarios: dict[str, Scenario] = {}
        for _, scenario in feature.placed_scenarios():
            name = f"test_{slug(scenario.name).replace('-', '_')}"
            self._scenarios[name] = scenario
            vars(module)[name] = _bind(self.path, scenario)
        self._pickles = _by_scenario(feature)
        return module

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Collect the scenarios, each tied to the pickle it runs."""
        items = list(super().collect())
        for item in items:
            if isinstance(item, pytest.Function):
                self._tie(item)
        return items

    def _read(self) -> Feature:
        try:
            return read_feature(self.path, self.config.rootpath, features_folder(self.config))
        except SpecificationError as error:
            raise self.CollectError(str(error)) from None

    def _tie(self, item: pytest.Function) -> None:
        scenario = self._scenarios[item.originalname]
        callspec = getattr(item, "callspec", None)
        pickle = self._pickles[scenario.id][callspec.indices[EXAMPLE] if callspec else 0]
        item.stash[PICKLE] = pickle
        item.location = (pickle.feature.uri, pickle.line - 1, item.name)


def _by_scenario(feature: Feature) -> dict[str, list[Pickle]]:
    found: dict[str, list[Pickle]] = {}
    for pickle in feature.pickles:
        found.setdefault(pickle.scenario.id, []).append(pickle)
    return found


def _bind(path: Path, scenario: Scenario) -> Callable[..., object]:
    @bind_scenario(str(path), scenario.name)
    def bound() -> None:
        """Nothing follows the steps."""

    return bound


def register_written_tags(config: pytest.Config) -> None:
    """Register every tag written in the features folder, so that `-m` knows them whichever files it is given."""
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in _feature_paths(config))
    _register(config, {tag for text in texts for line in TAG_LINE.findall(text) for tag in TAG.findall(line)})


def _feature_paths(config: pytest.Config) -> list[Path]:
    return feature_paths(config.rootpath, features_folder(config))


def _register(config: pytest.Config, tags: set[str]) -> None:
    known = {line.partition(":")[0] for line in config.getini("markers")}
    for tag in sorted(tags - known):
        config.addinivalue_line("markers", f"{tag}: a tag of the specification")
