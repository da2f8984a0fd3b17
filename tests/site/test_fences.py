"""A fence shows what it names, and an error says where it stands and what was meant."""

from __future__ import annotations

import pytest
from markdown import Markdown  # type: ignore[import-untyped]  # it comes without types

from watchword.book import Book, FenceError, resolve

KINDS = (
    "table, diagram, scenario, results, sequence, exchange, token, states, coverage, examples, rules, ending, "
    "requirements, account, dictionary, difference, listing, pictures"
)


def _page(line: str) -> str:
    return f"# A page\n\n```watchword\n{line}\n```\n"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("results: all", "of 12 scenarios"),
        ("results: gate", "of 12 scenarios"),
        ('table: "The tariffs"', "| single | 1 &#124; coin |"),
        ("scenario: a coin  opens a LOCKED gate", "✓ passed"),
        ("scenario: gate/turnstile#a-coin-opens-a-locked-gate", "✓ passed"),
        ("scenario: A button does not open the gate", "✗ failed"),
        ("sequence: A coin opens a locked gate", "p0->>p1: POST /coin"),
        ("exchange: A coin opens a locked gate", '<span class="ww-method">POST</span> <code>/coin</code>'),
        ("listing: pyproject.toml", "```toml"),
        ("states: all", "no scenario"),
        ("diagram: all", "flowchart TB"),
        ("coverage: GTE", "GTE-01"),
        ("coverage: rfc", "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4"),
    ],
)
def test_a_fence_shows_what_it_names(book: Book, line: str, shown: str) -> None:
    assert shown in resolve(_page(line), book, page="guide/page.md")


def test_a_fragment_links_from_the_page_it_stands_on(book: Book) -> None:
    text = resolve(_page('table: "The tariffs"'), book, page="guide/page.md")
    assert "(../specification/gate/turnstile.md#the-tariffs)" in text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "table: The tarifs",
            "docs/page.md:13: no scenario is named 'The tarifs'; did you mean 'The tariffs'?",
        ),
        ("table: zzz", "docs/page.md:13: no scenario is named 'zzz'"),
        (
            "table: A coin opens a locked gate",
            "docs/page.md:13: the scenario 'A coin opens a locked gate' has no data table; name one that has",
        ),
        ("picture: all", f"docs/page.md:13: no fragment is called 'picture'; it is one of {KINDS}"),
        ("table: [", "docs/page.md:13: the fence is not YAML; write one line such as `results: all`"),
        (
            "just words",
            f"docs/page.md:13: a fence holds one line `kind: name`, where kind is one of {KINDS}",
        ),
        ("results: nowhere", "docs/page.md:13: no feature or folder is called 'nowhere'; write `results: all`"),
        (
            "coverage: NOPE",
            "docs/page.md:13: no tag begins with 'NOPE'; name a family such as `AUD`, `RFC7519` or `ASVS`",
        ),
        (
            "examples: The tariffs",
            "docs/page.md:13: the scenario 'The tariffs' has no examples; name an outline",
        ),
        (
            "token: The tariffs",
            (
                "docs/page.md:13: the scenario 'The tariffs' met no token with the members of its data table; "
                "name one that did"
            ),
        ),
        (
            "rules: gat",
            (
                "docs/page.md:13: no feature or folder is called 'gat', and no rules state all of that; "
                "write `rules: folder`, `rules: folder/feature` or `rules: ABC-01, ABC-02`"
            ),
        ),
        (
            "ending: is ajar",
            "docs/page.md:13: no scenario ends in 'is ajar'; write words that an outcome step holds",
        ),
        (
            "requirements: fence",
            "docs/page.md:13: the register has no area 'fence'; write `all`, `excluded` or one of its areas",
        ),
        (
            "account: weight",
            "docs/page.md:13: no account is given by 'weight'; write `account: all`, `level` or `document`",
        ),
        (
            "states: The tariffs",
            (
                "docs/page.md:13: 'The tariffs' states no transitions; "
                "tag an outline @transitions and name it, or write `all`"
            ),
        ),
    ],
)
def test_a_fence_that_names_nothing_says_where_and_what(book: Book, line: str, message: str) -> None:
    with pytest.raises(FenceError) as refused:
        resolve(_page(line), book, page="page.md", shown_as="docs/page.md", first_line=11)
    assert str(refused.value) == message


def test_a_fence_inside_a_longer_fence_is_shown_as_written(book: Book) -> None:
    text = "````markdown\n```watchword\ntable: nothing\n```\n````\n"
    assert resolve(text, book, page="page.md") == text


@pytest.mark.parametrize("name", ["The tariffs", "A <state> gate meets a <event> by <profile>"])
def test_a_card_closes_what_it_opens_whatever_table_it_holds(book: Book, name: str) -> None:
    text = resolve(_page(f"scenario: {name}"), book, page="page.md")
    printed = Markdown(extensions=["attr_list", "md_in_html", "tables"]).convert(text)
    assert "</table></div>" in printed
    assert printed.count("<div") == printed.count("</div>")


def test_an_unclosed_fence_runs_to_the_end_of_its_page(book: Book) -> None:
    assert "of 12 scenarios" in resolve("```watchword\nresults: all", book, page="page.md")
