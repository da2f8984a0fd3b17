"""What a rule must carry: the id of a requirement that the register knows, its level, its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchword.account import account
from watchword.lint.findings import Finding
from watchword.tags import LEVELS, REQUIREMENT_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchword.lint.subject import Subject
    from watchword.specification import Rule

_LEVELS = {level.lower() for level in LEVELS}
_OWN_LEVEL = "policy"


def rule_tags(subject: Subject) -> Iterator[Finding]:
    """A rule says which requirement it is, how binding, and who says so; a house policy needs no source."""
    documents = {document.name for document in subject.register.documents} if subject.register else None
    for feature in subject.features:
        for rule in feature.rules:
            for sentence in _lacking(rule, documents):
                yield Finding(feature.uri, rule.line, "rule-tags", f"the rule {rule.name!r} {sentence}")


def _lacking(rule: Rule, documents: set[str] | None) -> Iterator[str]:
    if not any(REQUIREMENT_ID.fullmatch(tag) for tag in rule.tags):
        yield "has no id — tag it with the requirement it states, such as @ABC-01"
    levels = [tag for tag in rule.tags if tag in _LEVELS]
    known = ", ".join(f"@{level.lower()}" for level in LEVELS)
    if not levels:
        yield f"has no level — tag it with one of {known}"
    if len(levels) > 1:
        yield f"has {len(levels)} levels — keep one of {', '.join(f'@{level}' for level in levels)}"
    if levels and _OWN_LEVEL not in levels and not any(_is_source(tag, documents) for tag in rule.tags):
        yield "has no source — tag it with the section that says so, or call it @policy"


def _is_source(tag: str, documents: set[str] | None) -> bool:
    document, dash, section = tag.partition("-")
    return bool(dash and section) and not REQUIREMENT_ID.fullmatch(tag) and (documents is None or document in documents)


def register(subject: Subject) -> Iterator[Finding]:
    """What rules carry is what the register says: no id it does not know, no other level, no other source."""
    if subject.register is None:
        return
    for problem in account(subject.register, subject.specification).tagging():
        yield Finding(problem.uri, problem.line, "register", problem.sentence)
