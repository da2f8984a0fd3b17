"""`watchword check api`, as a shell sees it."""

from __future__ import annotations

import json
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conformance.shell import ROOT, check_faults, is_left, reference
from tests.conformance.shell import check as check_party
from tests.conformance.shell import server as start

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path


def check(*options: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return check_party("api", *options, folder=folder)


def server(kind: str) -> list[str]:
    return [*start(kind), "--path", "/me"]


def test_the_reference_conforms_in_full_also_at_level_should() -> None:
    done = check(*reference(), "--leeway", "30", "--level", "should")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "CONFORMS at level SHOULD" in done.stdout


def test_each_fault_of_a_broken_api_is_told(tmp_path: Path) -> None:
    faults = {
        "audience-compared-by-prefix": "AUD-03",
        "algorithm-defaulted": "ALG-04",
        "foreign-characters-skipped": "STR-05",
    }
    done, told = check_faults("api", reference(",".join(faults)), faults.values(), tmp_path)
    assert (done.returncode, told) == (1, {*faults.values()}), done.stdout[-3000:] + done.stderr[-1000:]
    assert "curl -i -X GET -H 'authorization: Bearer " in done.stdout


def test_what_only_this_house_asks_decides_at_its_own_level() -> None:
    options = [*reference("token-id-optional"), "--only", "JTI-01"]
    assert [check(*options, "--level", level).returncode for level in ("should", "policy")] == [0, 1]


@pytest.mark.parametrize("kind", ["refuses-all", "grants-all"])
def test_a_server_that_looks_at_no_token_fails(kind: str) -> None:
    done = check(*server(kind), "--only", "AUD-02")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "never asked for our keys" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("kind", "code", "sentence"),
    [
        ("html", 2, "answers a page of HTML"),
        ("redirects", 2, "redirects to /login"),
        ("is-elsewhere", 2, "is not there (404)"),
        ("resets", 3, "does it answer curl?"),
        ("streams", 3, "does not end within"),
        ("speaks-no-http", 3, "did not answer in HTTP"),
        ("never-listens", 3, "nobody listens on port"),
        ("exits", 3, "ended with code 9"),
    ],
)
def test_a_server_without_a_verdict_is_told_in_one_sentence(kind: str, code: int, sentence: str) -> None:
    done = check(*server(kind), "--only", "AUD-02", "--start-patience", "4")
    assert done.returncode == code, done.stdout + done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not is_left(f"servers.py\0{kind}")


def test_a_server_that_falls_over_fails_and_its_end_is_told() -> None:
    start = f"ENVIRONMENT=development {sys.executable} -m tests.conformance.dying_server 3 {{port}}"
    done = check("--start", start, "--path", "/me", "--only", "AUD-02")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "The API is gone: " in done.stdout
    assert "ended with code 9" in done.stdout
    assert "| out of memory" in done.stdout
    assert not is_left("dying_server")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--subject-pointer", "/user/id"], "names nobody at /user/id"),
        (["--defect-path", "/me"], "/me answered a good token with 200: that is no defect"),
    ],
)
def test_what_does_not_fit_the_api_is_told_at_once(options: list[str], sentence: str) -> None:
    done = check(*reference(), *options, "--only", "AUD-02")
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("algorithm", "token_type", "backend"),
    [
        ("ES256", "none", "ALGORITHM=ES256 TYPE=none node examples/backends/node_standard_library.mjs"),
        ("RS256", "JWT", "ALGORITHM=RS256 TYPE=JWT node examples/backends/node_standard_library.mjs"),
    ],
)
def test_another_algorithm_and_another_type_are_checked(algorithm: str, token_type: str, backend: str) -> None:
    options = ["--algorithm", algorithm, "--token-type", token_type, "--leeway", "0"]
    tags = ["--only", "SIG-01", "--only", "KEY-09", "--only", "TCF-01", "--only", "EXP-02"]
    done = check("--start", backend, "--path", "/me", *options, *tags)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "CONFORMS at level MUST" in done.stdout


