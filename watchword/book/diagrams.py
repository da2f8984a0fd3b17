"""Mermaid sources: the map of a state table and the sequence of a recorded scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchword.book.escaping import mermaid_text
from watchword.book.evidence import answer, target
from watchword.book.verdicts import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from watchword.book.states import StateTable, Transition
    from watchword.run import Exchange, Result, StepResult

MESSAGES_DRAWN = 24
NOTE_LENGTH = 38
LABEL_LENGTH = 30
PATH_LENGTH = 46
EVENT_LENGTH = 22
_FAILED_BAND = "rect rgba(214, 45, 60, 0.14)"


def state_diagram(table: StateTable) -> str:
    """Draw the transitions that move: no self-loop and no guard, parallel edges merged, each event with its mark.

    The table beside it says everything; this is its map.
    """
    names = {state: f"s{number}" for number, state in enumerate(table.states)}
    lines = ["flowchart TB"]
    lines += [f'  {name}(["{mermaid_text(state)}"])' for state, name in names.items()]
    for (start, end), moves in _merged(table.transitions).items():
        label = "<br/>".join(_event(move) for move in moves)
        lines.append(f'  {names[start]} -->|"{label}"| {names[end]}')
    return "\n".join(lines)


def sequence_diagram(result: Result) -> str:
    """Draw who said what to whom, under the step that made them say it; empty when nothing happened over HTTP."""
    exchanges = [exchange for step in result.steps for exchange in happened(result, step)]
    if not exchanges:
        return ""
    speakers = _speakers(exchanges)
    lines = ["sequenceDiagram"]
    lines += [f"  participant {name} as {mermaid_text(speaker)}" for speaker, name in speakers.items()]
    lines += _steps(result, speakers)
    return "\n".join(lines)


def happened(result: Result, step: StepResult) -> tuple[Exchange, ...]:
    """Name the exchanges that belong to the story: not those by which a green outcome merely looked at the world."""
    outcomes = {each.line for each in result.pickle.steps if each.kind == "outcome"}
    return () if step.line in outcomes and step.status == "passed" else step.exchanges


def _event(move: Transition) -> str:
    # Wrapped here and with hard spaces, because Mermaid lays out a label by the width it has before it wraps.
    lines = _wrapped(f"{MARKS[move.verdict]} {move.event}", EVENT_LENGTH)
    return "<br/>".join(mermaid_text(line).replace(" ", "#160;") for line in lines)


def _merged(transitions: Iterable[Transition]) -> dict[tuple[str, str], list[Transition]]:
    edges: dict[tuple[str, str], list[Transition]] = {}
    for move in transitions:
        if not move.stays and not move.reason and not move.guards:
            edge = edges.setdefault((move.state, move.next), [])
            if move.event not in [other.event for other in edge]:
                edge.append(move)
    return edges


def _speakers(exchanges: Iterable[Exchange]) -> dict[str, str]:
    found = dict.fromkeys(name for exchange in exchanges for name in (exchange.sender, exchange.receiver))
    return {speaker: f"p{number}" for number, speaker in enumerate(found)}


def _steps(result: Result, speakers: dict[str, str]) -> Iterator[str]:
    drawn, left_out = 0, 0
    everyone = ",".join([*speakers.values()][:: max(len(speakers) - 1, 1)])
    for step in result.steps:
        exchanges = happened(result, step)
        if drawn >= MESSAGES_DRAWN:
            left_out += len(exchanges)
            continue
        drawn += len(exchanges)
        yield from _step(step, exchanges, everyone, speakers)
    if left_out:
        yield f"  Note over {everyone}: {left_out} more exchanges, listed below"


def _step(step: StepResult, exchanges: Sequence[Exchange], everyone: str, speakers: dict[str, str]) -> Iterator[str]:
    failed = step.status == "failed"
    yield from [f"  {_FAILED_BAND}"] if failed else []
    yield f"  Note over {everyone}: {_note(step)}"
    yield from _messages(exchanges, speakers)
    yield from ["  end"] if failed else []


def _messages(exchanges: Sequence[Exchange], speakers: dict[str, str]) -> Iterator[str]:
    """Draw each request and its answer, and between them what the receiver asked of others before it answered."""
    if not exchanges:
        return
    exchange, *others = exchanges
    inner = others[: exchange.within] if others and others[0].sender == exchange.receiver else []
    asked, answered = _request_and_answer(exchange, speakers)
    yield asked
    yield from _messages(inner, speakers)
    yield answered
    yield from _messages(others[len(inner) :], speakers)


def _request_and_answer(exchange: Exchange, speakers: dict[str, str]) -> tuple[str, str]:
    sender, receiver = speakers[exchange.sender], speakers[exchange.receiver]
    carried = [
        each.name for each in exchange.tokens if any(each.name in value for _, value in exchange.request_headers)
    ]
    asked = [_short(f"{exchange.method} {target(exchange.url)}"), *(f"with {name}" for name in carried)]
    return (
        f"  {sender}->>{receiver}: {_in_lines(asked)}",
        f"  {receiver}-->>{sender}: {mermaid_text(_short(answer(exchange)))}",
    )


def _note(step: StepResult) -> str:
    text = f"{step.keyword.strip()} {step.text}"
    mark = "" if step.status == "passed" else f"{MARKS[step.status]} "
    return mark + "<br/>".join(mermaid_text(line) for line in _wrapped(text, NOTE_LENGTH))


def _in_lines(parts: Sequence[str]) -> str:
    """Join what fits on one line, else write line by line: the longest one decides how wide the diagram is."""
    whole = " ".join(parts)
    return "<br/>".join(mermaid_text(line) for line in ([whole] if len(whole) <= LABEL_LENGTH else parts))


def _short(text: str) -> str:
    return text if len(text) <= PATH_LENGTH else f"{text[: PATH_LENGTH - 1]}…"


def _wrapped(text: str, length: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= length:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
