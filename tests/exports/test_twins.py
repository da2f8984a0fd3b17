from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watchword.exports.from_html import page_twin
from watchword.exports.twins import feature_twin, twin, twin_path

if TYPE_CHECKING:
    from watchword.book import Book

TABS = """<div class="tabbed-set"><div class="tabbed-labels"><label>one</label><label>two</label></div>
<div class="tabbed-content"><div class="tabbed-block"><p>1</p></div><div class="tabbed-block"><p>2</p></div></div>
</div>"""


def _lines(book: Book, place: int) -> list[str]:
    return feature_twin(book, book.specification.features[place]).splitlines()


def test_a_feature_reads_as_its_scenarios(book: Book) -> None:
    lines = _lines(book, 1)
    start = lines.index("### Scenario: A coin opens a locked gate (✓ passed)")
    shown = [line for line in lines[start : start + 9] if line]
    assert shown[1:6] == [
        "```gherkin",
        "Given the gate is locked",
        "When a visitor does coin",
        "Then the gate opens and is unlocked",
        "```",
    ]
    assert shown[6].startswith("Recorded: POST /coin → 200 OK (")


def test_rules_carry_their_tags_and_sources(book: Book) -> None:
    lines = _lines(book, 1)
    rule = lines.index("## Rule: A coin opens the gate")
    assert lines[rule + 2].startswith("GTE-01, MUST, [RFC 7519 §4.1.4](https://www.rfc-editor.org/rfc/rfc7519#section-")
    assert lines[rule + 4] == "Money first."


def test_what_is_not_green_says_why(book: Book) -> None:
    lines = _lines(book, 1)
    failed = lines.index("“A button does not open the gate” failed at “Then the gate stays shut and is locked”:")
    assert lines[failed + 2 : failed + 4] == ["```", "AssertionError: the gate <b>did not</b> do as `told`"]
    skipped = lines.index("“The gate is out of order” skipped at “Given nobody is on duty”:")
    assert "nobody is on duty" in lines[skipped + 3]


def test_a_row_carries_its_verdict_and_what_was_recorded(book: Book) -> None:
    row = next(line for line in _lines(book, 0) if line.startswith("| ✗ failed"))
    assert row.startswith("| ✗ failed | greedy | unlocked | coin | opens | locked | POST /coin → 200 OK (")


def test_what_did_not_run_is_not_passed(partial: Book) -> None:
    lines = _lines(partial, 1)
    assert "### Scenario: A coin opens a locked gate (? not run)" in lines
    assert "The run did not reach it." in lines
    assert not any("✓" in line for line in lines)


def test_code_in_a_step_cannot_end_its_block(book: Book) -> None:
    lines = _lines(book, 1)
    opening = next(place for place, line in enumerate(lines) if line == "````gherkin")
    assert lines.index("````", opening) > lines.index("  ```watchword", opening)


def test_markup_in_a_name_is_only_text(book: Book) -> None:
    heading = next(line for line in _lines(book, 1) if line.startswith("### Scenario: The sign says"))
    assert r"\<script>alert(\"1; #2\")".replace('\\"', '"') in heading
    assert r"\[link\](x)" in heading


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<h1 id="a">Keys<a class="headerlink" href="#a">¶</a></h1><p>One.</p>', "# Keys\n\nOne.\n"),
        ('<p>See <a href="../flow/">the <em>flow</em></a>.</p>', "See [the *flow*](../flow/).\n"),
        (
            '<figure><pre class="diagram"><code>flowchart TB\n  a["x#160;y"]</code></pre></figure>',
            '```mermaid\nflowchart TB\n  a["x y"]\n```\n',
        ),
        (
            '<div class="language-sh highlight"><pre><code>make <span class="n">test</span>\n</code></pre></div>',
            "```sh\nmake test\n```\n",
        ),
        ("<pre>a &lt; <b>b</b></pre>", "```\na < b\n```\n"),
        ("<details><summary>More <span>2</span></summary><p>Told.</p></details>", "**More 2**\n\nTold.\n"),
        ("<table><tr><th>a</th></tr><tr><td>b<br>c|d</td></tr></table>", "| a |\n| --- |\n| b; c\\|d |\n"),
        (
            TABS,
            "**one**\n\n1\n\n**two**\n\n2\n",
        ),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert page_twin(html) == markdown


def test_only_a_features_page_is_written_from_the_book(book: Book) -> None:
    feature = book.specification.features[0]
    assert twin(book, "specification/gate/states.md", "<h1>x</h1>") == feature_twin(book, feature)
    assert twin(book, "index.md", "<h1>x</h1>") == twin(None, "specification/gate/states.md", "<h1>x</h1>") == "# x\n"


@pytest.mark.parametrize(
    ("page", "at"), [("a/index.html", "a/index.md"), ("index.html", "index.md"), ("a.html", "a.html.md")]
)
def test_a_twin_lies_beside_its_page(page: str, at: str) -> None:
    assert twin_path(page) == at
