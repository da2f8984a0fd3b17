"""Write a review as one comment of its pull request, which later reviews replace.

Everything below REVIEW came out of a job that ran foreign code: it is a text to pass on, and the number in it is
believed only if that pull request's head is the commit the job ran for. Needs nothing but Python.
"""  # noqa: INP001 -- a program, not a module

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

MARK = "<!-- watchword review -->"
LONGEST = 65_000
PAGE = 100
MOST_PAGES = 20


class CommentError(Exception):
    """The comment cannot be written."""


def main() -> None:
    """Write the comment, or say in one sentence why not."""
    try:
        sys.stdout.write(f"{comment(Path(os.environ['REVIEW']), os.environ['HEAD_SHA'])}\n")
    except KeyError as error:
        sys.exit(f"{error.args[0]} is not set — see .github/workflows/comment.yml")
    except CommentError as error:
        sys.exit(str(error))


def comment(review: Path, head: str) -> str:
    """Write the comment and say what was done."""
    number, text = _read(review)
    found = _ask("GET", f"pulls/{number}")["head"]["sha"]
    if found != head:
        return f"Nothing is written: pull request {number} is at {found[:10]} by now, the review is of {head[:10]}."
    body = {"body": f"{MARK}\n{text[:LONGEST]}"}
    mine = _mine(number)
    if mine is None:
        _ask("POST", f"issues/{number}/comments", body)
        return f"The review is a new comment of pull request {number}."
    _ask("PATCH", f"issues/comments/{mine}", body)
    return f"The review replaces the last one of pull request {number}."


def _read(review: Path) -> tuple[int, str]:
    try:
        number = (review / "number").read_text(encoding="ascii").strip()
        text = (review / "comment.md").read_text(encoding="utf-8", errors="replace")
    except (OSError, UnicodeDecodeError) as error:
        raise CommentError(f"{review} holds no review ({error})") from None
    if not number.isdecimal():
        raise CommentError(f"{review}/number is {number[:20]!r}, which is no pull request")
    return int(number), text


def _mine(number: int) -> int | None:
    for page in range(1, MOST_PAGES + 1):
        found = _ask("GET", f"issues/{number}/comments?per_page={PAGE}&page={page}")
        for each in found:
            if each["user"]["type"] == "Bot" and each["body"].startswith(MARK):
                return int(each["id"])
        if len(found) < PAGE:
            break
    return None


def _ask(method: str, path: str, body: dict[str, str] | None = None) -> Any:  # noqa: ANN401 -- whatever JSON it answers
    base, repository = os.environ["GITHUB_API_URL"], os.environ["GITHUB_REPOSITORY"]
    request = urllib.request.Request(  # noqa: S310 -- the runner's own address of the API
        f"{base}/repos/{repository}/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
            "Content-Type": "application/json",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- the same
            return json.load(answer)
    except (urllib.error.URLError, TimeoutError) as error:
        raise CommentError(f"{method} {path}: {error} — the comment is not written") from None


if __name__ == "__main__":
    main()
