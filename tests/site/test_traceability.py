"""Each requirement leads to its sources, to the rules that state it and to their verdict, or to why there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.site.sample import mkdocs
from watchword.book import Book, FenceError, resolve
from watchword.book.source_pages import source_pages

if TYPE_CHECKING:
    from pathlib import Path


def _shown(book: Book, line: str) -> str:
    return resolve(f"```watchword\n{line}\n```\n", book, page="guide/page.md")


def _row(text: str, id_: str) -> str:
    return next(line for line in text.splitlines() if f'id="{id_}"' in line)


def test_a_requirement_shows_what_it_asks_and_of_what_level(book: Book) -> None:
    row = _row(_shown(book, "requirements: all"), "GTE-01")
    assert "A coin, <code>a&#124;b</code> or &#42;c&#42;<br>→ the gate opens" in row
    assert '<strong class="ww-facet">MUST</strong> <span class="ww-aside ww-facet">api</span>' in row
    assert "<small>the source says <code>may</code></small>" in row


def test_a_source_leads_to_its_section_as_far_as_one_is_known(book: Book) -> None:
    row = _row(_shown(book, "requirements: all"), "GTE-01")
    assert "[RFC 7519 §4.1.4](https://www.rfc-editor.org/rfc/rfc7519.html#section-4.1.4)" in row
    assert "[ASVS 9.2.3](https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x18-V9-Self-contained-Tokens.md)" in row
    assert "[Gates on-coins](https://gates.example/)" in row


@pytest.mark.parametrize(("id_", "verdict"), [("GTE-01", "failed"), ("GTE-02", "passed")])
def test_a_requirement_shows_the_verdict_of_its_rules(book: Book, id_: str, verdict: str) -> None:
    assert f'aria-label="{verdict}"' in _row(_shown(book, "requirements: gate"), id_)


def test_a_requirement_leads_to_its_rules_from_where_it_is_printed(book: Book) -> None:
    row = _row(_shown(book, "requirements: all"), "GTE-01")
    assert "[A coin opens the gate](../specification/gate/turnstile.md#rule-a-coin-opens-the-gate)" in row


def test_an_area_has_its_heading_and_its_count(book: Book) -> None:
    text = _shown(book, "requirements: all")
    assert "### The &lt;sign&gt; { #the-sign }" in text
    assert "2 requirements: 2 stated by rules.\n" in text
    assert "2 requirements: 0 stated by rules, 1 excluded, 1 not accounted for.\n" in text


def test_a_requirement_without_a_rule_says_so(book: Book) -> None:
    assert "no rule yet" in _row(_shown(book, "requirements: the <sign>"), "GTE-05")


def test_an_excluded_requirement_stands_apart_with_its_reason(book: Book) -> None:
    assert "GTE-04" not in _shown(book, "requirements: all")
    excluded = _shown(book, "requirements: excluded")
    assert "This gate has &#42;no&#42; sign that could fall." in _row(excluded, "GTE-04")
    assert "GTE-05" not in excluded


def test_an_account_counts_what_is_stated_what_passed_and_what_is_excluded(book: Book) -> None:
    assert "4 requirements: 2 stated by rules, 1 excluded, 1 not accounted for." in _shown(book, "account: all")
    assert "✗ 1 of 2 passed" in _shown(book, "account: all")
    levels = _shown(book, "account: level")
    assert "| MUST | 1 of 1 | 0 | 0 |" in levels
    assert "| SHOULD | 0 of 2 | 0 | 1 |" in levels
    assert "| policy | 1 of 1 | 1 | 0 |" in levels


def test_a_document_is_counted_with_the_edition_that_was_read(book: Book) -> None:
    row = "| [RFC 7519](../sources/rfc7519.md)<br>JSON Web Token (JWT) | 1 of 3 | 0 | 1 | RFC text |"
    assert row in _shown(book, "account: document")


def test_a_document_has_a_page_with_its_sections_and_what_states_them(book: Book) -> None:
    page = next(text for path, title, text in source_pages(book) if (path, title) == ("sources/rfc7519.md", "RFC 7519"))
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert headings == ["## RFC 7519 §4.1.4 { #section-4-1-4 }", "## RFC 7519 §11 { #section-11 }"]
    assert "[A coin opens the gate](../specification/gate/turnstile.md#rule-a-coin-opens-the-gate)" in page
    assert "This gate has &#42;no&#42; sign that could fall." in page


def test_without_a_register_there_are_no_such_pages(book: Book) -> None:
    assert [*source_pages(replace(book, register=None))] == []


@pytest.mark.parametrize("line", ["requirements: all", "account: level"])
def test_without_a_register_the_fence_says_what_to_write(book: Book, line: str) -> None:
    with pytest.raises(FenceError, match=r"page\.md:1: there is no register of requirements; write features/register"):
        _shown(replace(book, register=None), line)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_register_is_the_one_that_the_plugin_is_told_of(project: Path) -> None:
    (project / "features" / "register.toml").rename(project / "requirements.toml")
    _append(project / "docs" / "index.md", "\n```watchword\naccount: all\n```\n")
    assert "there is no register of requirements" in mkdocs(project, "build", "--strict").stderr
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    told = settings.replace("    engine:", "    register: requirements.toml\n    engine:")
    (project / "mkdocs.yml").write_text(told, encoding="utf-8")
    built = mkdocs(project, "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert "4 requirements: 2 stated by rules" in (project / "site" / "index.html").read_text(encoding="utf-8")


def test_a_register_that_cannot_be_read_fails_the_build_in_one_message(project: Path) -> None:
    _append(project / "features" / "register.toml", "level = [\n")
    built = mkdocs(project, "build", "--strict")
    assert built.returncode != 0
    assert "features/register.toml: is not TOML" in built.stderr
    assert "Traceback" not in built.stderr
