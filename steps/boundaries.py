"""Who sees what: what each route asks for, and in which places a secret has stood."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from httpx import Request, Response
from pytest_bdd import then, when

from steps.names import password_of
from steps.scene import Person, Scene
from steps.targets.browser import ISSUER
from steps.targets.messages import SESSION_COOKIE, Answer, Call
from steps.targets.routes import Route
from steps.vocabulary import Phrase, Verdict, Word, one_of

Asked = Mapping[tuple[str, str], Mapping[str, str]]
"""What each route asks for and how it is described, by method and path."""

ASKED: Final = {
    "token_missing": "a token",
    "session_missing": "a session",
    "status_401": "a token",
    "status_403": "a token",
}
"""What a route asks for, by the code of its refusal to a caller who brings nothing."""

UNTOLD: Final = "-"

BODY: Final = (
    b'{"text": "", "name": "Grace", "email": "grace.9@example.test", "password": "a long password of hers", '
    b'"currentPassword": "a long password of hers", "newPassword": "another long password"}'
)
"""Fits every route, so that none is refused for its body."""


def _ask(scene: Scene, party: str, route: Route) -> Verdict:
    if route.method == "WEBSOCKET":
        return scene.target.open_channel(None)
    headers = [("Content-Type", "application/json"), ("Origin", ISSUER)]
    call = Call(route.method, route.path.replace("{subject}", "somebody"), headers=headers, body=BODY)
    if party == "API":
        return scene.target.call(call, sender="A stranger").verdict
    return scene.target.browser("A stranger").call(call).verdict


def _asked(verdict: Verdict) -> str:
    code = verdict.code or ""
    # What a foreign API answers besides says nothing of what it asks for.
    return ASKED.get(code, UNTOLD if code.startswith("status_") else "nothing")


@when(
    Phrase("a stranger calls every route of the {party}", party=Word(one_of("API", "issuer"))), target_fixture="asked"
)
def calls_every_route(scene: Scene, party: str) -> Asked:
    """Call each route that the application serves, described or not, with a fitting body and without a credential."""
    return {
        (route.method, route.path): {"asks for": _asked(_ask(scene, party, route)), "described as": route.described}
        for route in scene.target.routes(party)
    }


@then("these are all its routes:")
def are_all_routes(scene: Scene, asked: Asked, datatable: list[list[str]]) -> None:
    """Compare each route's method and path, what it asked for, and the credential that its description names."""
    if scene.target.leniency is not None:
        _compare_with_description(scene, asked)
        return
    columns, *rows = datatable
    found = [{"method": method, "path": path, **facts} for (method, path), facts in asked.items()]
    seen = sorted([row[column] for column in columns] for row in found)
    assert seen == sorted(rows), f"the routes are {seen}"


def _compare_with_description(scene: Scene, asked: Asked) -> None:
    """Find no page about the API itself, and each route as it is described; which others it has is its own matter."""
    for (method, path), facts in asked.items():
        asks, described = facts["asks for"], facts["described as"]
        scene.expect(described != UNTOLD, f"{method} {path} is served")
        if UNTOLD not in {asks, described}:
            is_as_described = (asks == "nothing") == (described == "nothing")
            scene.expect(is_as_described, f"{path} asks for {asks}, and is described as asking for {described}")


def _credentials(scene: Scene, _: Person) -> list[str]:
    lines = [line for _, response in scene.target.archive for line in response.headers.get_list("set-cookie")]
    values = [line.partition(";")[0].removeprefix(f"{SESSION_COOKIE}=") for line in lines]
    return [value for value in values if value]


def _tokens(scene: Scene, _: Person) -> list[str]:
    bodies = [response.content for _, response in scene.target.archive if b"access_token" in response.content]
    return [token for body in bodies if (token := json.loads(body).get("access_token"))]


def _passwords(_: Scene, person: Person) -> list[str]:
    return [password_of(person.name, number) for number in range(1, person.passwords + 1)]


SECRETS: Final[dict[str, Callable[[Scene, Person], list[str]]]] = {
    "session credential": _credentials,
    "access token": _tokens,
    "password": _passwords,
}
"""Every value that a secret had in a scenario."""


def _places(request: Request, response: Response) -> Iterator[tuple[str, str, str]]:
    yield "request", "address", str(request.url)
    yield "request", "body", request.content.decode("utf-8", "replace")
    yield "answer", "body", response.text
    for message, headers in (("request", request.headers), ("answer", response.headers)):
        yield from ((message, name, value) for name, value in headers.multi_items())


@then(Phrase("{owner} {secret} has stood in these places alone:", secret=Word(one_of(*SECRETS))))
def stood_alone(scene: Scene, owner: str, secret: str, datatable: list[list[str]]) -> None:
    """Search all that was sent and answered, and every record of the log, for each value that the secret had."""
    values = SECRETS[secret](scene, scene.person(owner))
    assert values, f"there was no {secret}"
    places = [place for exchange in scene.target.archive for place in _places(*exchange)]
    places += [("log", record.name, f"{record.getMessage()} {vars(record)}") for record in scene.target.log_records]
    needles = [value.rpartition(".")[2] for value in values]
    found = {(message, place) for message, place, text in places if any(needle in text for needle in needles)}
    assert found == {(message, place.lower()) for message, place in datatable[1:]}, f"it stood in {sorted(found)}"


STRANGERS_HEADERS: Final = frozenset({"host", "accept", "accept-encoding", "connection", "user-agent"})
CREDENTIALS: Final = frozenset({"authorization", "proxy-authorization", "cookie"})
TOKEN: Final = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+")


@then("the API asked for it as a stranger would")
def asked_as_stranger(scene: Scene) -> None:
    """Compare the API's requests for the key set with what a stranger sends: no credential, no query, no body."""
    requests = scene.target.key_set_requests()
    assert requests, "the key set was not asked for"
    for request in requests:
        brought = set(request.headers) - STRANGERS_HEADERS
        if scene.target.leniency is not None:
            # What else an HTTP client sends of its own is nobody's matter; a caller's token is.
            brought &= CREDENTIALS
            assert not TOKEN.search(f"{request.url} {request.headers.raw}"), "a caller's token was passed on"
        scene.expect(not brought, f"it was asked for with {sorted(brought)}")
        scene.expect((request.url.query, request.content) == (b"", b""), f"{request.url} was asked for")


def _without_trace(answer: Answer) -> tuple[object, ...]:
    return answer.status, list(answer.headers), {**answer.body, "trace_id": None}


@then(Phrase("it is the answer to a request for {other:owner} account"))
def is_same_answer(scene: Scene, other: str) -> None:
    """Ask for another account with the same token, and compare all of both answers but their trace ids."""
    person, subject = scene.person("she"), scene.people[other].subject
    assert subject is not None, f"{other} has no account"
    second = scene.target.ask_for_account(subject, person.token.finish(), sender=person.name)
    assert _without_trace(scene.answer) == _without_trace(second)
