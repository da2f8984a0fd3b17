"""A file of settings or of accepted failures that is wrong is told in one sentence, before anything is started."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from conformance.errors import BadInvocation
from conformance.expected import read_expected
from conformance.settings import ApiSettings, settle

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = ["area/feature#a-scenario", "area/feature#another"]
ROW = '[[failure]]\nid = "area/feature#a-scenario"\n'


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("watchword.toml", "[chekc]\n", "watchword.toml: chekc stands where only [check] and [check-issuer] may"),
        ("watchword.toml", 'start = "x"\n', "start stands where only"),
        ("watchword.toml", "check = 3\n", "watchword.toml: check is 3, and has to be a table"),
        ("pyproject.toml", "[tool]\nwatchword = 3\n", "pyproject.toml [tool.watchword]: watchword is 3"),
    ],
)
def test_a_table_at_the_wrong_place_is_told(name: str, text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInvocation) as caught:
        settle({"start": "x"}, tmp_path, ApiSettings)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ROW, "failure 1, reason: it is missing"),
        (ROW + 'reason = ""\n', "failure 1, reason: it is too short"),
        (ROW + 'reason = "known"\nuntil = 2\n', "failure 1, until: there is no such key"),
        ((ROW + 'reason = "known"\n') * 2, "is named 2 times"),
        (ROW + 'reason = "known"\nreview = 2020-01-01\n', "was to be reviewed by 2020-01-01"),
        ('[[failures]]\nid = "x"\n', "failures: there is no such key"),
        ('[failure]\nid = "x"\n', "failure: it is no list"),
        ('[[failure]]\nid = "area/feature#a-scenari"\nreason = "known"\n', "is it area/feature#a-scenario?"),
    ],
)
def test_a_list_that_is_wrong_is_told(text: str, sentence: str, tmp_path: Path) -> None:
    listed = tmp_path / "expected.toml"
    listed.write_text(text, encoding="utf-8")
    with pytest.raises(BadInvocation) as caught:
        read_expected(listed, KNOWN, today=dt.date(2026, 11, 28))
    assert sentence in str(caught.value)
