import asyncio
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from reference_impl.issuer import Operator, create_app
from tests.issuer.browser import Browser, MovableClock, cheap_policy
from tests.issuer.postgres import fresh_database, has_postgres, postgres_server

Apps = Callable[..., FastAPI]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    if not has_postgres():
        pytest.skip("PostgreSQL is not installed")
    with postgres_server() as url:
        yield url


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/issuer.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def either_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield request.getfixturevalue("database_url")
        return
    with fresh_database(request.getfixturevalue("postgres"), f"t{uuid.uuid4().hex}") as url:
        yield url


@pytest.fixture
def apps(clock: MovableClock, database_url: str) -> Iterator[Apps]:
    """Build issuers, by default on one database: each is one more worker."""
    with ExitStack() as stack:

        def build(**changes: Any) -> FastAPI:
            app = create_app(cheap_policy(**{"database_url": database_url, **changes}), clock=clock)
            stack.callback(app.state.operator.close)
            return app

        yield build


@pytest.fixture(params=["stateless", "strict"])
def app(request: pytest.FixtureRequest, apps: Apps) -> FastAPI:
    return apps(profile=request.param)


@pytest.fixture
def operator(app: FastAPI) -> Operator:
    operator: Operator = app.state.operator
    return operator


@pytest.fixture
def browsers(app: FastAPI, runner: asyncio.Runner) -> Callable[[], Browser]:
    return lambda: Browser(app, runner)


@pytest.fixture
def ada(browsers: Callable[[], Browser]) -> Browser:
    """Ada's browser, signed up and in."""
    browser = browsers()
    browser.sign_up().raise_for_status()
    return browser
