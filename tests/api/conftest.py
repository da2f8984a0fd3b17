"""The fixtures of these tests."""

import asyncio
import logging
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.api.world import Issuer, World, public_jwk


@pytest.fixture
def world(caplog: pytest.LogCaptureFixture) -> Iterator[World]:
    caplog.set_level(logging.INFO, "reference_impl.api")
    key = Ed25519PrivateKey.generate()
    with asyncio.Runner() as runner:
        yield World(runner, key, Issuer([public_jwk(key, "key-1")]), caplog)


@pytest.fixture
def other_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()
