"""The findings as a person reads them in a terminal."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from typing import TYPE_CHECKING

from steps.drafts import decode_segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import httpx

    from conformance.judgement import Judgement
    from conformance.outcome import Outcome
    from watchword.register import Register

LONGEST_TEXT = 300
TOLD_FAILURES = 20
WIDTH = 100


def lines_of(judgement: Judgement, register: Register) -> Iterator[str]:
    """Yield the findings: each failure in full, then a summary by area, then the verdict."""
    failing = judgement.failing
    for number, outcome in enumerate(failing[:TOLD_FAILURES], start=1):
        yield from _failure(number, outcome, register)
    if len(failing) > TOLD_FAILURES:
        yield f"… and {len(failing) - TOLD_FAILURES} more; --report DIR shows all of them."
        yield ""
    if not judgement.findings.outcomes:
        yield judgement.verdict
        return
    yield from _warnings(judgement)
    yield from _summary(judgement)
    yield from _unjudged(judgement)
    yield ""
    if judgement.findings.fetches == 0:
        yield "Your API never asked for our keys: is JWKS_URL wired?"
    yield from judgement.findings.remarks
    yield judgement.verdict


def _failure(number: int, outcome: Outcome, register: Register) -> Iterator[str]:
    pickle = outcome.pickle
    rule = pickle.rule.name if pickle.rule else pickle.feature.name
    yield f"✗ {number}. {rule}"
    sources = ", ".join(source_links(outcome, register)) or "house policy"
    yield f"   {outcome.fault} · {', '.join(requirement_ids(outcome, register))} · {sources}"
    yield f"   {pickle.name}"
    yield f"   {_visible(outcome.complaint)}"
    if outcome.exchange is not None:
        request, response = outcome.exchange
        yield from (f"   > {line}" for line in sent(request))
        yield from (f"   < {line}" for line in received(response))
        yield f"   {curl(request)}"
    yield f"   {pickle.feature.uri}:{pickle.line} · id {pickle.id}"
    yield ""


def requirement_ids(outcome: Outcome, register: Register) -> list[str]:
    """Name the requirements of a scenario's rule."""
    return [tag for tag in outcome.pickle.tags if tag in register.by_id]


def source_links(outcome: Outcome, register: Register) -> list[str]:
    """Give the address of each section that a scenario's rule comes from."""
    names = {document.name for document in register.documents}
    tags = [tag for tag in outcome.pickle.tags if tag.partition("-")[0] in names and "-" in tag]
    return [register.document(tag).link(tag) for tag in tags]


def sent(request: httpx.Request) -> Iterator[str]:
    """Yield the lines of a request, a token in it decoded and without its signature."""
    yield f"{request.method} {request.url.raw_path.decode()}"
    for name, value in request.headers.raw:
        if name.lower() == b"host":
            continue
        text = value.decode("latin-1")
        yield f"{name.decode()}: {_cut(_shown(text))}"
        if name.lower() == b"authorization":
            yield from (f"  {part}" for part in decoded(text.rpartition(" ")[2]))
    if request.content:
        yield _cut(request.content.decode("utf-8", "replace"))


def received(response: httpx.Response | None) -> Iterator[str]:
    """Yield the lines of an answer."""
    if response is None:
        yield "(no answer)"
        return
    yield f"{response.status_code} {response.reason_phrase}"
    if "www-authenticate" in response.headers:
        yield f"WWW-Authenticate: {_cut(response.headers['www-authenticate'])}"
    if response.text:
        yield _cut(response.text.strip())


def decoded(token: str) -> Iterator[str]:
    """Yield the header and the claims of what may be a token."""
    for part in token.split(".")[:2]:
        try:
            yield _cut(json.dumps(json.loads(decode_segment(part)), ensure_ascii=False))
        except (ValueError, RecursionError):
            yield f"(not JSON in base64url: {_cut(part)})"


def curl(request: httpx.Request) -> str:
    """Return a command line that sends the same request; the token in it is minutes old at most."""
    words = [b"curl", b"-i", b"-X", request.method.encode()]
    for name, value in request.headers.raw:
        if b"\0" in value:
            return _printf(request)
        if name.lower() not in {b"host", b"content-length"}:
            words += [b"-H", name + b": " + value]
    if request.content:
        words += [b"--data-raw", request.content]
    return " ".join(_quoted(word) for word in [*words, str(request.url).encode()])


def _printf(request: httpx.Request) -> str:
    # No argument of a program can hold a NUL.
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in request.headers.raw)
    head = f"{request.method} {request.url.raw_path.decode()} HTTP/1.1\r\n".encode() + lines
    text = head + b"Connection: close\r\n\r\n"
    return f"printf '{_escaped(text).replace('%', '%%')}' | nc {request.url.host} {request.url.port or 80}"


def _quoted(word: bytes) -> str:
    if word.isascii() and word.decode().isprintable():
        return shlex.quote(word.decode())
    return f"$'{_escaped(word)}'"


def _escaped(octets: bytes) -> str:
    special = {10: "\\n", 13: "\\r", 39: "\\047", 92: "\\\\"}
    return "".join(special.get(octet) or (chr(octet) if 32 <= octet < 127 else f"\\{octet:03o}") for octet in octets)  # noqa: PLR2004 -- ASCII


def _shown(text: str) -> str:
    head, dot, _ = text.rpartition(".")
    return f"{head[:40]}…" if dot and len(text) > WIDTH else text


def _cut(text: str) -> str:
    shown = _visible(text)
    return shown if len(shown) <= LONGEST_TEXT else f"{shown[:LONGEST_TEXT]}… ({len(text)} characters)"


def _visible(text: str) -> str:
    # A terminal obeys control characters, and half of a surrogate pair has no octets to be printed as.
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def _warnings(judgement: Judgement) -> Iterator[str]:
    if not judgement.warning:
        return
    yield "Warnings (SHOULD):"
    for text, count in Counter(_warned(outcome) for outcome in judgement.warning).most_common():
        yield f"  ! {text}{f' ({count} times)' if count > 1 else ''}"
    yield ""


def _warned(outcome: Outcome) -> str:
    if outcome.status == "passed":
        return outcome.advice[0]
    return f"{outcome.pickle.rule.name if outcome.pickle.rule else outcome.pickle.name}"


def _summary(judgement: Judgement) -> Iterator[str]:
    yield f"{'':24}{'passed':>8}{'failed':>8}{'warned':>8}{'informs':>9}{'not judged':>12}"
    for area, row in judgement.by_area().items():
        yield f"{area:24}{row.passed:>8}{row.failed:>8}{row.warned:>8}{row.informed:>9}{row.unjudged:>12}"


def _unjudged(judgement: Judgement) -> Iterator[str]:
    unjudged: Sequence[Outcome] = judgement.unjudged
    if not unjudged:
        return
    yield ""
    yield f"Not judged, and not counted as passed: {len(unjudged)}"
    for (status, reason), count in Counter((each.status, each.reason) for each in unjudged).most_common(12):
        yield f"  {count:>4}  {status}: {reason}"
