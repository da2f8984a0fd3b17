"""What a protected route serves beside an open one, and beside the code people write for the same purpose.

A second is counted in two ways: as one of the server's own processor time, and on the wall's clock. A server with one
worker is never idle under this load, so on a quiet machine both say the same; a busy one blurs the clock's.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.arena import Server, free_port, generator, published, served
from benchmarks.load import Request, drive
from benchmarks.measurement import Aim, Row, Samples, ratio, rounds, spread
from benchmarks.tokens import Issuer

PROTECTED = "the reference, its protected route `/me`"
OPEN = "the reference, its open route `/`"
BARE = "FastAPI alone, the same answer, nothing protected"
TUTORIAL = "FastAPI's tutorial: PyJWT, the key a PEM text"
CLIENT = "the same with PyJWT's client of a JWK Set"
LOADED = "the same, the key loaded once"
USERS = "fastapi-users, JWT strategy, users in SQLite"
USERS_DICT = "the same, users in a dict"
CEILING = "a constant answer: what the load generator can ask"
_ROUTES = {
    PROTECTED: ("reference", "/me"),
    OPEN: ("reference", "/"),
    BARE: ("open_route", "/me"),
    TUTORIAL: ("plain_pyjwt", "/pem"),
    CLIENT: ("plain_pyjwt", "/jwks"),
    LOADED: ("plain_pyjwt", "/loaded"),
    USERS: ("fastapi_users_jwt", "/table"),
    USERS_DICT: ("fastapi_users_jwt", "/dict"),
    CEILING: ("ceiling", "/"),
}
_OPEN = (OPEN, BARE, CEILING)
_AIMS = {OPEN: Aim("at least", 0.45), TUTORIAL: Aim("at least", 1.1), USERS: Aim("at least", 2.0)}
CONNECTIONS = 16
SLICE_SECONDS = 0.3
DISTINCT_TOKENS = 500


@dataclass(frozen=True, slots=True)
class _Route:
    server: Server
    request: Request


def measure(round_count: int) -> list[Row]:
    """Let the routes take turns under load, every server running all the time."""
    with ExitStack() as stack:
        routes = _start(stack)
        pool = stack.enter_context(generator())
        wall: Samples = {name: [] for name in routes}
        processor: Samples = {name: [] for name in routes}

        def sample(route: _Route) -> tuple[float, float]:
            used = route.server.cpu_seconds
            count, took = pool.submit(drive, route.request, connections=CONNECTIONS, seconds=SLICE_SECONDS).result()
            return count / took, count / (route.server.cpu_seconds - used)

        for route in routes.values():
            sample(route)
        for name, route in rounds(routes, round_count):
            per_second, per_processor_second = sample(route)
            wall[name].append(per_second)
            processor[name].append(per_processor_second)
    return [*_rows(processor, "per processor second"), *_rows(wall, "per second")]


def _start(stack: ExitStack) -> dict[str, _Route]:
    port = free_port()
    issuer = Issuer(f"http://127.0.0.1:{port}")
    stack.enter_context(published(port, issuer))
    folder = Path(stack.enter_context(TemporaryDirectory()))
    names = sorted({server for server, _ in _ROUTES.values()})
    servers = {name: stack.enter_context(served(name, issuer, folder)) for name in names}
    tokens = tuple(issuer.tokens(DISTINCT_TOKENS))
    return {
        name: _Route(servers[server], Request(servers[server].port, path, () if name in _OPEN else tokens))
        for name, (server, path) in _ROUTES.items()
    }


def _rows(samples: Samples, unit: str) -> list[Row]:
    """Say of each route how many times as much of it the protected route is."""
    return [
        Row(name, spread(samples[name]), unit)
        if name in (PROTECTED, CEILING)
        else Row(
            name,
            spread(samples[name]),
            unit,
            ratio=ratio(samples, PROTECTED, name),
            aim=_AIMS.get(name),
            subject="protected route",
        )
        for name in samples
    ]
