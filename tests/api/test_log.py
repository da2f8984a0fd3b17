"""What the log keeps, and what it must never keep."""

import hashlib
import logging

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.api.log import QUERY_CUT, log_refusal
from reference_impl.api.refusals import Reason, Refusal
from tests.api.world import ISSUER, World, public_jwk


def test_a_refusal_is_logged_with_its_facts(world: World) -> None:
    answer = world.present(world.token(aud="x"))
    (record,) = world.records("token_refused")
    digest = hashlib.sha256(b"jti-1").hexdigest()[:16]
    expected = {"code": "token_invalid", "reason": Reason.AUDIENCE_WRONG, "kid": "key-1", "iss": ISSUER, "path": "/me"}
    assert expected.items() <= record.__dict__.items()
    assert record.__dict__["jti_digest"] == digest
    assert record.__dict__["trace_id"] == answer.json()["trace_id"]


def test_an_acceptance_is_logged_with_its_session(world: World) -> None:
    world.present(world.token())
    (record,) = world.records("token_accepted")
    assert {"sid": "sid-1", "kid": "key-1", "path": "/me"}.items() <= record.__dict__.items()


def test_no_part_of_a_token_is_logged(world: World) -> None:
    good, forged = world.token(), world.token()[:-4] + "AAAA"
    for token in [good, forged, world.token(aud="x")]:
        world.present(token)
        world.ask(url=f"/me?access_token={token}")
    logged = "".join(str(record.__dict__) for record in world.log.records if record.name == "reference_impl.api")
    assert not any(part in logged for token in (good, forged) for part in token.split("."))


@pytest.mark.parametrize("text", ["\r\nforged line", "\x1b[31m", "${jndi:ldap://x}", "\u202e", "x" * 1000])
def test_what_comes_from_outside_forges_no_line(world: World, text: str) -> None:
    world.present(world.token({"kid": text[:200]}, iss=text))
    world.ask(url="/" + "".join(f"%{byte:02x}" for byte in text.encode()))
    for record in world.log.records[-2:]:
        assert record.getMessage().isprintable()
        assert record.getMessage().isascii()
        assert "$" not in record.getMessage()
        assert len(record.getMessage()) < 1500


def test_an_unsigned_token_is_reported_as_an_attack(world: World) -> None:
    world.present(world.token({"alg": "none"}))
    (record,) = world.records("attack_suspected")
    assert record.levelno == logging.ERROR
    assert record.__dict__["reason"] == Reason.ALGORITHM_NOT_ALLOWED


def test_a_flood_of_unknown_keys_is_reported_with_the_key(world: World) -> None:
    for key_id in ("unknown-1", "unknown-2"):
        world.present(world.token({"kid": key_id}))
    (record,) = world.records("attack_suspected")
    assert (record.levelno, record.__dict__["kid"]) == (logging.ERROR, "unknown-2")


def test_the_keys_that_are_trusted_from_now_on_are_named(world: World, other_key: Ed25519PrivateKey) -> None:
    world.issuer.keys.append(public_jwk(other_key, "key-2"))
    world.present(world.token())
    (record,) = world.records("keys_refreshed")
    assert record.__dict__["kids"] == "key-1 key-2"


@pytest.mark.parametrize(
    ("url", "headers", "level", "event"),
    [
        ("/me", {}, logging.INFO, "token_refused"),
        ("/me", {"Authorization": "Basic x"}, logging.INFO, "token_refused"),
        ("/me", {"Authorization": "Bearer x"}, logging.WARNING, "token_refused"),
        ("/accounts/another", None, logging.WARNING, "access_denied"),
        ("/nothing", None, logging.WARNING, "request_refused"),
    ],
)
def test_a_refusal_is_as_loud_as_it_is_strange(
    world: World, url: str, headers: dict[str, str] | None, level: int, event: str
) -> None:
    world.ask(url=url, headers={"Authorization": f"Bearer {world.token()}"} if headers is None else headers)
    (record,) = world.records(event)
    assert record.levelno == level


def test_a_record_repeats_its_facts_in_its_text(world: World) -> None:
    world.present(world.token(aud="x"))
    (record,) = world.records("token_refused")
    facts = ("code", "reason", "trace_id", "path", "kid", "iss", "jti_digest")
    said = " ".join(f"{name}={record.__dict__[name]}" for name in facts)
    assert record.getMessage() == f"token_refused {said}"


def test_a_percent_sign_from_outside_is_no_format(world: World) -> None:
    world.present(world.token(iss="%s%d"))
    assert "iss=%25s%25d" in world.records("token_refused")[-1].getMessage()


def test_a_path_that_no_text_can_hold_is_logged_all_the_same(world: World) -> None:
    refusal = Refusal(Reason.CREDENTIALS_MISSING)
    world.app.state.policy  # noqa: B018 -- started, so that it logs
    log_refusal(refusal, path="/a b:\udcff", trace_id="0")
    assert world.records("token_refused")[-1].__dict__["path"] == "/a b:%3F"


@pytest.mark.parametrize("length", [8192, 8193])
def test_a_token_is_read_for_the_log_up_to_the_size_of_a_token(world: World, length: int) -> None:
    token = world.token()
    token += "A" * (length - len(token))
    log_refusal(Refusal(Reason.SIGNATURE_WRONG), path="/me", trace_id="0", token=token)
    assert ("kid" in world.records("token_refused")[-1].__dict__) == (length == 8192)


def test_a_token_of_too_many_segments_is_read_for_the_log_as_far_as_it_goes(world: World) -> None:
    log_refusal(Refusal(Reason.STRUCTURE_MALFORMED), path="/me", trace_id="0", token=world.token() + ".more")
    assert {"kid": "key-1", "iss": ISSUER}.items() <= world.records("token_refused")[-1].__dict__.items()


@pytest.mark.parametrize("name", ["uvicorn.access", "uvicorn.error"])
@pytest.mark.parametrize("path", ["/me", "/me?access_token=secret", "/me?access_token=secret?more", "/me?"])
def test_the_log_of_the_server_loses_the_query(world: World, name: str, path: str) -> None:
    logging.getLogger(name).removeFilter(QUERY_CUT)  # of an earlier API
    assert world.app.title
    with world.log.at_level(logging.INFO, name):
        logging.getLogger(name).info('%s - "%s %s" %d', "127.0.0.1:1", "GET", path, 401)
    assert world.log.messages == ['127.0.0.1:1 - "GET /me" 401']


def test_a_password_or_a_cookie_sent_here_is_not_logged(world: World) -> None:
    headers = {"Authorization": "Basic YWRhOmh1bnRlcjI=", "Cookie": "__Host-session=hunter2"}
    world.ask("POST", "/echo", headers=headers, json={"password": "hunter2"})
    assert "hunter2" not in (logged := "".join(str(r.__dict__) for r in world.log.records))
    assert "YWRhOmh1bnRlcjI" not in logged
