"""Serve the reference API until so many requests have come: `python dying_server.py COUNT PORT [SIGNAL]`.

Then fall over, or send the signal to whoever started it, once.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import uvicorn

from tests.conformance.mutant_server import load

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

EXIT_CODE = 9


def main(count: int, port: int, sent: signal.Signals | None) -> None:
    """Answer so many requests."""
    app, left = load(""), count

    async def dying(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal left
        left -= scope["type"] == "http"
        if left == -1 and sent is not None:
            os.kill(os.getppid(), sent)
        elif left < 0 and sent is None:
            sys.stderr.write("out of memory\n")
            sys.stderr.flush()
            os._exit(EXIT_CODE)
        await app(scope, receive, send)

    uvicorn.run(dying, port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), signal.Signals[sys.argv[3]] if len(sys.argv) > 3 else None)
