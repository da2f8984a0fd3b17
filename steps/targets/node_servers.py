"""Better Auth servers in Node, each on a port of its own on loopback (examples/nextjs-better-auth/observation)."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

APPLICATION: Final = Path(__file__).parents[2] / "examples/nextjs-better-auth"
PROGRAM: Final = "observation/server.ts"
OLDEST_NODE: Final = (20, 19)
PATIENCE_SECONDS: Final = 10
HIDDEN: Final = ("NODE_ENV", "TEST", "BETTER_AUTH_SECRET", "AUTH_SECRET", "BETTER_AUTH_URL")
"""What decides in Better Auth's place when nobody means it to; `TEST` switches its Origin checks off."""


class NodeError(Exception):
    """The servers cannot run here; one sentence that says what to do."""


def require_node() -> str:
    """Return the path of a Node that can run the servers.

    Raises:
        NodeError: there is none, it is too old, or the application's packages are not installed.
    """
    node = shutil.which("node")
    if node is None:
        raise NodeError("Better Auth runs in Node, and there is none on PATH: install Node 20.19 or newer.")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    if tuple(int(part) for part in version.removeprefix("v").split(".")[:2]) < OLDEST_NODE:
        raise NodeError(f"Better Auth needs Node 20.19 or newer, and {node} is {version}.")
    if not (APPLICATION / "node_modules/better-auth").is_dir():
        raise NodeError("The packages of examples/nextjs-better-auth are not installed: run `make test-better-auth`.")
    return node


class NodeServers:
    """One Node process that starts servers as they are asked for, and ends with all of them.

    Args:
        environment: what the process finds in its environment, beside what any process here does.
    """

    def __init__(self, **environment: str) -> None:
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115 -- closed by `close`
        inherited = {name: value for name, value in os.environ.items() if name not in HIDDEN}
        self._process = subprocess.Popen(  # noqa: S603 -- our own program
            [require_node(), "--import", "tsx", PROGRAM],
            cwd=APPLICATION,
            env={**inherited, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )

    def start(self, options: Mapping[str, Any]) -> Mapping[str, str]:
        """Start one server more; its options are those of the program.

        Returns:
            Where it is (`origin`) and what runs (`betterAuth`, `node`), or why it does not start (`refused`).

        Raises:
            NodeError: the process has ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{json.dumps(options)}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended; its standard error says why
        line = self._process.stdout.readline()
        if not line:
            self._said.seek(0)
            message = next((line for line in self._said if "Error" in line), "it said nothing").strip()
            raise NodeError(f"{PROGRAM} of examples/nextjs-better-auth ended with {self._process.wait()}: {message}")
        started: Mapping[str, str] = json.loads(line)
        return started

    def close(self) -> None:
        """End the process, and with it every server."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._said.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.close()
