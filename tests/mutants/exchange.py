"""What an edit changes of a module that is already imported: the code of some functions, put in their place."""

from __future__ import annotations

import gc
import inspect
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Functions = dict[tuple[str, str], list[FunctionType]]
"""The functions of this process by the file they stand in and their qualified names."""


@dataclass(frozen=True)
class Exchange:
    """The new code of functions of one file, by their qualified names."""

    path: str
    codes: Mapping[str, CodeType]

    def fits(self, functions: Functions) -> bool:
        """Tell whether each of them is there, once, and keeps what it closes over."""
        found = {name: functions.get((self.path, name), []) for name in self.codes}
        return all(
            len(each) == 1 and each[0].__code__.co_freevars == self.codes[name].co_freevars
            for name, each in found.items()
        )

    def make(self, functions: Functions) -> None:
        """Give the functions their new code."""
        for name, code in self.codes.items():
            functions[self.path, name][0].__code__ = code


def exchange_of(path: Path, source: str, edited: str) -> Exchange | None:
    """Return what an edit of a file changes; None where that is more than the code of functions."""
    codes: dict[str, CodeType] = {}
    one, other = (compile(text, str(path), "exec", dont_inherit=True) for text in (source, edited))
    return Exchange(str(path), codes) if _compare(one, other, codes) else None


def functions_below(folder: Path) -> Functions:
    """Find the functions of this process that stand in the files of a folder."""
    found: Functions = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename.startswith(f"{folder}/"):
            found.setdefault((thing.__code__.co_filename, thing.__code__.co_qualname), []).append(thing)
    return found


def _compare(one: CodeType, other: CodeType, codes: dict[str, CodeType]) -> bool:
    """Note the functions of a module or a class that differ; tell whether nothing else does."""
    nested, instead = (list(filter(inspect.iscode, code.co_consts)) for code in (one, other))
    if len(nested) != len(instead) or _own(one) != _own(other):
        return False
    for a, b in zip(nested, instead, strict=True):
        if _whole(a) == _whole(b):
            continue
        if a.co_name.startswith("<") or a.co_qualname in codes:
            return False
        if a.co_flags & inspect.CO_OPTIMIZED:
            codes[a.co_qualname] = b
        elif not _compare(a, b, codes):
            return False
    return True


def _own(code: CodeType) -> tuple[object, ...]:
    """Return all of a code but its lines and the codes in it."""
    constants = [(type(value), value) for value in code.co_consts if not inspect.iscode(value)]
    names = code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, code.co_qualname
    return (
        code.co_code,
        code.co_exceptiontable,
        code.co_flags,
        code.co_argcount,
        code.co_kwonlyargcount,
        names,
        constants,
    )


def _whole(code: CodeType) -> tuple[object, ...]:
    return *_own(code), *(_whole(value) for value in code.co_consts if inspect.iscode(value))
