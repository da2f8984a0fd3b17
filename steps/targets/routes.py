"""Every route an application serves, and what its description says of each."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, WebSocketRoute


class Route(NamedTuple):
    """One method of one path.

    Attributes:
        described: "nothing" or the name of the security scheme, as OpenAPI says; "-" where OpenAPI is silent.
    """

    method: str
    path: str
    described: str


def routes_of(app: FastAPI) -> Iterator[Route]:
    """Yield every route of an application, mounted ones and those outside of OpenAPI too."""
    operations = app.openapi()["paths"]
    for method, path in _served(app.routes, ""):
        described: dict[str, Any] | None = operations.get(path, {}).get(method.lower())
        yield Route(method, path, "-" if described is None else _security(described))


def _security(operation: dict[str, Any]) -> str:
    return ", ".join(name for alternative in operation.get("security", []) for name in alternative) or "nothing"


def _served(routes: Sequence[BaseRoute], prefix: str) -> Iterator[tuple[str, str]]:
    for route in routes:
        path = prefix + str(getattr(route, "path", ""))
        # FastAPI keeps an included router whole, Starlette a mounted application.
        inner = getattr(route, "original_router", route if isinstance(route, Mount) else None)
        if inner is not None:
            yield from _served(inner.routes, path)
        elif isinstance(route, WebSocketRoute):
            yield "WEBSOCKET", path
        else:
            # HEAD is GET without its body; a route without a method would be one nobody foresaw.
            yield from ((method, path) for method in (getattr(route, "methods", None) or {"ANY"}) if method != "HEAD")
