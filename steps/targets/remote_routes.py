"""What a foreign API says of its routes, and which pages about itself it may serve."""

import re
from collections.abc import Iterator
from typing import Any, Final

from steps.targets.routes import Route

DESCRIPTION: Final = "/openapi.json"

PAGES: Final = ("/docs", "/redoc", "/swagger", "/swagger-ui/", "/api-docs", "/graphiql", "/metrics")
"""Where frameworks put their documentation and their figures unless they are told not to."""

_PARAMETER: Final = re.compile(r"{[^}]*}")


def described_routes(document: object) -> Iterator[Route]:
    """Yield the routes for reading that an OpenAPI document describes, with something in the place of each parameter.

    The others may change something.
    """
    paths = document.get("paths") if isinstance(document, dict) else None
    for path, operations in paths.items() if isinstance(paths, dict) else ():
        reading = operations.get("get") if isinstance(operations, dict) else None
        if isinstance(reading, dict):
            assert isinstance(document, dict)
            yield Route("GET", _filled(path), _security(reading.get("security", document.get("security"))))


def _security(alternatives: Any) -> str:
    if not isinstance(alternatives, list) or {} in alternatives:
        return "nothing"
    return ", ".join(name for alternative in alternatives for name in alternative) or "nothing"


def _filled(path: str) -> str:
    return _PARAMETER.sub("somebody", path)
