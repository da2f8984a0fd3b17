"""A scenario and its results, arranged for the feature's page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from watchword.book.book import fragment
from watchword.book.code import placed
from watchword.book.diagrams import sequence_diagram
from watchword.book.evidence import MILLISECOND, PrintedExchange, answer, briefly, milliseconds, printed
from watchword.book.verdicts import ORDER, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from watchword.book.book import Book, Entry
    from watchword.run import Result, StepResult
    from watchword.specification import Examples, Pickle, Step


ALIKE = 3
"""So many exchanges of one step that were asked and answered alike are told in full."""
Told = dict[tuple[str, ...], str]
"""Where a page tells a step's exchanges in full: by the step's words, and what was asked and answered in it."""


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
    anchor: str = ""
    told_at: str = ""
    """The anchor of the step before that tells the same exchanges in full; here they are told briefly."""
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


def printed_scenario(book: Book, entry: Entry, told: Told | None = None) -> PrintedScenario:
    """Arrange one scenario with what was recorded of it.

    Args:
        book: the specification and its run.
        entry: the scenario.
        told: what the page has told in full so far, and adds to; without it nothing is told briefly.
    """
    told = {} if told is None else told
    cases = {
        pickle.row.line if pickle.row else 0: _case(book, pickle, told, is_first=pickle is entry.pickles[0])
        for pickle in entry.pickles
    }
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


def _case(book: Book, pickle: Pickle, told: Told, *, is_first: bool) -> PrintedCase:
    result = book.result(pickle)
    values = dict(pickle.row.values) if pickle.row else {}
    return PrintedCase(
        anchor=fragment(pickle.id),
        label=", ".join(f"{name} {value}" for name, value in values.items()),
        status=result.status,
        aside=_aside(result),
        error=result.error or "",
        sequence=sequence_diagram(result),
        steps=_telling(tuple(_Teller(result, book.specification.root, told, is_first).steps())),
        values=tuple(values.values()),
    )


def _telling(steps: tuple[PrintedStep, ...]) -> tuple[PrintedStep, ...]:
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


@dataclass(frozen=True)
class _Teller:
    """Tells the steps of one case, on a page that has told some before."""

    result: Result
    root: Path
    told: Told
    is_first: bool
    shown: set[str] = field(default_factory=set)

    def steps(self) -> Iterable[PrintedStep]:
        done = {(step.line, step.text): step for step in self.result.steps}
        for step in self.result.pickle.steps:
            did = done.get((step.line, step.text))
            yield self._run(step, did) if did else replace(_unrun(step), status="not run")

    def _run(self, step: Step, done: StepResult) -> PrintedStep:
        anchor, told_at = self._place(step, done)
        # A green row's code is that of the first row.
        has_code = self.is_first or self.result.status != "passed"
        return replace(
            _unrun(step),
            status=done.status,
            milliseconds=milliseconds(done.seconds) if done.seconds >= MILLISECOND else "",
            definition=Markup(placed(self.root, done.definition or "") if has_code else ""),  # noqa: S704 -- escaped where it was written
            error=done.error or "",
            exchanges=tuple(map(briefly, done.exchanges) if told_at else self._exchanges(done)),
            anchor=anchor,
            told_at=told_at,
            notes=tuple(PrintedNote(note.kind, _facts(note.facts)) for note in done.notes),
        )

    def _place(self, step: Step, done: StepResult) -> tuple[str, str]:
        """Name the anchor of a step that is told in full, or of the one that told the same before.

        What a case acts is told in full each time, and so is everything of a case that is not green.
        """
        if step.kind == "action" or self.result.status != "passed" or not done.exchanges:
            return "", ""
        key = step.text, *(f"{each.method} {each.url} {answer(each)}" for each in done.exchanges)
        before = self.told.get(key, "")
        return ("", before) if before else (self.told.setdefault(key, f"told-{len(self.told) + 1}"), "")

    def _exchanges(self, done: StepResult) -> Iterable[PrintedExchange]:
        """Print a step's exchanges: of many that are alike, the first few in full."""
        shown = set() if done.error else self.shown
        alike: Counter[tuple[str, str, str]] = Counter()
        for exchange in done.exchanges:
            alike[kind := (exchange.method, exchange.url, answer(exchange))] += 1
            is_one_of_many = alike[kind] > ALIKE and done.status == "passed"
            yield briefly(exchange) if is_one_of_many else printed(exchange, shown)


def _facts(facts: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in facts.items())


def _unrun(step: Step) -> PrintedStep:
    return PrintedStep(step.keyword, step.text, step.table.rows if step.table else (), step.docstring or "")
