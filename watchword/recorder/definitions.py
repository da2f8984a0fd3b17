"""Step definitions: where they stand, and which one a writer may have meant."""

from __future__ import annotations

import difflib
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_bdd.steps import step_function_context_registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_bdd.parser import Step


def location_of(step_func: Callable[..., object], root: Path) -> str:
    """Say where a step is defined: its file below the root, and its line."""
    code = getattr(inspect.unwrap(step_func), "__code__", None)
    if code is None:
        return repr(step_func)
    path = Path(code.co_filename)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return f"{shown}:{code.co_firstlineno}"


def undefined_step(step: Step) -> str:
    """Say that a step has no definition, and what to do."""
    texts = {str(context.parser.name) for context in step_function_context_registry.values()}
    nearest = difflib.get_close_matches(step.name, texts, n=1, cutoff=0.5)
    advice = f"did you mean {nearest[0]!r}? Else define it" if nearest else "define it"
    return f"no definition for the step {f'{step.keyword.strip()} {step.name}'!r} — {advice} with @{step.type}(…)"
