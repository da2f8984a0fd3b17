"""What mutation testing changed in the API without any test noticing, noticed here (docs/decisions/mutants.md)."""

from __future__ import annotations

import pytest

from reference_impl.api.structure import MalformedJson, parse_object


def nested(depth: int, *, beside: str = "") -> bytes:
    """Return an object so many levels deep, itself the first, and what stands beside its depths."""
    lists = depth - 1
    return f'{{"deep":{"[" * lists}{"]" * lists}{beside}}}'.encode()


@pytest.mark.parametrize("beside", ["", ',"shallow":[]', ',"shallow":{}', ',"text":"[[[[{{{{"', ',"[[[[":"]]]]"'])
def test_sixteen_levels_are_parsed_whatever_stands_beside_them(beside: str) -> None:
    assert parse_object(nested(16, beside=beside))["deep"]


@pytest.mark.parametrize("beside", ["", ',"shallow":[]', ',"text":"]]]]}}}}"', ',"]]]]":"[[[["'])
def test_seventeen_levels_are_refused_whatever_stands_beside_them(beside: str) -> None:
    with pytest.raises(MalformedJson):
        parse_object(nested(17, beside=beside))


def test_what_is_closed_again_is_no_depth() -> None:
    wide = b'{"wide":[%b]}' % b",".join([b'{"a":[]}'] * 50)
    assert len(str(parse_object(wide)["wide"])) > 50
