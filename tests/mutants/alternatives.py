"""Where an edit replaces one expression by another that can be computed beside it, to see whether they ever differ."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROBE = "__edit_probe__"
HARMLESS = """
    abs all any bool casefold count decode dict encode endswith float frozenset fullmatch get int isascii isdigit
    isdisjoint isinstance isprintable issubset issuperset join len list lower lstrip match max min partition quote range
    replace rpartition rsplit rstrip search set sorted split splitlines startswith str strip sum tuple upper urlsplit
"""
"""The functions and methods that an alternative may call: none changes anything."""

NOT_ALONE = ast.Starred | ast.FormattedValue | ast.Slice
IMPURE = ast.Await | ast.NamedExpr | ast.Yield | ast.YieldFrom
HAS_TEST = ast.If | ast.While | ast.IfExp
Position = tuple[int, int, int | None, int | None]


@dataclass(frozen=True)
class Alternative:
    """An expression of a file, by its position, and what an edit puts there instead.

    Attributes:
        is_test: only whether it is true matters.
    """

    position: Position
    instead: ast.expr
    is_test: bool


def alternative_of(source: str, edited: str) -> Alternative | None:
    """Return the one expression that an edit replaces, the largest whose replacement changes nothing by itself."""
    is_in_function = False
    for parent, one, other in _chain(ast.parse(source), ast.parse(edited)):
        is_in_function = is_in_function or (
            isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef) and one in parent.body
        )
        if isinstance(parent, ast.JoinedStr | ast.FormattedValue):
            return None
        if is_in_function and isinstance(one, ast.expr) and isinstance(other, ast.expr) and _is_probed(one, other):
            return Alternative(position_of(one), other, isinstance(parent, HAS_TEST) and parent.test is one)
    return None


def probed(source: str, alternatives: Mapping[str, Alternative]) -> ast.Module:
    """Return the source's tree with every alternative computed beside its expression, by the mutant's id."""
    by_position: dict[Position, list[tuple[str, Alternative]]] = {}
    for id_, alternative in alternatives.items():
        by_position.setdefault(alternative.position, []).append((id_, alternative))
    tree = ast.parse(source)
    _Prober(by_position).visit(tree)
    return ast.fix_missing_locations(tree)


def position_of(node: ast.expr) -> Position:
    """Return where an expression stands."""
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


class _Prober(ast.NodeTransformer):
    def __init__(self, by_position: Mapping[Position, Sequence[tuple[str, Alternative]]]) -> None:
        self._by_position = by_position

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if not isinstance(node, ast.expr):
            return super().generic_visit(node)
        found = self._by_position.get(position_of(node), ())
        super().generic_visit(node)
        probe: ast.expr = node
        for id_, alternative in found:
            arguments: list[ast.expr] = [
                probe,
                _later(alternative.instead),
                ast.Constant(id_),
                ast.Constant(alternative.is_test),
            ]
            probe = ast.copy_location(ast.Call(ast.Name(PROBE, ast.Load()), arguments, []), node)
        return probe


def _later(expression: ast.expr) -> ast.Lambda:
    return ast.Lambda(ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[]), expression)


def _chain(one: ast.AST, other: ast.AST) -> Iterator[tuple[ast.AST, ast.AST, ast.AST]]:
    """Give the pairs of nodes that hold all differences of two trees, from the outside in, with the first's parent."""
    pairs = [pair for field in one._fields for pair in _pairs(getattr(one, field, None), getattr(other, field, None))]
    different = [(a, b) for a, b in pairs if _dump(a) != _dump(b)]
    if len(different) == 1:
        a, b = different[0]
        if isinstance(a, ast.AST) and isinstance(b, ast.AST):
            yield one, a, b
            if type(a) is type(b):
                yield from _chain(a, b)


def _pairs(one: object, other: object) -> Iterator[tuple[object, object]]:
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        yield from zip(one, other, strict=True)
    else:
        yield one, other


def _dump(value: object) -> object:
    if isinstance(value, list):
        return [_dump(item) for item in value]
    return ast.dump(value) if isinstance(value, ast.AST) else value


def _is_probed(one: ast.expr, other: ast.expr) -> bool:
    is_read = isinstance(getattr(one, "ctx", ast.Load()), ast.Load)
    return is_read and not isinstance(one, NOT_ALONE) and not isinstance(other, NOT_ALONE) and _is_pure(other)


def _is_pure(expression: ast.expr) -> bool:
    nodes = list(ast.walk(expression))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = [getattr(function, "attr", getattr(function, "id", "")) for function in called]
    return set(HARMLESS.split()).issuperset(names) and not any(isinstance(node, IMPURE) for node in nodes)
