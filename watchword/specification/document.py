"""Turn gherkin-official's document into our features, and its pickles into ours."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from gherkin.pickles.compiler import Compiler

from watchword.specification.model import (
    ExampleRow,
    Examples,
    Feature,
    Kind,
    Pickle,
    Rule,
    Scenario,
    Step,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from gherkin.parser_types import GherkinDocument
    from gherkin.pickles.compiler import GherkinDocumentWithURI

Node = dict[str, Any]
KINDS: Mapping[str, Kind] = {"Context": "context", "Action": "action", "Outcome": "outcome"}
NOT_A_WORD = re.compile(r"[\W_]+")
LONGEST_ROW_SLUG = 60


def slug(text: str) -> str:
    """Name a text in lower case letters, digits and single hyphens, in any script."""
    return NOT_A_WORD.sub("-", text.lower()).strip("-")


def build_feature(  # noqa: PLR0913 -- one per fact
    document: GherkinDocument, *, uri: str, path: Path, digest: str, folder: str, with_pickles: bool = True
) -> Feature:
    """Build one feature, and what runs of it if that is wanted, from a parsed document."""
    node = cast("Node", document["feature"])
    feature_id = uri.removeprefix(f"{folder}/").removesuffix(".feature")
    builder = _Builder(feature_id)
    feature = Feature(
        id=feature_id,
        uri=uri,
        path=path,
        digest=digest,
        language=node["language"],
        background=builder.background(node["children"]),
        rules=tuple(builder.rule(child["rule"]) for child in node["children"] if "rule" in child),
        scenarios=builder.scenarios(node["children"]),
        **_described(node),
    )
    if with_pickles:
        compiled = Compiler().compile(cast("GherkinDocumentWithURI", {**document, "uri": uri}))
        object.__setattr__(feature, "pickles", tuple(builder.pickles(feature, cast("list[Node]", compiled))))
    return feature


def _described(node: Node) -> dict[str, Any]:
    return {
        "name": node["name"],
        "description": textwrap.dedent(node["description"]).strip("\n"),
        "tags": _tags(node),
        "line": node["location"]["line"],
    }


def _tags(node: Node) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in node["tags"])


def _cells(row: Node) -> tuple[str, ...]:
    return tuple(cell["value"] for cell in row["cells"])


class _Builder:
    """Builds one feature and remembers which of its parts each node of the document became."""

    def __init__(self, feature_id: str) -> None:
        self._feature_id = feature_id
        self._steps: dict[str, Step] = {}
        self._scenarios: dict[str, Scenario] = {}
        self._rules: dict[str, Rule] = {}
        self._rows: dict[str, ExampleRow] = {}

    def background(self, children: Iterable[Node]) -> tuple[Step, ...]:
        return tuple(step for child in children if "background" in child for step in self._listed(child["background"]))

    def scenarios(self, children: Iterable[Node]) -> tuple[Scenario, ...]:
        return tuple(self._scenario(child["scenario"]) for child in children if "scenario" in child)

    def rule(self, node: Node) -> Rule:
        rule = Rule(
            id=f"{self._feature_id}#rule-{slug(node['name'])}",
            background=self.background(node["children"]),
            scenarios=self.scenarios(node["children"]),
            **_described(node),
        )
        self._rules |= {child["scenario"]["id"]: rule for child in node["children"] if "scenario" in child}
        return rule

    def _scenario(self, node: Node) -> Scenario:
        scenario = Scenario(
            id=f"{self._feature_id}#{slug(node['name'])}",
            steps=self._listed(node),
            examples=tuple(self._examples(each) for each in node["examples"]),
            **_described(node),
        )
        self._scenarios[node["id"]] = scenario
        return scenario

    def _examples(self, node: Node) -> Examples:
        header = _cells(node["tableHeader"]) if "tableHeader" in node else ()
        rows = tuple(self._row(header, row) for row in node.get("tableBody", ()))
        return Examples(header=header, rows=rows, **_described(node))

    def _row(self, header: tuple[str, ...], node: Node) -> ExampleRow:
        values = dict(zip(header, _cells(node), strict=True))
        row = ExampleRow(line=node["location"]["line"], values=MappingProxyType(values))
        self._rows[node["id"]] = row
        return row

    def _listed(self, node: Node) -> tuple[Step, ...]:
        kind: Kind = "context"
        steps = []
        for each in node["steps"]:
            kind = KINDS.get(each["keywordType"], kind)
            opens = each["keywordType"] in KINDS
            step = Step(each["keyword"].strip(), kind, each["text"], each["location"]["line"], *_argument(each), opens)
            self._steps[each["id"]] = step
            steps.append(step)
        return tuple(steps)

    def pickles(self, feature: Feature, compiled: list[Node]) -> Iterator[Pickle]:
        seen: Counter[str] = Counter()
        occurrences: Counter[tuple[str, tuple[str, ...]]] = Counter()
        for node in compiled:
            scenario_node, *row_nodes = node["astNodeIds"]
            scenario = self._scenarios[scenario_node]
            row = self._rows[row_nodes[0]] if row_nodes else None
            key = (scenario.id, tuple(row.values.values()) if row else ())
            wanted = pickle_id(scenario, row)
            seen[wanted] += 1
            yield Pickle(
                id=wanted if seen[wanted] == 1 else f"{wanted}-{seen[wanted]}",
                feature=feature,
                rule=self._rules.get(scenario_node),
                scenario=scenario,
                row=row,
                name=node["name"],
                tags=tuple(dict.fromkeys(_tags(node))),
                steps=tuple(self._rendered(step) for step in node["steps"]),
                line=node["location"]["line"],
                occurrence=occurrences[key],
            )
            occurrences[key] += 1

    def _rendered(self, node: Node) -> Step:
        step = self._steps[node["astNodeIds"][0]]
        argument = node.get("argument", {})
        docstring = argument["docString"]["content"] if "docString" in argument else None
        table = step.table and Table(tuple(_cells(row) for row in argument["dataTable"]["rows"]), step.table.line)
        return replace(step, text=node["text"], table=table, docstring=docstring)


def pickle_id(scenario: Scenario, row: ExampleRow | None) -> str:
    """Name what runs: the scenario's id, and for a row its values."""
    if row is None:
        return scenario.id
    values = slug(" ".join(row.values.values()))[:LONGEST_ROW_SLUG].strip("-")
    return f"{scenario.id}--{values or 'row'}"


def _argument(node: Node) -> tuple[Table | None, str | None]:
    docstring = node["docString"]["content"] if "docString" in node else None
    if "dataTable" not in node:
        return None, docstring
    table = node["dataTable"]
    return Table(tuple(_cells(row) for row in table["rows"]), table["location"]["line"]), docstring
