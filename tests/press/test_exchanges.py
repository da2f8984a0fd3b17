"""Exchanges are recorded on the step that makes them, and hold no secret."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from watchword.recorder.exchanges import LONGEST_BODY, cut
from watchword.recorder.masking import MASK, mask_body, mask_cookies, mask_fields, mask_set_cookie
from watchword.recorder.tokens import TokenNames, describe

if TYPE_CHECKING:
    from tests.press.conftest import Project

pytest_plugins = ["pytester"]

STEPS = """
import asyncio
import httpx
import pytest
from pytest_bdd import given, parsers, then, when

TOKEN = "{token}"

async def answer(scope, receive, send):
    body = b""
    while (message := await receive()).get("more_body") or message.get("body"):
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    headers = [(b"set-cookie", b"__Host-session=s3cret-cookie; Path=/; Secure"), (b"set-cookie", b"gone=; Max-Age=0")]
    await send({{"type": "http.response.start", "status": 201, "headers": headers}})
    await send({{"type": "http.response.body", "body": body}})

async def break_off(scope, receive, send):
    raise OSError("the line is dead")

def send(exchanges, app, **request):
    async def once():
        hooks = exchanges.hooks("Browser", "API")
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://api.test", event_hooks=hooks) as client:
            return await client.request("POST", "/me?access_token=" + TOKEN, **request)
    return asyncio.run(once())

@when("she presents it")
def present(exchanges):
    body = {{"password": "hunter2", "token": TOKEN}}
    send(exchanges, answer, json=body, headers={{"Authorization": "Bearer " + TOKEN}})
    exchanges.note("decision", reason="fine", seen=TOKEN, count=3)

@when("she presents rubbish")
def rubbish(exchanges):
    headers = [("Authorization", "Bearer rub.bish"), ("Cookie", "a=b; c=" + TOKEN)]
    send(exchanges, answer, content=b"\\xff", headers=headers)

@when("she presents her name")
def basic(exchanges):
    send(exchanges, answer, headers={{"Authorization": "Basic aHVudGVyMg=="}})

@when("the line breaks")
def broken(exchanges):
    try:
        send(exchanges, break_off)
    except OSError:
        pass

@given("she has presented it")
def presented(presentation):
    pass

@pytest.fixture
def presentation(exchanges):
    send(exchanges, answer)

@then("it fails aloud")
def fail():
    assert TOKEN == "another"
