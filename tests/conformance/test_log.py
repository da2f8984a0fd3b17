"""The log of a foreign API: what stands in it that must not, and which events it holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from steps.drafts import encode_segment
from steps.targets.remote_log import RemoteLog
from steps.targets.unseen import NotObserved

if TYPE_CHECKING:
    from pathlib import Path

SIGNATURE = "s" * 86


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "api.log"
    path.write_text("a line of before\n", encoding="utf-8")
    return path


def token(**header: str) -> str:
    return f"{encode_segment(json.dumps(header).encode())}.{encode_segment(b'{}')}.{SIGNATURE}"


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text)


@pytest.mark.parametrize("line", [f"Bearer {token()}", f"token=…{SIGNATURE}", f'{{"headers": "b\'{SIGNATURE}\'"}}'])
def test_a_token_that_was_let_in_is_found_in_any_line_of_the_run(path: Path, line: str) -> None:
    log = RemoteLog(path, holds_events=False)
    log.let_in(token())
    add(path, f"{line}\nanother line\n")
    log.begin(with_all_before=True)
    assert log.leaks([]) == [line]


def test_a_secret_of_a_scenario_is_looked_for_in_its_own_lines(path: Path) -> None:
    log = RemoteLog(path, holds_events=False)
    add(path, "the password of before\n")
    log.begin(with_all_before=False)
    add(path, "password=secret\nnothing\n")
    assert log.leaks(["secret", "the password"]) == ["password=secret"]


@pytest.mark.parametrize("said", ["a\r\n2026-01-01 token_accepted", "\x1b[2Jnothing to see", "\x7f\x85forged"])
def test_what_a_token_says_breaks_a_line_where_it_stands_as_it_came(path: Path, said: str) -> None:
    log = RemoteLog(path, holds_events=False)
    log.listen()
    add(path, f"refused {json.dumps(said)}\n")
    assert log.broken_by(token(kid=said)) == []
    add(path, f"refused {said}\n")
    assert log.broken_by(token(kid=said)) != []


@pytest.mark.parametrize(
    "line",
    [
        "token_refused code=token_invalid reason=audience_wrong path=/a b",
        "WARNING:reference_impl.api:token_refused code=token_invalid reason=audience_wrong path=/a b",
        '{"level": 40, "event": "token_refused", "reason": "audience_wrong", "path": "/a b", "msg": "no"}',
    ],
)
def test_an_event_is_read_from_text_and_from_json(path: Path, line: str) -> None:
    log = RemoteLog(path, holds_events=True)
    log.listen()
    add(path, f"GET /me 401\n{line}\n")
    (record,) = log.records
    assert (record.event, record.path, log.reason()) == ("token_refused", "/a b", "audience_wrong")  # type: ignore[attr-defined]


def test_a_log_that_is_begun_anew_is_read_from_its_beginning(path: Path) -> None:
    log = RemoteLog(path, holds_events=True)
    log.listen()
    path.write_text("e r=1\n", encoding="utf-8")
    assert [record.getMessage() for record in log.records] == ["e r=1"]


def test_a_log_that_nobody_knows_is_not_observed() -> None:
    log = RemoteLog(None, holds_events=True)
    for look in (log.reason, lambda: log.leaks(["x"]), lambda: log.broken_by(token())):
        with pytest.raises(NotObserved, match="--log names its file"):
            look()


def test_a_log_of_other_events_gives_no_reason(path: Path) -> None:
    log = RemoteLog(path, holds_events=False)
    add(path, "token_refused reason=audience_wrong\n")
    with pytest.raises(NotObserved, match="--events says"):
        log.reason()


def test_a_call_of_which_nothing_was_logged_is_not_observed(path: Path) -> None:
    log = RemoteLog(path, holds_events=True)
    log.listen()
    with pytest.raises(NotObserved, match="no event was logged about this call"):
        log.reason()
