"""Code on a page is cut out of the file that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watchword.book.listings import ListingError, lightened, listing

if TYPE_CHECKING:
    from watchword.book import Book

CODE = """export const options = {
  // Off by default.
  jwks: {
    rotation: 30,
  },
  other: 1,
};
"""


@pytest.fixture
def with_code(book: Book) -> Book:
    """Put a file beside the features of the sample."""
    (book.specification.root / "options.ts").write_text(CODE)
    return book


def test_a_block_is_cut_out_with_its_comment_and_its_bracket(with_code: Book) -> None:
    assert "```ts\n// Off by default.\njwks: {\n  rotation: 30,\n},\n```" in listing(with_code, "options.ts: jwks")


def test_a_line_alone_is_a_block(with_code: Book) -> None:
    assert "```ts\nother: 1,\n```" in listing(with_code, "options.ts: other")


def test_a_whole_file_is_shown_as_it_is(with_code: Book) -> None:
    assert CODE in listing(with_code, "options.ts")


@pytest.mark.parametrize(
    ("name", "message"),
    [("nothing.ts", "there is no text file"), ("options.ts: absent", "0 lines"), ("options.ts: o", "3 lines")],
)
def test_what_is_not_one_place_is_no_listing(with_code: Book, name: str, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        listing(with_code, name)


NUMBERED = (
    '<details class="mkdocstrings-source"><div class="highlight"><table class="highlighttable"><tr><td class="linenos">'
    '<div class="linenodiv"><pre><span class="normal">30</span></pre></div></td><td class="code"><div><pre><code>'
    '<span class="k">def</span><span class="w"> </span><span class="nf">f</span><span class="n">x</span>'
    '<span class="nx">y</span></code></pre>'
    "</div></td></tr></table></div></details>"
)


def test_code_keeps_its_colours_and_loses_what_nobody_sees() -> None:
    assert lightened(NUMBERED) == (
        '<details class="mkdocstrings-source no-copy" data-search-exclude><div class="highlight"><div><pre><code>'
        '<span class="k">def</span> <span class="nf">f</span>xy</code></pre></div></div></details>'
    )
