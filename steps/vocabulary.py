"""The closed words that a step may contain; a word outside them is an undefined step, never a silent match."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pytest_bdd import parsers

ACTORS: Final = ("Ada", "Grace", "Mallory")

STATES: Final = ("signed out", "active", "stale", "lapsed", "revoked")

PROFILES: Final = ("stateless", "strict")

API_CODES: Final = (
    "token_missing",
    "request_invalid",
    "token_expired",
    "token_invalid",
    "permission_denied",
    "https_required",
    "keys_unavailable",
    "not_found",
    "method_not_allowed",
    "internal_error",
)

ISSUER_CODES: Final = (
    "credentials_invalid",
    "session_missing",
    "session_expired",
    "session_revoked",
    "origin_untrusted",
    "too_many_attempts",
    "request_invalid",
    "https_required",
    "issuer_unavailable",
)

SECONDS_PER_UNIT: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


@dataclass(frozen=True)
class Verdict:
    """What a party answered: granted, refused under a code, or (to an event that asks nothing) no answer."""

    code: str | None = None
    answered: bool = True

    def __str__(self) -> str:
        """Spell the verdict as the features do."""
        if not self.answered:
            return "no answer"
        return "granted" if self.code is None else f'refused as "{self.code}"'


GRANTED: Final = Verdict()
NO_ANSWER: Final = Verdict(answered=False)


def _verdict(text: str) -> Verdict:
    spoken = re.fullmatch(r'refused as "(\w+)"', text)
    if spoken:
        return Verdict(spoken[1])
    return NO_ANSWER if text == "no answer" else GRANTED


def _duration_seconds(text: str) -> int:
    count, unit = text.split()
    return int(count) * SECONDS_PER_UNIT[unit.removesuffix("s")]


@dataclass(frozen=True)
class Word:
    """One placeholder of a phrase: the texts it stands for, and what each becomes."""

    pattern: str
    convert: Callable[[str], Any] = str


def one_of(*texts: str) -> str:
    """Return the pattern of a closed list, longest first so that no text hides another."""
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


_codes = one_of(*dict.fromkeys(API_CODES + ISSUER_CODES))

WORDS: Final[Mapping[str, Word]] = {
    "actor": Word(one_of(*ACTORS, "she")),
    "owner": Word(one_of(*(f"{name}'s" for name in ACTORS), "her"), lambda text: text.removesuffix("'s")),
    "state": Word(one_of(*STATES)),
    "profile": Word(one_of(*PROFILES)),
    "code": Word(_codes),
    "verdict": Word(f'granted|no answer|refused as "(?:{_codes})"', _verdict),
    "reason": Word(r"[a-z_]+"),
    "count": Word(r"\d+", int),
    "seconds": Word(r"-?\d+", int),
    "duration": Word(r"\d+ (?:second|minute|hour|day)s?", _duration_seconds),
    "name": Word(r"[^\"]*"),
    "json": Word(r".+"),
    "event": Word(r"[a-z' A-Z]+"),
}


class Phrase(parsers.StepParser):
    """A step's sentence with `{word}` placeholders, each from the closed vocabulary.

    Args:
        name: the sentence; `{actor}` stands for the word of that name, `{other:actor}` gives it another argument name.
        **words: further words, local to this phrase.

    Raises:
        KeyError: a placeholder names no word.
    """

    def __init__(self, name: str, **words: Word) -> None:
        super().__init__(name)
        self.words: dict[str, Word] = {}
        known = {**WORDS, **words}
        parts = re.split(r"\{(\w+)(?::(\w+))?\}", name)
        pattern = re.escape(parts[0])
        for argument, kind, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            word = known[kind or argument]
            self.words[argument] = word
            pattern += f"(?P<{argument}>{word.pattern}){re.escape(text)}"
        self.pattern = re.compile(pattern)

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        """Return the arguments that a sentence gives, converted, or None where it is another sentence."""
        found = self.pattern.fullmatch(name)
        if found is None:
            return None
        return {argument: self.words[argument].convert(text) for argument, text in found.groupdict().items()}

    def is_matching(self, name: str) -> bool:
        """Return whether the sentence is this phrase."""
        return self.pattern.fullmatch(name) is not None


def as_json(value: object) -> str:
    """Return the compact JSON text of a value."""
    return json.dumps(value, separators=(",", ":"))
