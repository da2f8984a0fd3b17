"""Words of the glossary explain themselves where a part of a page first says them, and nothing else is touched."""

from __future__ import annotations

import pytest

from tests.site.sample import ROOT
from watchword.book.glossary import read_glossary

GLOSSARY = read_glossary(
    "**Key set** { #key-set }\n:   The [public](keys.md) keys, as `JWKS`.\n\n"
    '**Key** { #key }\n:   What "signs".\n\n**Present** { #present .plain }\n:   To send a token.\n'
)
KEY = '<a class="ww-term" href="glossary/#key" title="What &quot;signs&quot;.">'
KEY_SET = '<a class="ww-term" href="glossary/#key-set" title="The public keys, as JWKS.">'


@pytest.mark.parametrize(
    ("page", "explained"),
    [
        ("<p>The key set, and a key.</p>", f"<p>The {KEY_SET}key set</a>, and a {KEY}key</a>.</p>"),
        ("<p>Keys, and a key again.</p>", f"<p>{KEY}Keys</a>, and a key again.</p>"),
        ("<p>A key.</p><h2>A key</h2><p>A key.</p>", f"<p>A {KEY}key</a>.</p><h2>A key</h2><p>A {KEY}key</a>.</p>"),
        ("<p>They present keyboards.</p>", "<p>They present keyboards.</p>"),
        ('<p><a href="#">A key</a> <code>key</code></p>', '<p><a href="#">A key</a> <code>key</code></p>'),
        ("<ol><li><ol><li>key</li></ol>key</li></ol>", "<ol><li><ol><li>key</li></ol>key</li></ol>"),
        ('<p class="ww-lead">key <span>key</span></p>', '<p class="ww-lead">key <span>key</span></p>'),
        ('<p title="a key">no</p>', '<p title="a key">no</p>'),
    ],
)
def test_a_word_is_explained_once_in_prose(page: str, explained: str) -> None:
    assert GLOSSARY.explained(page, "glossary/") == explained


def test_without_entries_nothing_changes() -> None:
    assert read_glossary("# Glossary\n").explained("<p>A key.</p>", "glossary/") == "<p>A key.</p>"


def test_every_entry_of_our_glossary_is_read() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    entries = text.count("\n:   ")
    assert entries > 20
    assert len(read_glossary(text.replace(" .plain", "")).terms) == entries
