"""Read feature files into one specification: features, rules, scenarios and their pickles.

    SpecificationError    the feature files cannot be published or run; one line per problem

A *pickle* is one thing that runs: a scenario, or one row of a scenario outline.
"""

from watchword.specification.model import (
    ExampleRow,
    Examples,
    Feature,
    Kind,
    Pickle,
    Problem,
    Rule,
    Scenario,
    Specification,
    SpecificationError,
    Step,
    Table,
)
from watchword.specification.reader import feature_paths, parse, read, read_content, read_feature

__all__ = [
    "ExampleRow",
    "Examples",
    "Feature",
    "Kind",
    "Pickle",
    "Problem",
    "Rule",
    "Scenario",
    "Specification",
    "SpecificationError",
    "Step",
    "Table",
    "feature_paths",
    "parse",
    "read",
    "read_content",
    "read_feature",
]
