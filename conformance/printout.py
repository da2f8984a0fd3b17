"""The findings as a person reads them in a terminal."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from typing import TYPE_CHECKING

from conformance.faults import faults_of, sources_of
from steps.drafts import decode_segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import httpx

    from conformance.faults import Fault
    from conformance.judgement import Judgement
    from conformance.outcome import Outcome
    from watchword.register import Register

LONGEST_TEXT = 300
TOLD_FAULTS = 20
TOLD_OTHERS = 4
TOLD_REASONS = 12
WIDTH = 100


def lines_of(judgement: Judgement, register: Register) -> Iterator[str]:
    """Yield the findings: each failure in full, then a summary by area, then the verdict."""
    faults = faults_of(judgement.failing)
    for number, fault in enumerate(faults[:TOLD_FAULTS], start=1):
        yield from _fault(number, fault, register)
    if len(faults) > TOLD_FAULTS:
        yield f"… and {len(faults) - TOLD_FAULTS} rules more; --report DIR shows all of them."
        yield ""
    if not judgement.findings.outcomes:
        yield judgement.verdict
        return
    yield from _warnings(judgement, register)
    yield from _summary(judgement)
    yield from _unjudged(judgement)
    yield ""
    if judgement.findings.fetches == 0:
        yield "Your API never asked for our keys: is JWKS_URL wired?"
    yield from judgement.findings.remarks
    yield judgement.verdict


def _fault(number: int, fault: Fault, register: Register) -> Iterator[str]:
    outcome, others = fault.shown, fault.outcomes[1:]
    yield f"✗ {number}. {fault.rule}"
    yield from (f"   {line}" for line in evidence_of(outcome, register))
    if others:
        yield f"   {len(others)} more of this rule failed:"
        yield from (f"   · {_visible(each.pickle.name)} · id {each.id}" for each in others[:TOLD_OTHERS])
    if len(others) > TOLD_OTHERS:
        yield f"   · … and {len(others) - TOLD_OTHERS} besides, which --report DIR shows"
    yield ""


def evidence_of(outcome: Outcome, register: Register) -> Iterator[str]:
    """Yield who asks for what was not so, the scenario, what was sent and what came back."""
    yield f"{outcome.fault} · {', '.join(requirement_ids(outcome, register))}"
    yield from (f"{name}: {address}" for address, name in sources_of(outcome, register).items())
    yield outcome.pickle.name
    yield _visible(outcome.complaint)
    if outcome.exchange is not None:
        request, response = outcome.exchange
        yield from (f"> {line}" for line in sent(request))
        yield from (f"< {line}" for line in received(response))
        yield curl(request)
    yield f"{outcome.pickle.feature.uri}:{outcome.pickle.line} · id {outcome.id}"


def requirement_ids(outcome: Outcome, register: Register) -> list[str]:
    """Name the requirements of a scenario's rule."""
    return [tag for tag in outcome.pickle.tags if tag in register.by_id]


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


def _warnings(judgement: Judgement, register: Register) -> Iterator[str]:
    if not judgement.warning:
        return
    yield "Warnings: what SHOULD be so, and is not"
    failed = [each for each in judgement.warning if each.status == "failed"]
    for fault in faults_of(failed):
        yield f"  ! {', '.join(requirement_ids(fault.shown, register))}: {fault.rule}{_times(len(fault.outcomes))}"
    advised = Counter(each.advice[0] for each in judgement.warning if each.status != "failed")
    for text, count in advised.most_common():
        yield f"  ! {text}{_times(count)}"
    yield ""


def _times(count: int) -> str:
    return f" ({count} times)" if count > 1 else ""


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
    reasons = Counter((each.status, each.reason) for each in unjudged).most_common()
    for (status, reason), count in reasons[:TOLD_REASONS]:
        yield f"  {count:>4}  {status}: {reason}"
    if left := sum(count for _, count in reasons[TOLD_REASONS:]):
        yield f"  {left:>4}  for {len(reasons) - TOLD_REASONS} further reasons, which --report DIR shows"
