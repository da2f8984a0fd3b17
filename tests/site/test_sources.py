"""Tags become chips: what a requirement is called, how binding it is, who says so."""

from __future__ import annotations

import pytest

from watchword.book.sources import chip, chips


@pytest.mark.parametrize(
    ("tag", "text", "url"),
    [
        ("RFC7519-4.1.3", "RFC 7519 §4.1.3", "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3"),
        ("RFC7518-A.2", "RFC 7518 §A.2", "https://www.rfc-editor.org/rfc/rfc7518#appendix-A.2"),
        ("RFC9068", "RFC 9068", "https://www.rfc-editor.org/rfc/rfc9068"),
        (
            "ASVS-9.2.3",
            "ASVS 9.2.3",
            "https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x18-V9-Self-contained-Tokens.md",
        ),
        ("must", "MUST", ""),
        ("AUD-02", "AUD-02", ""),
        ("clock", "clock", ""),
    ],
)
def test_a_tag_reads_as_what_it_names(tag: str, text: str, url: str) -> None:
    assert (chip(tag).text, chip(tag).url) == (text, url)


def test_chips_stand_in_the_order_a_reader_asks() -> None:
    tags = ("clock", "api", "RFC7519-4.1.3", "must", "AUD-02", "transitions")
    assert [each.text for each in chips(tags)] == ["AUD-02", "MUST", "RFC 7519 §4.1.3", "api", "clock"]
