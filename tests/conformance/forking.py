"""A process that has loaded `watchword check` and forks for each invocation: loading it takes longer than most of them.

Each line of standard input is an order, answered in one line by how the invocation ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from conformance.command import app


def main() -> None:
    """Carry out one order after the other."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _take(json.loads(line))
            app(prog_name="watchword check")
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _take(order: dict[str, Any]) -> None:
    """Make this process the one that is ordered: its words, its folder, where it prints."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever runs these tests may have it ignored
    signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGTERM))  # it stops what it has started
    signal.alarm(order["seconds"])
    os.chdir(order["folder"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(Path(order["kept"], name), os.O_WRONLY | os.O_CREAT), number)
    sys.argv[1:] = order["words"]


if __name__ == "__main__":
    main()
