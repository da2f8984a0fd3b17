"""What the page *Data* says is so: its files exist, and its commands do what it says."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import jq
import pytest

from tests.site.sample import ROOT
from watchword.exports import FILES, export
from watchword.exports.badge import badge_json
from watchword.exports.command import FORMATS
from watchword.exports.llms import LLMS

if TYPE_CHECKING:
    from watchword.book import Book

PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
ASKED = [shlex.split(command) for command in COMMANDS if command.startswith("jq ")]
ANSWERS = [
    ['{"passed":9,"failed":2,"skipped":1,"not run":0}'],
    [
        "features/gate/states.feature:18: A unlocked gate meets a coin by greedy",
        "features/gate/turnstile.feature:16: A button does not open the gate",
        "features/gate/turnstile.feature:21: The gate is out of order",
    ],
    ["GTE-01", "GTE-03"],
    ['["MUST",3,1]', '["policy",9,8]'],
]


def test_the_page_names_every_file_and_no_other() -> None:
    linked = re.findall(r'^<a href="\.\./([^"]+)">\1</a>$', PAGE, re.MULTILINE)
    assert sorted(linked) == sorted([*(file.name for file in FILES.values()), LLMS])


@pytest.mark.parametrize(("asked", "answer"), [*zip(ASKED, ANSWERS, strict=True)])
def test_each_question_is_answered(book: Book, asked: list[str], answer: list[str]) -> None:
    _, option, program, file = asked
    assert file == FILES["results"].name
    found = jq.compile(program).input_text(export(book, "results")).all()
    is_raw = option == "--raw-output"
    assert [each if is_raw else json.dumps(each, separators=(",", ":")) for each in found] == answer


def test_each_format_that_is_exported_there_exists() -> None:
    exported = [shlex.split(line) for line in COMMANDS if line.startswith("watchword export")]
    assert [(words[2], words[4]) for words in exported] == [
        (format_, FILES[format_].name) for format_ in ("results", "junit", "messages")
    ]
    assert set(FILES) < set(FORMATS)


def test_the_badge_is_asked_of_the_file_that_is_written(book: Book) -> None:
    assert f"%2F{FILES['badge'].name})" in PAGE
    assert json.loads(badge_json(book))["label"] == "specification"


def test_the_formatter_named_there_is_the_one_tested() -> None:
    command = next(shlex.split(line) for line in COMMANDS if line.startswith("node "))
    assert (ROOT / command[1]).is_file()
    assert command[2] == FILES["messages"].name
