"""What a check starts is stopped with all that it started."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from conformance.process import LOOPBACK, Process, free_port

if TYPE_CHECKING:
    from pathlib import Path

STARTS_ANOTHER = """
import subprocess, sys, threading, time
def start():
    other = subprocess.Popen(["env", "-u", "PORT", *sys.argv[1:]], start_new_session=True)
    print(other.pid, flush=True)
    other.wait()
threading.Thread(target=start).start()
"""
LISTENS = """
import socket, sys, time
listening = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells whose child a process is")
def test_what_another_thread_has_started_is_ended_and_buried(tmp_path: Path) -> None:
    port, printed = free_port(), tmp_path / "printed"
    for name, text in (("starts.py", STARTS_ANOTHER), ("listens.py", LISTENS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = f"cd {tmp_path}; {sys.executable} starts.py {sys.executable} listens.py {{port}}"
    process = Process(command, {"port": str(port)}, printed)
    process.wait_for(port, patience_seconds=10)
    process.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(int(printed.read_text(encoding="ascii")), 0)


@pytest.mark.parametrize(("listens_at", "host"), [(LOOPBACK, LOOPBACK), ("::1", "[::1]"), ("::", LOOPBACK)])
def test_a_server_is_found_at_either_address_of_this_machine(listens_at: str, host: str, tmp_path: Path) -> None:
    family = socket.AF_INET6 if ":" in listens_at else socket.AF_INET
    dual = listens_at == "::"
    with socket.create_server((listens_at, 0), family=family, dualstack_ipv6=dual) as server:
        process = Process("sleep 60", {}, tmp_path / "printed")
        assert process.wait_for(server.getsockname()[1], patience_seconds=5) == host
        process.stop()
