"""The comment of a review, written to a stand-in of GitHub's interface on the loopback."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = Path(__file__).parents[2] / ".ci/comment.py"
HEAD = "a" * 40
MARK = "<!-- watchword review -->"
PASS = "secret"


@dataclass
class Forge:
    """A repository with one pull request and its comments."""

    address: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def say(self, kind: str, body: str) -> None:
        """Let somebody comment."""
        self.comments.append({"id": len(self.comments) + 1, "user": {"type": kind}, "body": body})

    def answer(self, method: str, path: str, body: dict[str, str]) -> Any:  # noqa: ANN401 -- JSON
        """Answer as GitHub's interface does."""
        self.asked.append(f"{method} {path}")
        place, _, query = path.partition("?")
        if place == "/repos/o/r/pulls/7":
            return {"head": {"sha": HEAD}}
        if method == "GET":
            page = int(query.rpartition("=")[2]) - 1
            return self.comments[page * 100 : page * 100 + 100]
        if method == "POST":
            self.say("Bot", body["body"])
        else:
            self.comments[int(place.rpartition("/")[2]) - 1]["body"] = body["body"]
        return {}


@pytest.fixture
def forge() -> Iterator[Forge]:
    """Serve a forge."""
    forge = Forge()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length) or b"{}")
            answer = json.dumps(forge.answer(self.command, self.path, body)).encode()
            self.send_response(200 if self.headers["Authorization"] == f"Bearer {PASS}" else 401)
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_PATCH = do_GET  # noqa: N815 -- the base class names them so

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        forge.address = f"http://127.0.0.1:{server.server_port}"
        yield forge
        server.shutdown()
        thread.join()


def write(forge: Forge, review: Path, *, number: str = "7", head: str = HEAD, bearer: str = PASS) -> str:
    review.mkdir(exist_ok=True)
    (review / "number").write_text(f"{number}\n")
    (review / "comment.md").write_text("### What changes\n")
    settings = {"REVIEW": str(review), "HEAD_SHA": head, "GITHUB_TOKEN": bearer, "GITHUB_REPOSITORY": "o/r"}
    command = [sys.executable, str(SCRIPT)]
    environment = {**settings, "GITHUB_API_URL": forge.address}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.stdout or done.stderr


def test_the_first_review_is_a_new_comment_and_the_next_replaces_it(forge: Forge, tmp_path: Path) -> None:
    forge.say("User", "looks good")
    assert write(forge, tmp_path) == "The review is a new comment of pull request 7.\n"
    assert write(forge, tmp_path) == "The review replaces the last one of pull request 7.\n"
    assert [each["body"] for each in forge.comments] == ["looks good", f"{MARK}\n### What changes\n"]


def test_a_comment_is_found_behind_a_hundred_others(forge: Forge, tmp_path: Path) -> None:
    for _ in range(130):
        forge.say("User", "me too")
    forge.say("Bot", f"{MARK}\nold")
    write(forge, tmp_path)
    assert (len(forge.comments), forge.comments[-1]["body"]) == (131, f"{MARK}\n### What changes\n")


def test_a_comment_that_a_person_wrote_is_never_replaced(forge: Forge, tmp_path: Path) -> None:
    forge.say("User", f"{MARK}\nmine")
    write(forge, tmp_path)
    assert [each["body"].partition("\n")[2] for each in forge.comments] == ["mine", "### What changes\n"]


def test_a_number_is_believed_only_if_its_head_is_the_one_that_ran(forge: Forge, tmp_path: Path) -> None:
    said = write(forge, tmp_path, head="b" * 40)
    assert said == "Nothing is written: pull request 7 is at aaaaaaaaaa by now, the review is of bbbbbbbbbb.\n"
    assert forge.asked == ["GET /repos/o/r/pulls/7"]


@pytest.mark.parametrize(
    ("number", "bearer", "said"),
    [
        ("7/../8", PASS, "number is '7/../8', which is no pull request\n"),
        ("7", "wrong", "GET pulls/7: HTTP Error 401: Unauthorized — the comment is not written\n"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(
    forge: Forge, tmp_path: Path, number: str, bearer: str, said: str
) -> None:
    assert write(forge, tmp_path, number=number, bearer=bearer).endswith(said)
    assert forge.comments == []
