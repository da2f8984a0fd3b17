"""The log of a foreign party: what it printed, or wrote into a file, while it was checked."""

import json
import logging
import re
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final

from steps.drafts import decode_segment
from steps.targets.unseen import NotObserved

MEMBERS: Final = ("event", "code", "reason", "trace_id", "path", "iss", "kid", "jti_digest", "sid")
"""What the events of the contract carry."""

PATIENCE_SECONDS: Final = 0.5
PAUSE_SECONDS: Final = 0.01
LONGEST_OCTETS: Final = 10_000_000
"""How much of a log is looked at; a program that prints more in one run is busy with something else."""

_EVENT: Final = re.compile(r"([a-z_]+) (\w+=.*)$")
_FACT: Final = re.compile(r" (?=\w+=)")
LONGEST_MARK: Final = 16
"""By so many characters a text is known again that a log may have cut."""

_SEGMENT: Final = re.compile(r"[A-Za-z0-9_-]{40,}")


class RemoteLog:
    """Reads a log as it grows.

    Args:
        path: the file it is in, or None where nobody knows.
        holds_events: whether its lines are the events of the contract: objects of JSON, or `event name=value …`.
    """

    def __init__(self, path: Path | None, *, holds_events: bool) -> None:
        self._path = path
        self._holds_events = holds_events
        self._begun = self._scenario = self._call = self._size()
        self._signatures: set[str] = set()

    def begin(self, *, with_all_before: bool) -> None:
        """Turn to the lines of the next scenario, and to all of the run before it where it is about that."""
        self._scenario = self._begun if with_all_before else self._size()
        self._call = self._size()

    def listen(self) -> None:
        """Turn to what is logged about the next call."""
        self._call = self._size()

    def let_in(self, token: str) -> None:
        """Remember a token that was accepted: no line may ever carry it."""
        self._signatures.add(token.rpartition(".")[2])

    # What any log is looked at for.

    def leaks(self, secrets: Collection[str]) -> list[str]:
        """Return the lines of the scenario that hold one of these secrets, or a signature of a token that was let in.

        Raises:
            NotObserved: there is no log, or nothing in it.
        """
        return [line for line in self._lines() if self._is_leak(line, secrets)]

    def _is_leak(self, line: str, secrets: Collection[str]) -> bool:
        return any(secret in line for secret in secrets) or not self._signatures.isdisjoint(_SEGMENT.findall(line))

    def broken_by(self, token: str) -> list[str]:
        """Return what a token says that stands in the log as it came, though it breaks a line or paints a terminal.

        Raises:
            NotObserved: there is no log, or nothing in it about the last call.
        """
        text = self._wait(self._call)
        if not text:
            raise NotObserved("nothing was logged about this call")
        return [tail for said in _texts_of(token) for tail in _tails(said) if tail in text]

    def _lines(self) -> list[str]:
        if not (text := self._wait(self._scenario)):
            raise NotObserved("nothing was logged")
        return text.splitlines()

    # What a log of the contract's events is looked at for besides.

    @property
    def records(self) -> list[logging.LogRecord]:
        """The events of the scenario.

        Raises:
            NotObserved: nobody said that these are the contract's.
        """
        self._require_events()
        self._wait(self._call)
        return [*_records(self._read(self._scenario))]

    def reason(self) -> str:
        """Return the reason that was logged last about the last call.

        Raises:
            NotObserved: nobody said that the log holds reasons, or it holds nothing about this call.
        """
        self._require_events()
        end = time.monotonic() + PATIENCE_SECONDS
        while not (records := [*_records(self._read(self._call))]) and time.monotonic() < end:
            time.sleep(PAUSE_SECONDS)
        if not records:
            # The server beneath an API answers what it cannot read, and logs no reason.
            raise NotObserved("no event was logged about this call")
        return str(getattr(records[-1], "reason", None))

    def _require_events(self) -> None:
        self._size()
        if not self._holds_events:
            raise NotObserved("which events the log holds was not said; --events says that they are the contract's")

    # The file.

    def _size(self) -> int:
        return self._path.stat().st_size if self._path is not None and self._path.exists() else 0

    def _wait(self, mark: int) -> str:
        """Return what was logged since a mark, and wait a moment for it where there is nothing yet."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not (text := self._read(mark)) and time.monotonic() < end:
            time.sleep(PAUSE_SECONDS)
        return text

    def _read(self, mark: int) -> str:
        if self._path is None:
            raise NotObserved("what is logged is seen where --start has it printed, or --log names its file")
        size = self._size()
        # A log that is begun anew is shorter than it was.
        begin = mark if mark <= size else 0
        if size - begin > LONGEST_OCTETS:
            raise NotObserved(f"more than {LONGEST_OCTETS} octets were logged")
        if size == begin:
            return ""
        with self._path.open("rb") as file:
            file.seek(begin)
            return file.read(size - begin).decode("utf-8", "replace")


def _records(text: str) -> Iterator[logging.LogRecord]:
    for line in text.splitlines():
        if members := _members(line):
            yield logging.makeLogRecord({"msg": line, "args": None, **members})


def _members(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = _written_out(line)
    return {name: found[name] for name in MEMBERS if name in found} if isinstance(found, dict) else {}


def _written_out(line: str) -> dict[str, str]:
    if not (found := _EVENT.search(line)):
        return {}
    facts = (fact.partition("=") for fact in _FACT.split(found[2]))
    return {"event": found[1]} | {name: value for name, _, value in facts}


def _texts_of(token: str) -> Iterator[str]:
    for segment in token.split(".")[:2]:
        try:
            said = json.loads(decode_segment(segment))
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict):
            yield from (value for value in said.values() if isinstance(value, str))


def _tails(said: str) -> Iterator[str]:
    """Yield each character that no line of a log may hold as it is, with some of what follows it."""
    for place, character in enumerate(said):
        # The last of several in a row: a line break may be written as one of its two characters.
        if not character.isprintable() and said[place + 1 : place + 2].isprintable() and place + 1 < len(said):
            yield said[place : place + LONGEST_MARK]
