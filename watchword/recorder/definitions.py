"""Step definitions: where they stand, which one a writer may have meant, and which are wrong in silence."""

from __future__ import annotations

import ast
import difflib
import inspect
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_bdd.steps import step_function_context_registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from pytest_bdd.parser import Step as RunningStep
    from pytest_bdd.steps import StepFunctionContext

    from watchword.specification import Specification, Step

TYPES = {"context": "given", "action": "when", "outcome": "then"}


@lru_cache(maxsize=4096)
def location_of(step_func: Callable[..., object], root: Path) -> str:
    """Say where a step is defined: its file below the root, and its line."""
    code = getattr(inspect.unwrap(step_func), "__code__", None)
    if code is None:
        return repr(step_func)
    path = Path(code.co_filename)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return f"{shown}:{code.co_firstlineno}"


@lru_cache(maxsize=4096)
def is_async(step_func: Callable[..., object]) -> bool:
    """Say whether a step would hand back something to await, which nobody does."""
    inner = inspect.unwrap(step_func)
    return inspect.iscoroutinefunction(inner) or inspect.isasyncgenfunction(inner)


def undefined_step(step: RunningStep) -> str:
    """Say that a step has no definition, and what to do."""
    texts = {str(context.parser.name) for context in step_function_context_registry.values()}
    nearest = difflib.get_close_matches(step.name, texts, n=1, cutoff=0.5)
    advice = f"did you mean {nearest[0]!r}? Else define it" if nearest else "define it"
    return f"no definition for the step {f'{step.keyword.strip()} {step.name}'!r} — {advice} with @{step.type}(…)"


@dataclass(frozen=True)
class DefinedPhrase:
    """One phrase: when it may be said, how, what it means and where that stands."""

    type: str
    text: str
    meaning: str
    place: str


class Definitions:
    """The step definitions of some imported modules, held against a specification."""

    def __init__(self, modules: list[ModuleType], root: Path) -> None:
        self._root = root
        names = {module.__name__ for module in modules}
        contexts = step_function_context_registry.values()
        self._contexts = [context for context in contexts if context.step_func.__module__ in names]

    def __len__(self) -> int:
        return len(self._contexts)

    def phrases(self) -> list[DefinedPhrase]:
        """List what may be said, with what it means and where that is defined."""
        return [
            DefinedPhrase(
                type=context.type or "any",
                text=str(context.parser.name),
                meaning=inspect.getdoc(inspect.unwrap(context.step_func)) or "",
                place=location_of(context.step_func, self._root),
            )
            for context in self._contexts
        ]

    def meant(self, kind: str, text: str) -> list[int]:
        """Say which of the phrases, by number, a sentence means."""
        return [
            number
            for number, context in enumerate(self._contexts)
            if context.type in {None, TYPES[kind]} and context.parser.is_matching(text)
        ]

    def asynchronous(self) -> list[str]:
        """List the definitions that pytest-bdd would pass without running them."""
        found = (context for context in self._contexts if is_async(context.step_func))
        return [f"{self._told(context)} is async and would never be awaited — make it sync" for context in found]

    def unused(self, specification: Specification) -> list[str]:
        """List the definitions that no step of the specification means."""
        steps = _distinct_steps(specification)
        found = (context for context in self._contexts if not any(_means(context, step) for step in steps))
        return [f"{self._told(context)} is used by no scenario — remove it" for context in found]

    def unheard(self) -> list[str]:
        """List the definitions that return a value nobody takes: a check so written passes whatever it finds."""
        found = (context for context in self._contexts if not context.target_fixture and _returns(context.step_func))
        return [f"{self._told(context)} returns a value nobody takes — assert it" for context in found]

    def _told(self, context: StepFunctionContext) -> str:
        return f"{location_of(context.step_func, self._root)} {str(context.parser.name)!r}"


def _means(context: StepFunctionContext, step: Step) -> bool:
    return context.type in {None, TYPES[step.kind]} and bool(context.parser.is_matching(step.text))


def _distinct_steps(specification: Specification) -> list[Step]:
    steps = (step for pickle in specification.pickles for step in pickle.steps)
    return list({(step.kind, step.text): step for step in steps}.values())


def _returns(step_func: Callable[..., object]) -> bool:
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(step_func))))
    return any(node.value is not None for node in _own_returns(tree.body[0]))


def _own_returns(node: ast.AST) -> Iterator[ast.Return]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Return):
            yield child
        elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield from _own_returns(child)
