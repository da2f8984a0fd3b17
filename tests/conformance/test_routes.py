"""What a foreign API describes of itself is read as far as it can be read."""

from __future__ import annotations

import pytest

from steps.targets.remote_routes import described_routes
from steps.targets.routes import Route

TOKEN: list[dict[str, list[str]]] = [{"token": []}]


@pytest.mark.parametrize(
    ("document", "routes"),
    [
        ({"paths": {"/me": {"get": {"security": TOKEN}}}}, [Route("GET", "/me", "token")]),
        ({"security": TOKEN, "paths": {"/me": {"get": {}}}}, [Route("GET", "/me", "token")]),
        ({"security": TOKEN, "paths": {"/": {"get": {"security": []}}}}, [Route("GET", "/", "nothing")]),
        ({"paths": {"/": {"get": {"security": [{}, *TOKEN]}}}}, [Route("GET", "/", "nothing")]),
        ({"paths": {"/a/{id}/{other}": {"get": {}}}}, [Route("GET", "/a/somebody/somebody", "nothing")]),
        ({"paths": {"/a": {"post": {}}}}, []),
        ({"paths": []}, []),
        ({"paths": {"/a": None}}, []),
        ("nothing", []),
        (None, []),
    ],
)
def test_the_routes_for_reading_are_those_that_a_description_names(document: object, routes: list[Route]) -> None:
    assert [*described_routes(document)] == routes
