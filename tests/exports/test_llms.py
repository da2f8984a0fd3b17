from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from watchword.exports.files import FILES
from watchword.exports.llms import Listed, about, features_listed, gist, llms_txt

if TYPE_CHECKING:
    from watchword.book import Book

# Source: https://llmstxt.org, "Format": a heading, a summary in a quotation, sections of nothing but links.
TITLE, SUMMARY = re.compile(r"# \S.*"), re.compile(r"> \S.*")
SECTION = re.compile(r"## \S.*\n\n(?:- \[[^\]]+\]\([^)]+\)(?:: .+)?\n)+")


def _is_well_formed(text: str) -> bool:
    head, *sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    title, summary, *_ = head.split("\n\n")
    return bool(
        TITLE.fullmatch(title)
        and SUMMARY.fullmatch(summary)
        and sections
        and all(SECTION.fullmatch(f"{section.rstrip()}\n") for section in sections)
    )


def test_the_list_has_the_form_that_llmstxt_asks_for(book: Book) -> None:
    assert _is_well_formed(llms_txt("Gates", "How a gate opens", features_listed(book), "https://gates.example"))


@pytest.mark.parametrize(("right", "wrong"), [("# Gates", "Gates"), ("> How", "How"), ("- [", "* ["), ("](", "] (")])
def test_another_form_is_noticed(book: Book, right: str, wrong: str) -> None:
    text = llms_txt("Gates", "How a gate opens", features_listed(book), "https://gates.example")
    assert not _is_well_formed(text.replace(right, wrong))


def test_a_feature_is_listed_with_what_it_says_and_how_it_ended(book: Book) -> None:
    text = llms_txt("Gates", "How a gate opens", features_listed(book), "https://gates.example")
    twin = "https://gates.example/specification/gate/turnstile/index.md"
    about_it = "It opens for a *coin*, and closes behind whoever goes through."
    assert f"- [The turnstile]({twin}): {about_it} (1 failed, 1 skipped, 3 passed)\n" in text


def test_pages_of_one_section_stand_together() -> None:
    pages = [Listed("Pages", "a", "a.md", ""), Listed("More", "b", "b.md", ""), Listed("Pages", "c", "c.md", "See")]
    text = llms_txt("T", "S", pages)
    assert "## Pages\n\n- [a](a.md)\n- [c](c.md): See\n\n## More\n\n- [b](b.md)\n\n## Data\n" in text
    assert text.count("\n- [") == 3 + len(FILES)


@pytest.mark.parametrize(
    ("twin", "line"),
    [
        ("# Keys\n\nSigned by\none [key](k/).\n\nMore.", "Signed by one key."),
        ("# Keys\n\n| a |\n| - |\n\n```sh\nx\n```\n\nAt last.", "At last."),
        ("# Keys\n", ""),
        ("A sentence of its own. " + "word " * 60, "A sentence of its own."),
        ("word " * 60, "word " * 40 + "…"),
    ],
)
def test_the_gist_is_the_first_sentence_of_prose(twin: str, line: str) -> None:
    assert gist(twin) == line


def test_a_feature_is_not_told_by_its_first_paragraph(book: Book) -> None:
    assert about(book, "specification/gate/states.md", "# x\n\nOther.").startswith("Every event has an answer in every")
    assert about(book, "index.md", "# x\n\nOther.") == "Other."
