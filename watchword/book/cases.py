"""A scenario and its results, arranged for the feature's page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from watchword.book.book import fragment
from watchword.book.code import placed
from watchword.book.diagrams import sequence_diagram
from watchword.book.evidence import PrintedExchange, milliseconds, printed
from watchword.book.verdicts import ORDER, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from watchword.book.book import Book, Entry
    from watchword.run import Result, StepResult
    from watchword.specification import Examples, Pickle, Step


@dataclass(frozen=True)
class PrintedNote:
    """Something a step observed besides the exchange."""

    kind: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PrintedStep:
    """One step with what the run did there; an outline's own step has no status."""

    keyword: str
    text: str
    rows: tuple[tuple[str, ...], ...]
    docstring: str
    status: Verdict | None = None
    milliseconds: str = ""
    definition: str = ""
    error: str = ""
    exchanges: tuple[PrintedExchange, ...] = ()
    is_telling: bool = False
    """Whether these are the last exchanges before the case broke."""
    notes: tuple[PrintedNote, ...] = ()


@dataclass(frozen=True)
class PrintedCase:
    """One thing that ran, with its permalink and its evidence."""

    anchor: str
    label: str
    status: Verdict
    aside: str
    error: str
    sequence: str
    steps: tuple[PrintedStep, ...]
    values: tuple[str, ...] = ()

    @property
    def failed_step(self) -> PrintedStep | None:
        """The step that broke the case."""
        return next((step for step in self.steps if step.error), None)


@dataclass(frozen=True)
class PrintedExamples:
    """One table of an outline, its rows with their verdicts."""

    name: str
    header: tuple[str, ...]
    rows: tuple[PrintedCase, ...]


@dataclass(frozen=True)
class PrintedScenario:
    """A scenario as its page shows it."""

    status: Verdict
    is_outline: bool
    steps: tuple[PrintedStep, ...]
    examples: tuple[PrintedExamples, ...]
    cases: tuple[PrintedCase, ...]

    @property
    def cases_worst_first(self) -> tuple[PrintedCase, ...]:
        """The cases, the red ones where a reader looks first."""
        return tuple(sorted(self.cases, key=lambda case: ORDER.index(case.status)))


def printed_scenario(book: Book, entry: Entry) -> PrintedScenario:
    """Arrange one scenario with everything recorded of it."""
    cases = {pickle.row.line if pickle.row else 0: _case(book, pickle) for pickle in entry.pickles}
    scenario = entry.scenario
    background = (*entry.feature.background, *(entry.rule.background if entry.rule else ()))
    return PrintedScenario(
        status=book.verdict(entry.pickles),
        is_outline=scenario.is_outline,
        steps=tuple(_unrun(step) for step in (*background, *scenario.steps)),
        examples=tuple(_examples(each, cases) for each in scenario.examples),
        cases=tuple(cases.values()),
    )


def _examples(examples: Examples, cases: dict[int, PrintedCase]) -> PrintedExamples:
    return PrintedExamples(examples.name, examples.header, tuple(cases[row.line] for row in examples.rows))


def _case(book: Book, pickle: Pickle) -> PrintedCase:
    result = book.result(pickle)
    values = dict(pickle.row.values) if pickle.row else {}
    return PrintedCase(
        anchor=fragment(pickle.id),
        label=", ".join(f"{name} {value}" for name, value in values.items()),
        status=result.status,
        aside=_aside(result),
        error=result.error or "",
        sequence=sequence_diagram(result),
        steps=_told(tuple(_steps(pickle.steps, result, book.specification.root))),
        values=tuple(values.values()),
    )


def _told(steps: tuple[PrintedStep, ...]) -> tuple[PrintedStep, ...]:
    """Mark the step whose exchanges tell why a later one, or itself, failed."""
    broken = next((place for place, step in enumerate(steps) if step.status == "failed"), -1)
    telling = next((place for place in range(broken, -1, -1) if steps[place].exchanges), None)
    return tuple(replace(step, is_telling=place == telling) for place, step in enumerate(steps))


def _aside(result: Result) -> str:
    count = sum(len(step.exchanges) for step in result.steps)
    if result.status == "not run":
        return result.error or "the run did not reach this scenario"
    exchanges = f"{count} exchange{'' if count == 1 else 's'}, " if count else ""
    return f"{exchanges}{milliseconds(result.seconds)}"


def _steps(steps: Iterable[Step], result: Result, root: Path) -> Iterable[PrintedStep]:
    done = {(step.line, step.text): step for step in result.steps}
    shown: set[str] = set()
    return (_run(step, done.get((step.line, step.text)), shown, root) for step in steps)


def _run(step: Step, done: StepResult | None, shown: set[str], root: Path) -> PrintedStep:
    plain = _unrun(step)
    if done is None:
        return PrintedStep(plain.keyword, plain.text, plain.rows, plain.docstring, status="not run")
    return PrintedStep(
        keyword=plain.keyword,
        text=plain.text,
        rows=plain.rows,
        docstring=plain.docstring,
        status=done.status,
        milliseconds="" if done.status == "not run" else milliseconds(done.seconds),
        definition=Markup(placed(root, done.definition or "")),  # noqa: S704 -- escaped where it was written
        error=done.error or "",
        exchanges=tuple(printed(exchange, set() if done.error else shown) for exchange in done.exchanges),
        notes=tuple(PrintedNote(note.kind, _facts(note.facts)) for note in done.notes),
    )


def _facts(facts: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in facts.items())


def _unrun(step: Step) -> PrintedStep:
    return PrintedStep(step.keyword, step.text, step.table.rows if step.table else (), step.docstring or "")
