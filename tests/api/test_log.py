"""What the log keeps, and what it must never keep."""

import hashlib
import logging

import pytest

from reference_impl.api.refusals import Reason
from tests.api.world import ISSUER, World


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
    assert [record.levelno for record in world.records("attack_suspected")] == [logging.ERROR]


@pytest.mark.parametrize("name", ["uvicorn.access", "uvicorn.error"])
def test_the_log_of_the_server_loses_the_query(world: World, name: str) -> None:
    assert world.app.title
    with world.log.at_level(logging.INFO, name):
        logging.getLogger(name).info('%s - "%s %s" %d', "127.0.0.1:1", "GET", "/me?access_token=secret", 401)
    assert world.log.messages == ['127.0.0.1:1 - "GET /me" 401']


def test_a_password_or_a_cookie_sent_here_is_not_logged(world: World) -> None:
    headers = {"Authorization": "Basic YWRhOmh1bnRlcjI=", "Cookie": "__Host-session=hunter2"}
    world.ask("POST", "/echo", headers=headers, json={"password": "hunter2"})
    assert "hunter2" not in (logged := "".join(str(r.__dict__) for r in world.log.records))
    assert "YWRhOmh1bnRlcjI" not in logged
