"""What a tag says: a requirement's id, its level, its party, or the section of the standard it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from watchword.register import Register

Kind = Literal["id", "level", "source", "party", "label"]

_RFC = re.compile(r"RFC-?(?P<number>\d{3,5}(?:bis)?)(?:-(?P<section>[\dA-Z]+(?:\.\d+)*))?", re.IGNORECASE)
_ASVS = re.compile(r"ASVS-(?P<chapter>\d+)(?P<rest>(?:\.\d+){0,2})", re.IGNORECASE)
_REQUIREMENT = re.compile(r"[A-Z]{2,6}-\d+[a-z]?")
_LEVELS = {
    "must": "The source says MUST",
    "should": "The source says SHOULD",
    "may": "The source says MAY",
    "policy": "The source leaves the choice; this is the house's",
}
_PARTIES = {
    "api": "Obliges the API",
    "issuer": "Obliges the issuer",
    "flow": "Obliges both sides together",
    "browser": "Obliges the browser's side",
}
_LABELS = {
    "clock": "Moves time inside the system",
    "in_process": "Looks where only a run within one process can; no check over HTTP sees it",
}
# What the press itself reads; it says nothing to a reader.
_MACHINERY = frozenset({"transitions", "impossible"})
_ASVS_CHAPTERS = {
    1: "0x10-V1-Encoding-and-Sanitization",
    2: "0x11-V2-Validation-and-Business-Logic",
    3: "0x12-V3-Web-Frontend-Security",
    4: "0x13-V4-API-and-Web-Service",
    5: "0x14-V5-File-Handling",
    6: "0x15-V6-Authentication",
    7: "0x16-V7-Session-Management",
    8: "0x17-V8-Authorization",
    9: "0x18-V9-Self-contained-Tokens",
    10: "0x19-V10-OAuth-and-OIDC",
    11: "0x20-V11-Cryptography",
    12: "0x21-V12-Secure-Communication",
    13: "0x22-V13-Configuration",
    14: "0x23-V14-Data-Protection",
    15: "0x24-V15-Secure-Coding-and-Architecture",
    16: "0x25-V16-Security-Logging-and-Error-Handling",
    17: "0x26-V17-WebRTC",
}


@dataclass(frozen=True)
class Chip:
    """One tag as a reader meets it."""

    kind: Kind
    text: str
    title: str
    url: str = ""


@cache
def chip(tag: str) -> Chip:
    """Read one tag."""
    name = tag
    if name.lower() in _LEVELS:
        return Chip("level", name.upper() if name.lower() != "policy" else "house policy", _LEVELS[name.lower()])
    if name.lower() in _PARTIES:
        return Chip("party", name.lower(), _PARTIES[name.lower()])
    return _source(name) or _other(name)


def _source(name: str) -> Chip | None:
    if match := _RFC.fullmatch(name):
        return _rfc(match["number"], match["section"])
    if match := _ASVS.fullmatch(name):
        return _asvs(int(match["chapter"]), match["rest"])
    return None


def _rfc(number: str, section: str | None) -> Chip:
    # What will be the next edition of an RFC has no address that its number tells.
    url = "" if number.lower().endswith("bis") else f"https://www.rfc-editor.org/rfc/rfc{number}"
    if not section:
        return Chip("source", f"RFC {number}", f"RFC {number}", url)
    anchor = "appendix" if section[0].isalpha() else "section"
    return Chip(
        "source", f"RFC {number} §{section}", f"RFC {number}, {anchor} {section}", url and f"{url}#{anchor}-{section}"
    )


def _asvs(chapter: int, rest: str) -> Chip:
    page = _ASVS_CHAPTERS.get(chapter)
    url = f"https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/{page}.md" if page else ""
    number = f"{chapter}{rest}"
    return Chip("source", f"ASVS {number}", f"OWASP ASVS 5.0, requirement {number}", url)


def _other(name: str) -> Chip:
    if _REQUIREMENT.fullmatch(name):
        return Chip("id", name, f"Requirement {name}: run it with pytest -m {name}")
    return Chip("label", name, _LABELS.get(name, f"Tagged {name}"))


_ORDER: tuple[Kind, ...] = ("id", "level", "source", "party", "label")


def chips(tags: tuple[str, ...], register: Register | None = None) -> list[Chip]:
    """Read tags in the order a reader asks: which requirement, how binding, says who, whose duty.

    Args:
        tags: the tags.
        register: where the documents are told that a tag may name a section of.
    """
    read = (_cited(tag, register) for tag in dict.fromkeys(tags) if tag not in _MACHINERY)
    return sorted(read, key=lambda each: _ORDER.index(each.kind))


def _cited(tag: str, register: Register | None) -> Chip:
    known = chip(tag)
    document = register.cited(tag) if register and not known.url and known.kind in ("source", "label") else None
    if document is None:
        return known
    text = known.text if known.kind == "source" else section_label(tag)
    return Chip("source", text, f"{document.title}, {tag.partition('-')[2]}", document.link(tag))


def section_label(source: str) -> str:
    """Name a section as a reader would search for it."""
    known = chip(source)
    return known.text if known.kind == "source" else source.replace("-", " §" if source[-1].isdigit() else " ", 1)
