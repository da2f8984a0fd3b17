"""How a person's requests leave: what they carry beside her token, where they come from, which way they go."""

import json
import re
from collections.abc import Callable
from typing import Final

from httpx import Request
from pytest_bdd import given

from steps.scene import Person, Scene
from steps.targets.wire import ASKED_SCHEME, Habit, again, with_header, without_header
from steps.vocabulary import Phrase, Word, one_of

CHARACTERS: Final[dict[str, bytes]] = {
    "tab": b"\t",
    "no-break space": "\N{NO-BREAK SPACE}".encode(),
    "no-break space in Latin-1": b"\xa0",
    "é": "é".encode(),
    "é in Latin-1": b"\xe9",
    "NUL": b"\0",
    "CR": b"\r",
    "LF": b"\n",
    "DEL": b"\x7f",
}
"""What no feature can show between quotes."""

HOLDINGS: Final[dict[str, Callable[[Person], str]]] = {
    "token": lambda person: person.token.finish(),
    "percent-encoded token": lambda person: person.token.finish().replace(".", "%2E"),
    "credential": lambda person: person.browser.credential or "",
    "password": lambda person: person.password,
}
"""What a person holds, and no feature can know beforehand."""

BRACED: Final = one_of(*CHARACTERS, *HOLDINGS)
TEXT: Final = Word(rf"(?:[^{{}}]|\{{(?:{BRACED})\}})*")
"""Any text, in which braces name what cannot be written out; another name in braces is an undefined step."""


def octets_of(scene: Scene, person: Person, text: str) -> bytes:
    """Return the octets of a text, with what stands in braces filled in; what she holds is noted as a secret."""

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if name in CHARACTERS:
            return CHARACTERS[name].decode("latin-1")
        scene.secrets.append(HOLDINGS[name](person))
        return scene.secrets[-1]

    return re.sub(rf"\{{({BRACED})\}}", filled, text).encode("latin-1")


def _with_line(line: bytes) -> Habit:
    name, _, value = line.partition(b": ")
    return lambda request: with_header(request, name, value)


def _with_query(query: bytes) -> Habit:
    return lambda request: again(request, url=request.url.copy_with(query=query))


def _with_member(text: bytes) -> Habit:
    name, _, value = text.decode().partition("=")

    def habit(request: Request) -> Request:
        bare = without_header(request, "content-length")
        return again(bare, content=json.dumps({**json.loads(request.content or b"{}"), name: value}))

    return habit


PARTS: Final[dict[str, Callable[[bytes], Habit]]] = {
    "header": _with_line,
    "query": _with_query,
    "member": _with_member,
}


def _over(scheme: str) -> Habit:
    def habit(request: Request) -> Request:
        changed = again(request, url=request.url.copy_with(scheme=scheme))
        # Where all goes over one scheme, a target can tell that this request is about the scheme.
        changed.extensions[ASKED_SCHEME] = scheme
        return changed

    return habit


def _by(method: str) -> Habit:
    return lambda request: again(request, method=method)


def _as(media_type: bytes | None) -> Habit:
    def habit(request: Request) -> Request:
        bare = without_header(request, "content-type")
        return bare if media_type is None else with_header(bare, b"Content-Type", media_type)

    return habit


def _to(change: Callable[[bytes], bytes]) -> Habit:
    return lambda request: again(request, url=request.url.copy_with(raw_path=change(request.url.raw_path)))


def _by_way_of(page: str) -> Habit:
    return _to(lambda path: f"/{page}/%2e%2e".encode() + path)


def _elsewhere(path: str) -> Habit:
    return lambda request: again(request, url=request.url.copy_with(path=path))


PUBLIC: Final = b"/openapi.json", b"/docs", b"/health", b"/login", b"/public", b"/static/style.css", b"/favicon.ico"
"""Paths that are open to strangers at many an API."""

WAYS: Final[dict[str, Habit]] = {
    "over HTTPS": _over("https"),
    "over plain HTTP": _over("http"),
    **{
        f"by {method}": _by(method)
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "TRACK")
    },
    "as JSON": _as(b"application/json"),
    "as a kind of JSON": _as(b"application/jsonp"),
    "as plain text": _as(b"text/plain"),
    "as plain text that names JSON": _as(b"text/plain; application/json"),
    "as a form": _as(b"application/x-www-form-urlencoded"),
    "as a form with files": _as(b"multipart/form-data; boundary=x"),
    "as nothing in particular": _as(None),
    "to the path as it is": _to(bytes),
    "to the path after two slashes": _to(lambda path: b"/" + path),
    "to the path with a slash at its end": _to(lambda path: path + b"/"),
    "to the path with an encoded slash at its end": _to(lambda path: path + b"%2F"),
    "to the path after an encoded dot": _to(lambda path: b"/%2e" + path),
    "to the path by way of a public one": _by_way_of("openapi.json"),
    **{
        f'to the path by way of "/{page}"': _by_way_of(page) for page in ("public", "static", "health", "docs", "login")
    },
    "to the path with an encoded letter": _to(lambda path: path[:1] + b"%%%02x" % path[1] + path[2:]),
    "to the path with an encoded NUL at its end": _to(lambda path: path + b"%00"),
    "to the path in capitals": _to(bytes.upper),
    "to the path with a parameter": _to(lambda path: path + b";a=b"),
    "to the path with a public one as its parameter": _to(lambda path: path + b";/openapi.json"),
    "to the path with public ones in its query": _to(lambda path: path + b"?next=" + b"&next=".join(PUBLIC)),
    "to the path with a suffix": _to(lambda path: path + b".json"),
}
"""Another scheme, another method, another media type, or another spelling of the path."""


def _from(page: str) -> Habit:
    def habit(request: Request) -> Request:
        bare = without_header(request, "origin")
        origin = page.removeprefix("a page of ").strip('"').encode()
        return bare if page == "no page" else with_header(bare, b"Origin", origin)

    return habit


@given(Phrase('{owner} requests carry the {part} "{text}"', part=Word(one_of(*PARTS)), text=TEXT))
def requests_carry(scene: Scene, owner: str, part: str, text: str) -> None:
    """Add a header line, a query or a member of the JSON body to each of a person's requests from here on."""
    person = scene.person(owner)
    said = scene.target.in_its_words(text, member="header") if part == "header" else text
    scene.target.habits[person.name].append(PARTS[part](octets_of(scene, person, said)))


@given(Phrase("{owner} requests carry the cookies of that answer"))
def requests_carry_cookies(scene: Scene, owner: str) -> None:
    """Send back, from here on, the cookies that the last answer set, as a browser does."""
    cookies = [value.partition(";")[0] for name, value in scene.answer.headers if name == "set-cookie"]
    if cookies:
        line = f"Cookie: {'; '.join(cookies)}".encode("latin-1")
        scene.target.habits[scene.person(owner).name].append(_with_line(line))


@given(Phrase("{owner} requests go {way}", way=Word(rf'{one_of(*WAYS)}|to "/[a-z/-]+"')))
def requests_go(scene: Scene, owner: str, way: str) -> None:
    """Give each of a person's requests from here on another scheme, method, media type, path or spelling of it."""
    habit = WAYS.get(way) or _elsewhere(way.split('"')[1])
    scene.target.habits[scene.person(owner).name].append(habit)


@given(Phrase("{owner} requests come from {page}", page=Word(r'no page|a page of "[^"]*"')))
def requests_come_from(scene: Scene, owner: str, page: str) -> None:
    """Have a page of another origin, as a browser states it, or none make each of a person's requests from here on."""
    scene.target.habits[scene.person(owner).name].append(_from(page))
