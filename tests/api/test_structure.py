"""What a token must look like before any key is chosen."""

import json
from typing import Any

import pytest

from reference_impl.api.structure import MalformedJson, decode_segment, parse_object, read_header
from tests.api.world import World, b64

INVALID = "token_invalid: "


def test_a_well_formed_token_is_granted(world: World) -> None:
    assert world.verdict(world.token()) == "granted"


@pytest.mark.parametrize(
    "spoil", ["{h}.{p}", "{h}.{p}.{s}.", "{h}.{p}.{s}.{s}", ".{p}.{s}", "{h}..{s}", "{h}.{p}.", "..", "x"]
)
def test_a_token_has_three_parts_none_empty(world: World, spoil: str) -> None:
    header, payload, signature = world.token().split(".")
    token = spoil.format(h=header, p=payload, s=signature)
    assert world.verdict(token) == INVALID + "structure_malformed"


@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize("spoil", ["{}=", "{}==", "+{}", "{}/", "{}!", "%{}", "@{}", "{}AAAAA"])
def test_each_part_is_canonical_base64url(world: World, position: int, spoil: str) -> None:
    parts = world.token().split(".")
    parts[position] = spoil.format(parts[position])
    verdict = world.verdict(".".join(parts))
    assert verdict.startswith(INVALID)
    assert spoil == "{}AAAAA" or verdict == INVALID + "encoding_malformed"


def test_unused_bits_of_the_signature_are_zero(world: World) -> None:
    # 64 bytes leave four unused bits in the last letter: "A" plus one of them is "B".
    token = world.token()
    twin = token[:-1] + chr(ord(token[-1]) + 1)
    assert world.verdict(twin) == INVALID + "encoding_malformed"


@pytest.mark.parametrize("length", range(1, 7))
def test_whatever_an_encoder_writes_is_decoded(length: int) -> None:
    for octet in range(256):
        octets = bytes([octet]) * length
        assert decode_segment(b64(octets).encode()) == octets


def test_the_json_serialization_is_no_compact_token(world: World) -> None:
    header, payload, signature = world.token().split(".")
    flattened = json.dumps({"protected": header, "payload": payload, "signature": signature}, separators=(",", ":"))
    assert world.verdict(flattened) == INVALID + "structure_malformed"


JSON_ODDITIES = {
    "array": b"[]",
    "string": b'"x"',
    "null": b"null",
    "number": b"1",
    "nothing but space": b" ",
    "trailing garbage": b"%s x",
    "comment": b"/**/%s",
    "byte order mark": b"\xef\xbb\xbf%s",
    "invalid UTF-8": b'{"x":"\xff",%s',
    "NaN": b'{"x":NaN,%s',
    "Infinity": b'{"x":-Infinity,%s',
    "overflowing number": b'{"x":1e400,%s',
    "huge integer": b'{"x":' + b"9" * 5000 + b",%s",
    "lone surrogate": b'{"x":"\\ud800",%s',
    "repeated name": b'{"x":1,"\\u0078":1,%s',
    "nested too deep": b'{"x":' + b"[" * 2000 + b"]" * 2000 + b",%s",
    "unclosed nesting": b'{"x":' + b"[" * 2000 + b",%s",
    "control character": b'{"x":"\n",%s',
}


def odd(text: bytes, members: dict[str, Any]) -> bytes:
    valid = json.dumps(members).encode()
    return text.replace(b"%s", valid[1:] if text.startswith(b'{"x"') else valid)


@pytest.mark.parametrize("name", JSON_ODDITIES)
def test_the_header_is_one_strict_json_object(world: World, name: str) -> None:
    header = odd(JSON_ODDITIES[name], world.header())
    token = world.sign(header, json.dumps(world.claims()).encode())
    assert world.verdict(token) == INVALID + "header_malformed"


@pytest.mark.parametrize("name", JSON_ODDITIES)
def test_the_payload_is_one_strict_json_object(world: World, name: str) -> None:
    payload = odd(JSON_ODDITIES[name], world.claims())
    token = world.sign(json.dumps(world.header()).encode(), payload)
    assert world.verdict(token) == INVALID + "payload_malformed"


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


