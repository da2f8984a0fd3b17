"""Two thousand requests of three people at once, while the signing key is replaced."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.adversity.asgi import present
from tests.adversity.parties import Parties, renew, subject_of
from tests.adversity.trusted import encode

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

REQUESTS = 2000
HOLDERS = ("ada", "grace")


@pytest.fixture
def parties(tmp_path: Path) -> Iterator[Parties]:
    parties = Parties(tmp_path)
    yield parties
    parties.operator.close()


def test_nobody_is_taken_for_another_while_a_key_is_replaced(parties: Parties, tried: Counter[str]) -> None:
    wrong, tokens = asyncio.run(replace_key_under_load(parties, tried))
    assert wrong == []
    assert len({jwt.get_unverified_header(token)["kid"] for held in tokens.values() for token in held}) == 2


async def replace_key_under_load(parties: Parties, tried: Counter[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Let everybody call at once; return the wrong answers and the tokens that were held."""
    browsers = {name: await parties.sign_up(name) for name in HOLDERS}
    tokens = {name: [await renew(browser)] for name, browser in browsers.items()}
    wrong: list[str] = []

    async def call(number: int) -> None:
        await asyncio.sleep(number / REQUESTS)
        holder, is_forged = HOLDERS[number % 2], number % 3 == 0
        token = tokens[holder][number % len(tokens[holder])]
        answer = await present(parties.api, forged(token) if is_forged else token)
        seen = answer.code or answer.subject
        tried[f"requests of {'mallory' if is_forged else holder}"] += 1
        if seen != ("token_invalid" if is_forged else subject_of(token)):
            wrong.append(f"request {number}: {seen}")

    async with asyncio.TaskGroup() as group:
        for number in range(REQUESTS):
            group.create_task(call(number))
        await asyncio.sleep(0.4)
        await replace_key(parties, browsers, tokens)
    for browser in browsers.values():
        await browser.aclose()
    return wrong, tokens


async def replace_key(parties: Parties, browsers: dict[str, httpx.AsyncClient], tokens: dict[str, list[str]]) -> None:
    """Publish a key, let a cache lifetime pass, and have the issuer sign with it; the old tokens still live."""
    parties.operator.rotate_signing_key()
    parties.now += 300
    for name, browser in browsers.items():
        tokens[name].append(await renew(browser))


def forged(token: str) -> str:
    """Return the same claims under the same key id, signed by somebody else."""
    signing_input = token.rpartition(".")[0]
    return f"{signing_input}.{encode(Ed25519PrivateKey.generate().sign(signing_input.encode()))}"
