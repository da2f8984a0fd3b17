"""`watchword check issuer`, as a shell sees it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from conformance.issuer_check import no_session
from steps.targets.messages import Answer
from steps.vocabulary import GRANTED
from tests.conformance.shell import check, check_faults, server

if TYPE_CHECKING:
    from pathlib import Path

ISSUER = f"{sys.executable} -m tests.conformance.issuer_server '{{id}}' {{{{port}}}}"


def reference(id_: str = "") -> list[str]:
    return ["--start", ISSUER.format(id=id_), "--paths", "reference"]


def test_the_reference_conforms_in_full_also_at_level_should(tmp_path: Path) -> None:
    data = tmp_path / "run.json"
    done = check("issuer", *reference(), "--level", "should", "--json", data)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "CONFORMS at level SHOULD" in done.stdout
    totals = json.loads(data.read_text(encoding="utf-8"))["totals"]
    assert (totals["passed"] > 190, totals.get("failed", 0)) == (True, 0), totals


def test_who_guesses_at_another_s_account_uses_it_up_for_the_scenarios_that_follow() -> None:
    done = check("issuer", *reference(), "--only", "ACC-05", "--only", "SES-04")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_each_fault_of_a_broken_issuer_is_told(tmp_path: Path) -> None:
    faults = {
        "cookie-read-by-script": "CKY-02",
        "origin-compared-by-its-beginning": "CKY-12",
        "forms-read": "CKY-15",
        "credential-read-from-the-query": "RFR-14",
        "sign-out-clears-the-cookie-alone": "RFR-11",
        "name-in-the-account-id": "HYG-08",
    }
    done, told = check_faults("issuer", reference(",".join(faults)), faults.values(), tmp_path)
    assert (done.returncode, told) == (1, {*faults.values()}), done.stdout[-3000:] + done.stderr[-1000:]
    assert "curl -i -X POST" in done.stdout


@pytest.mark.parametrize("kind", ["refuses-all", "grants-all"])
def test_a_server_that_looks_at_nothing_fails(kind: str) -> None:
    done = check("issuer", *server(kind), "--paths", "reference")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "a person signs up" in done.stderr


@pytest.mark.parametrize(
    ("kind", "code", "sentence"),
    [("is-elsewhere", 2, "is --paths right?"), ("resets", 3, "never answered")],
)
def test_a_server_without_a_verdict_is_told_in_one_sentence(kind: str, code: int, sentence: str) -> None:
    done = check("issuer", *server(kind))
    assert (done.returncode, sentence in done.stderr) == (code, True), done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("cookie", "end"),
    [
        ("__Host-session=a; Path=/", '; "__Host-session" was set, as with --paths reference or nextjs-better-auth'),
        ("theme=dark; Path=/", "is --paths right?"),
    ],
)
def test_the_cookie_that_was_set_tells_whose_paths_they_are(cookie: str, end: str) -> None:
    said = no_session("better-auth.session_token", Answer(GRANTED, 200, [("set-cookie", cookie)], {}, ""))
    assert said.endswith(end), said


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "say either --start COMMAND, to have the issuer started"),
        (["--url", "http://example.com/"], "--i-own-this-host example.com"),
        (["--url", "http://127.0.0.1:1", "--paths", "betterauth"], "--paths is 'betterauth'"),
        (["--url", "http://127.0.0.1:1", "--only", "RFR-99"], "is it RFR-"),
    ],
)
def test_a_bad_invocation_is_told_in_one_sentence(options: list[str], sentence: str, tmp_path: Path) -> None:
    done = check("issuer", *options, folder=tmp_path)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stdout + done.stderr
