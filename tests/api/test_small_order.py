"""An Ed25519 key under which one signature fits every text is no key."""

import json

import pytest

from reference_impl.api.key_set import parse_key_set
from tests.api.world import b64

FIELD = 2**255 - 19
CURVE_CONSTANT = -121665 * pow(121666, -1, FIELD) % FIELD
SOUND = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"  # RFC 8037, appendix A.1

Point = tuple[int, int]


def add(one: Point, other: Point) -> Point:
    """Add two points of the curve. Source: RFC 8032 §5.1.4."""
    (x1, y1), (x2, y2) = one, other
    k = CURVE_CONSTANT * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + k, -1, FIELD)
    return x % FIELD, (y1 * y2 + x1 * x2) * pow(1 - k, -1, FIELD) % FIELD


def root(square: int) -> int:
    """Return a square root. Source: RFC 8032 §5.1.3."""
    candidate = pow(square, (FIELD + 3) // 8, FIELD)
    turned = candidate * pow(2, (FIELD - 1) // 4, FIELD) % FIELD
    return candidate if candidate**2 % FIELD == square % FIELD else turned


def torsion() -> list[Point]:
    """Return the eight points of small order: the multiples of one of order 8, whose double has y = 0."""
    y = root((-1 + root(1 + CURVE_CONSTANT)) * pow(CURVE_CONSTANT, -1, FIELD))
    if (CURVE_CONSTANT * y**4 + 2 * y**2 - 1) % FIELD:
        y = root((-1 - root(1 + CURVE_CONSTANT)) * pow(CURVE_CONSTANT, -1, FIELD))
    x = root((y**2 - 1) * pow(CURVE_CONSTANT * y**2 + 1, -1, FIELD))
    points = [(x, y)]
    while len(points) < 8:
        points.append(add(points[-1], points[0]))
    return points


def encodings() -> list[bytes]:
    canonical = [y | (x & 1) << 255 for x, y in torsion()]
    unreduced = [y + FIELD | sign << 255 for _, y in torsion() if y < 19 for sign in (0, 1)]
    return [encoding.to_bytes(32, "little") for encoding in [*canonical, *unreduced]]


def test_eight_points_have_small_order() -> None:
    assert (len(set(torsion())), torsion()[-1]) == (8, (0, 1))


@pytest.mark.parametrize("encoding", encodings(), ids=bytes.hex)
def test_a_key_of_small_order_is_skipped(encoding: bytes) -> None:
    entries = [
        {"kty": "OKP", "crv": "Ed25519", "kid": kid, "x": x} for kid, x in (("weak", b64(encoding)), ("good", SOUND))
    ]
    assert set(parse_key_set(json.dumps({"keys": entries}).encode())) == {"good"}