"""


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


SIGNATURE = "c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"
SIGNED = f"{encoded({'alg': 'EdDSA', 'kid': 'k1'})}.{encoded({'sub': 'ada'})}"
TOKEN = f"{SIGNED}.{SIGNATURE}"


def ran(project: Project, *steps: str) -> None:
    project.pytester.makeconftest(STEPS.format(token=TOKEN))
    lines = "\n".join(f"    {keyword} {step}" for keyword, step in zip(("When", *["And"] * 9), steps, strict=False))
    project.feature(f"Feature: F\n  Scenario: S\n{lines}\n")
    project.run()


def test_an_exchange_stands_on_its_step_with_its_token_decoded(project: Project) -> None:
    ran(project, "she presents it")
    (result,) = project.load().results
    (exchange,) = result.steps[0].exchanges
    (token,) = exchange.tokens
    headers = dict(exchange.request_headers)
    assert (exchange.sender, exchange.receiver, exchange.method, exchange.status) == ("Browser", "API", "POST", 201)
    assert exchange.url == "https://api.test/me?access_token=token1"
    assert headers["authorization"] == "Bearer token1"
    assert exchange.request_body == f'{{"password":"{MASK}","token":"token1"}}' == exchange.response_body
    assert exchange.response_headers == (
        ("set-cookie", f"__Host-session={MASK}; Path=/; Secure"),
        ("set-cookie", "gone=; Max-Age=0"),
    )
    assert (token.name, token.text, token.length) == ("token1", f"{SIGNED}.…", len(TOKEN))
    assert (token.header, token.claims) == ({"alg": "EdDSA", "kid": "k1"}, {"sub": "ada"})
    assert exchange.seconds > 0


def test_half_a_surrogate_pair_in_a_claim_or_a_note_is_spelled_out(project: Project) -> None:
    token = f"{encoded({'alg': 'none'})}.{encoded({'sub': chr(0xD800)})}."
    steps = "from pytest_bdd import when\n@when('x')\ndef _(exchanges): exchanges.note('n', t={!r}, s=chr(0xD800))\n"
    project.pytester.makeconftest(steps.format(token))
    project.feature("Feature: F\n  Scenario: S\n    When x\n")
    project.run()
    (result,) = project.load().results
    assert result.tokens[0].claims == {"sub": "\\ud800"}
    assert result.steps[0].notes[0].facts == {"t": "token1", "s": "\\ud800"}


def test_a_note_stands_on_its_step(project: Project) -> None:
    ran(project, "she presents it")
    (note,) = project.load().results[0].steps[0].notes
    assert (note.kind, note.facts) == ("decision", {"reason": "fine", "seen": "token1", "count": 3})


def test_no_secret_and_no_signature_is_in_the_evidence(project: Project) -> None:
    ran(project, "she presents it", "she presents rubbish", "she presents her name", "it fails aloud")
    content = project.evidence.read_text()
    assert len(project.load().results[0].exchanges) == 3
    assert [word for word in ("hunter2", "s3cret-cookie", "aHVudGVyMg", SIGNATURE) if word in content] == []


def test_a_malformed_token_is_named_and_says_what_is_wrong(project: Project) -> None:
    ran(project, "she presents it", "she presents rubbish")
    exchange = project.load().results[0].steps[1].exchanges[0]
    assert dict(exchange.request_headers)["authorization"] == "Bearer token2"
    assert dict(exchange.request_headers)["cookie"] == f"a={MASK}; c=token1"
    assert exchange.request_body == "(1 bytes that are not text)"
    assert [(token.name, token.text, token.problem) for token in exchange.tokens] == [
        ("token1", f"{SIGNED}.…", None),
        ("token2", "rub.bish", "it is not 3 parts joined by dots"),
    ]


def test_an_exchange_of_a_fixture_stands_on_the_step_that_asked_for_it(project: Project) -> None:
    project.pytester.makeconftest(STEPS.format(token=TOKEN))
    project.feature("Feature: F\n  Scenario: S\n    Given she has presented it\n    When the line breaks\n")
    project.run()
    (result,) = project.load().results
    assert [[exchange.status for exchange in step.exchanges] for step in result.steps] == [[201], [None]]


def test_an_exchange_without_an_answer_is_recorded(project: Project) -> None:
    ran(project, "the line breaks")
    (exchange,) = project.load().results[0].exchanges
    assert (exchange.status, exchange.response_body) == (None, "")


def test_the_same_token_keeps_its_name_and_another_signature_is_another_token() -> None:
    names = TokenNames()
    found: list[str] = []
    assert names.replace(f"{TOKEN} {TOKEN}x, {TOKEN}", found) == "token1 token2, token1"
    assert found == ["token1", "token2"]


def test_names_that_look_like_tokens_are_left_alone() -> None:
    text = "www.example.org e2e.test.local eyes.on.you 1.2.3 ey.a.b"
    assert TokenNames().replace(text) == text


def test_what_does_not_decode_is_said_not_raised() -> None:
    deep = base64.urlsafe_b64encode(b"[" * 9_000).decode()
    shown = [
        describe(token).get("problem") for token in ("e30.e30.", "!.e30.x", "e30.W10.x", f"e30.{deep}.x", "e30.9x.x")
    ]
    assert shown == [
        None,
        "the header does not decode",
        "the payload is not an object",
        "the payload does not decode",
        "the payload does not decode",
    ]
    assert describe("a" * 100)["text"] == "a" * 24 + "…"


def test_private_keys_are_hidden_and_public_ones_shown() -> None:
    key = {"keys": [{"kty": "OKP", "x": "public", "d": "private"}], "d": "no key"}
    assert json.loads(mask_body(json.dumps(key), str)) == {
        "keys": [{"kty": "OKP", "x": "public", "d": MASK}],
        "d": "no key",
    }


def test_cookies_keep_their_names_and_attributes() -> None:
    assert mask_cookies("a=b; empty=; t=token1") == f"a={MASK}; empty=; t=token1"
    assert mask_set_cookie("a=b; Path=/; HttpOnly") == f"a={MASK}; Path=/; HttpOnly"


def test_a_body_without_secrets_is_kept_as_it_was_sent() -> None:
    assert mask_body('{ "code" : "token_invalid" }', str) == '{ "code" : "token_invalid" }'


def test_forms_and_broken_json_hide_their_passwords() -> None:
    assert mask_fields("email=a&password=b&new_password=c") == f"email=a&password={MASK}&new_password={MASK}"
    assert mask_body('{"password": "b", "open": ', str) == f'{{"password": "{MASK}", "open": '


def test_a_long_body_is_cut_and_says_so() -> None:
    shown = cut("x" * (LONGEST_BODY + 1), LONGEST_BODY)
    assert shown.endswith(f"… (cut; {LONGEST_BODY + 1} characters in all)")
    assert len(shown) < LONGEST_BODY + 60


SECRETS = st.text(min_size=6, max_size=20, alphabet=st.characters(categories=["Lu", "Nd"]))
PLAIN = st.text(max_size=5, alphabet='abc.é"\\')
NESTED = st.recursive(PLAIN | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(PLAIN, inner))


@settings(max_examples=60, deadline=None)
@given(secret=SECRETS, around=NESTED, name=st.sampled_from(["password", "newPassword", "client_secret", "token"]))
def test_a_secret_never_survives_a_json_body(secret: str, around: object, name: str) -> None:
    assume(secret not in json.dumps(around))  # or it would be no secret
    body = json.dumps({"around": around, "inner": [{name: secret}], name: {"deep": secret}})
    assert secret not in mask_body(body, TokenNames().replace).replace(MASK, "")
