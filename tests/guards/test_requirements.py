"""Nothing the catalogue asks for is left unsaid; what each rule carries for it is lint's matter."""

from __future__ import annotations

from pathlib import Path

from watchword.account import account
from watchword.register import load
from watchword.specification import read

ROOT = Path(__file__).parents[2]


def test_every_requirement_is_specified_or_excluded_with_a_reason() -> None:
    problems = account(load(ROOT / "features/register.toml", ROOT), read(ROOT)).problems()
    assert not problems, "\n".join(problems)
