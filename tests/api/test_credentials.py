"""Where a token may stand, and what else may not."""

import httpx
import pytest

from reference_impl.api.credentials import read_credentials
from reference_impl.api.refusals import Reason, Refusal
from tests.api.world import World

MISSING, MALFORMED = 401, 400


def read(value: bytes, query: bytes = b"") -> str | None:
    """Return the token that the API reads from an Authorization header."""
    scope = {"type": "http", "headers": [(b"authorization", value)], "query_string": query}
    return read_credentials(scope, largest_token_bytes=8192)


def send(world: World, *values: bytes, **request: str) -> httpx.Response:
    return world.ask(headers=[(b"Authorization", value) for value in values], **request)


@pytest.mark.parametrize(
    "form",
    ["Bearer %s", "bearer %s", "BEARER %s", "bEaReR %s", "Bearer   %s", "Bearer %s ", "Bearer %s\t", " Bearer %s"],
)
def test_scheme_case_and_outer_white_space_do_not_matter(world: World, form: str) -> None:
    assert send(world, (form % world.token()).encode()).status_code == httpx.codes.OK


@pytest.mark.parametrize(
    "form",
    ["", "%s", "Bearer%s", "Bearer\t%s", "Bearer\xa0%s", "Basic %s", "Token %s", "JWT %s", "DPoP %s", "Digest %s"],
)
def test_what_is_no_bearer_credential_is_told_no_error(world: World, form: str) -> None:
    answer = send(world, form.replace("%s", world.token()).encode("latin-1"))
    assert (answer.status_code, answer.json()["code"]) == (MISSING, "token_missing")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize(
    "form",
    ["Bearer", "Bearer ", "Bearer %s x", "Bearer %s, Bearer %s", "Bearer \xe9", "Bearer a\0b", "Bearer %s\r\n x"],
)
def test_a_credential_that_is_not_one_token_is_a_bad_request(world: World, form: str) -> None:
    answer = send(world, form.replace("%s", world.token()).encode("latin-1"))
    assert (answer.status_code, answer.json()["code"]) == (MALFORMED, "request_invalid")
    assert 'error="invalid_request"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("form", ['Bearer "%s"', "Bearer %s,", "Bearer token=%s", "Bearer %%65%s", "Bearer %s~"])
def test_one_word_that_is_no_token_is_an_invalid_token(world: World, form: str) -> None:
    assert send(world, (form % world.token()).encode()).json()["code"] == "token_invalid"


@pytest.mark.parametrize("is_first", [True, False])
def test_two_headers_are_a_bad_request_in_either_order(world: World, *, is_first: bool) -> None:
    values = [f"Bearer {world.token()}".encode(), b"Bearer x"]
    answer = send(world, *(values if is_first else reversed(values)))
    assert (answer.status_code, world.reasons()) == (MALFORMED, ["credentials_repeated"])


@pytest.mark.parametrize("name", ["access_token", "token", "jwt"])
def test_a_token_in_the_query_alone_is_not_seen(world: World, name: str) -> None:
    answer = world.ask(url=f"/me?{name}={world.token()}")
    assert answer.json()["code"] == "token_missing"


@pytest.mark.parametrize("query", ["access_token=x", "a=1&access%5Ftoken=", "access_token"])
def test_a_token_in_the_query_beside_the_header_is_a_bad_request(world: World, query: str) -> None:
    answer = send(world, f"Bearer {world.token()}".encode(), url=f"/me?{query}")
    assert (answer.status_code, world.reasons()) == (MALFORMED, ["token_in_query_too"])


def test_other_places_are_not_looked_at(world: World) -> None:
    token = world.token()
    for headers in [
        {"X-Access-Token": token},
        {"Proxy-Authorization": f"Bearer {token}"},
        {"Cookie": f"token={token}"},
    ]:
        assert world.ask(headers=headers).json()["code"] == "token_missing"
    for body in [{"data": {"access_token": token}}, {"json": {"access_token": token, "text": "x"}}]:
        assert world.ask("POST", "/echo", **body).json()["code"] == "token_missing"


def test_identity_headers_name_nobody(world: World) -> None:
    assert world.ask(headers={"X-User-Id": "account-1", "X-Roles": "admin"}).json()["code"] == "token_missing"


@pytest.mark.parametrize(("size", "reason"), [(8192, "structure_malformed"), (8193, "token_too_large")])
def test_a_token_is_at_most_8_kib_large(world: World, size: int, reason: str) -> None:
    assert world.verdict("a" * size) == f"token_invalid: {reason}"


def test_ten_thousand_dots_are_no_work(world: World) -> None:
    assert world.verdict("." * 8000) == "token_invalid: structure_malformed"


@pytest.mark.parametrize("token", ["X.a.X", "XX", "a.b.c"])
def test_no_letter_of_a_token_is_taken_for_the_space_around_it(token: str) -> None:
    assert read(f" Bearer  {token}\t".encode()) == token


@pytest.mark.parametrize("value", [b"Bearer a.b.c\x0b", b"Bearer a.b.c\n", b"Bearer \x0ca.b.c", b"Bearer \ta.b.c"])
def test_only_the_white_space_of_http_surrounds_a_token(value: bytes) -> None:
    with pytest.raises(Refusal, check=lambda refusal: refusal.reason is Reason.CREDENTIALS_MALFORMED):
        read(value)


def test_a_query_without_a_token_is_no_matter_of_authentication() -> None:
    assert read(b"Bearer a.b.c", b"page=2&access=token") == "a.b.c"