def test_a_host_of_ones_own_is_checked_once_it_is_named() -> None:
    name = socket.gethostname()
    options = ["--url", f"http://{name}:1/me", "--issuer", "http://127.0.0.1:0", "--only", "AUD-02"]
    assert f"--i-own-this-host {name}" in check(*options).stderr
    done = check(*options, "--i-own-this-host", name)
    assert (done.returncode, "never answered" in done.stderr) == (3, True), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "say either --start COMMAND"),
        (["--start", "x", "--url", "http://127.0.0.1:1/"], "say either --start COMMAND"),
        (["--url", "http://127.0.0.1:1/"], "--url needs --issuer"),
        (["--url", "http://example.com/", "--issuer", "http://127.0.0.1:9"], "--i-own-this-host example.com"),
        (["--url", "ftp://127.0.0.1/", "--issuer", "http://127.0.0.1:9"], "is no http:// URL"),
        (["--start", "x", "--algorithm", "HS256"], "--algorithm is 'HS256'"),
        (["--start", "x", "--only", "AUD-2"], "is it AUD-02?"),
        (["--start", "x {prt}"], "--start holds {prt}, which means nothing"),
        (["--start", " "], "--start is empty"),
        (["--start", "x", "--expected-failures", "none.toml"], "none.toml: cannot be read"),
        (["--start", "x", "--path", "me"], "a path begins with a slash"),
        (["--strat", "x"], "No such option"),
    ],
)
def test_a_bad_invocation_is_told_in_one_sentence(options: list[str], sentence: str, tmp_path: Path) -> None:
    done = check(*options, folder=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[check]\npth = "/me"\n', "watchword.toml: pth is no key of a check"),
        ("[check\n", "watchword.toml is not TOML"),
        ("[check]\nleeway = 9000\n", "watchword.toml: leeway is 9000"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "watchword.toml").write_text(text, encoding="utf-8")
    done = check("--start", "x", folder=tmp_path)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr


def test_a_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        issuer = f"http://127.0.0.1:{taken.getsockname()[1]}"
        done = check("--url", "http://127.0.0.1:1/me", "--issuer", issuer)
    assert done.returncode == 2
    assert f"nobody can listen at {issuer}" in done.stderr


def test_an_expected_failure_is_excused_and_a_stale_one_is_not(tmp_path: Path) -> None:
    listed = tmp_path / "expected.toml"
    id_ = "verification/algorithm#a-token-without-an-algorithm-is-refused"
    listed.write_text(f'[[failure]]\nid = "{id_}"\nreason = "the gateway checks it"\n', encoding="utf-8")
    broken = check(*reference("algorithm-defaulted"), "--only", "ALG-04", "--expected-failures", listed)
    assert (broken.returncode, "1 expected to fail" in broken.stdout) == (0, True), broken.stdout
    sound = check(*reference(), "--only", "ALG-04", "--expected-failures", listed)
    assert (sound.returncode, f"STALE: {id_}" in sound.stdout) == (1, True), sound.stdout


def test_a_run_is_written_as_page_junit_and_json(tmp_path: Path) -> None:
    page, junit, data = tmp_path / "page", tmp_path / "junit.xml", tmp_path / "run.json"
    done = check(
        *reference("audience-optional"), "--only", "AUD-01", "--report", page, "--junit", junit, "--json", data
    )
    assert done.returncode == 1
    document = json.loads(data.read_text(encoding="utf-8"))
    failed, *_ = [row for row in document["outcomes"] if row["decides"]]
    assert (failed["requirements"], failed["received"][0]) == (["AUD-01"], "200 OK")
    assert "curl -i -X GET" in junit.read_text(encoding="utf-8").partition("<failure ")[2]
    text = (page / "index.html").read_text(encoding="utf-8")
    assert "A token that names no audience is refused" in text
    assert "<script" not in text
