"""Every code that an answer can carry has its page, at the address that the answer gives as its type (ANS-01)."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference_impl.api.refusals import Code as ApiCode
from reference_impl.issuer.refusals import Code as IssuerCode

ANSWERS = Path(__file__).parents[2] / "docs" / "answers"
CODES = sorted({code.value for code in (*ApiCode, *IssuerCode)})


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_its_page_which_lists_what_ends_in_it(code: str) -> None:
    lines = (ANSWERS / f"{code}.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"# {code}"
    assert f"ending: '\"{code}\"'" in lines


def test_no_page_is_about_a_code_that_no_answer_carries() -> None:
    assert sorted(page.stem for page in ANSWERS.glob("*.md")) == sorted([*CODES, "index"])