def test_every_integer_that_a_double_holds_exactly_is_parsed() -> None:
    # RFC 7493 §2.2: the least of them has sixteen digits and a sign.
    assert parse_object(b'{"n":-9007199254740991}') == {"n": -(2**53) + 1}
    with pytest.raises(MalformedJson, match="an integer is too large"):
        parse_object(b'{"n":100000000000000000}')


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_the_payload_is_utf_8(world: World, encoding: str) -> None:
    payload = json.dumps(world.claims()).encode(encoding)
    assert world.verdict(world.sign(json.dumps(world.header()).encode(), payload)) == INVALID + "payload_malformed"


def test_white_space_unknown_members_and_brackets_in_strings_are_harmless(world: World) -> None:
    header = json.dumps(world.header(x5t="[" * 200, zip="DEF", cty="text/xml"), indent=2).encode()
    payload = json.dumps(world.claims(__proto__=["a"], role={"b": 1}, note="{[" * 100 + '\\"{'), indent=1).encode()
    assert world.verdict(world.sign(header, payload)) == "granted"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"alg": ...}, "header_malformed"),
        ({"alg": None}, "header_malformed"),
        ({"alg": ["EdDSA"]}, "header_malformed"),
        ({"alg": {}}, "header_malformed"),
        ({"alg": 1}, "header_malformed"),
        ({"alg": ""}, "algorithm_not_allowed"),
        ({"alg": "none"}, "algorithm_not_allowed"),
        ({"alg": "eddsa"}, "algorithm_not_allowed"),
        ({"alg": "EdDSA\0"}, "algorithm_not_allowed"),
        ({"alg": "Ed25519"}, "algorithm_not_allowed"),
        ({"alg": "ES256"}, "algorithm_not_allowed"),
        ({"alg": "HS256"}, "algorithm_not_allowed"),
        ({"crit": ["exp"], "exp": 1}, "critical_unsupported"),
        ({"crit": []}, "critical_unsupported"),
        ({"crit": None}, "critical_unsupported"),
        ({"crit": ["b64"], "b64": True}, "critical_unsupported"),
        ({"b64": False}, "critical_unsupported"),
        ({"b64": 1}, "critical_unsupported"),
        ({"typ": ...}, "type_wrong"),
        ({"typ": "JWT"}, "type_wrong"),
        ({"typ": "logout+jwt"}, "type_wrong"),
        ({"typ": "at+jwt\0"}, "type_wrong"),
        ({"typ": ["at+jwt"]}, "type_wrong"),
        ({"kid": ...}, "key_id_missing"),
        ({"kid": None}, "header_malformed"),
        ({"kid": ""}, "header_malformed"),
        ({"kid": 1}, "header_malformed"),
        ({"kid": ["key-1"]}, "header_malformed"),
        ({"kid": "k" * 256}, "header_malformed"),
        ({"kid": "../../../dev/null"}, "key_unknown"),
        ({"kid": "' OR 1=1 --"}, "key_unknown"),
        ({"kid": "\0"}, "key_unknown"),
    ],
)
def test_the_header_is_checked_before_it_is_used(world: World, change: dict[str, Any], reason: str) -> None:
    assert world.verdict(world.token(header=change)) == INVALID + reason


def test_a_key_id_may_have_255_characters() -> None:
    header: dict[str, object] = {"alg": "EdDSA", "typ": "at+jwt", "kid": "k" * 255}
    assert read_header(header, algorithms=frozenset({"EdDSA"})) == ("EdDSA", "k" * 255)


@pytest.mark.parametrize("kind", ["at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"])
def test_the_type_is_compared_without_case(world: World, kind: str) -> None:
    assert world.verdict(world.token(header={"typ": kind})) == "granted"


def test_key_material_in_the_header_is_never_followed(world: World) -> None:
    world.ask("GET", "/me", headers={"Authorization": f"Bearer {world.token()}"})
    attacker = {"jku": "https://evil.example/jwks", "x5u": "https://evil.example/x", "jwk": {"kty": "oct", "k": "AA"}}
    assert world.verdict(world.token(header={**attacker, "x5c": ["AA"]})) == "granted"
    assert world.issuer.fetches == 1
