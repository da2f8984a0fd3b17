"""Both applications, asked what their OpenAPI documents allow and what they do not: no failure, no other refusal."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from tests.adversity.parties import Parties
from tests.adversity.trusted import AUDIENCE, ISSUER

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

    from tests.adversity.trusted import Trusted

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
PROBLEM = {"type", "title", "status", "code", "trace_id"}
EXAMPLES = 20
patient = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def parties(tmp_path: Path) -> Iterator[Parties]:
    parties = Parties(tmp_path)
    yield parties
    parties.operator.close()


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_api_answers_as_its_document_says(trusted: Trusted, tried: Counter[str], mode: GenerationMode) -> None:
    for headers in ({}, {"Authorization": f"Bearer {trusted.token()}"}):
        explore(trusted.app, mode, AUDIENCE, headers, tried)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_issuer_answers_as_its_document_says(parties: Parties, tried: Counter[str], mode: GenerationMode) -> None:
    cookie = asyncio.run(sign_up(parties))
    for headers in ({}, {"Origin": ISSUER}, {"Origin": ISSUER, "Cookie": cookie}):
        explore(parties.issuer, mode, ISSUER, headers, tried)


async def sign_up(parties: Parties) -> str:
    """Return the session cookie of a new account."""
    browser = await parties.sign_up("ada")
    await browser.aclose()
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def explore(app: FastAPI, mode: GenerationMode, base_url: str, headers: dict[str, str], tried: Counter[str]) -> None:
    """Make requests of every operation an application documents: as it says, or against it."""
    document = schemathesis.openapi.from_dict(app.openapi())
    document.app = app

    def check(case: schemathesis.Case[Any]) -> None:
        tried[f"answers of status {judge(case, base_url, headers)}"] += 1

    for found in document.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        # Where nothing is asked for, nothing can be asked against the document.
        if mode is GenerationMode.POSITIVE or operation.body or operation.path_parameters:
            patient(given(operation.as_strategy(generation_mode=mode))(check))()


def judge(case: schemathesis.Case[Any], base_url: str, headers: dict[str, str]) -> int:
    """Send a request, hold the answer against the document and the contract, and return its status."""
    response = case.call(base_url, headers=headers)
    case.validate_response(response, checks=CHECKS)
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"]
        assert set(json.loads(response.content)) == PROBLEM
    return response.status_code
