"""Start a PostgreSQL server of the tests' own, where its programs are found."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

_START_LIMIT_SECONDS = 30
_STOP_LIMIT_SECONDS = 20


def has_postgres() -> bool:
    """Tell whether `postgres` and `initdb` are on this machine."""
    return _program("postgres") is not None and _program("initdb") is not None


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a fresh server, reached through a socket in its own directory, and yield its SQLAlchemy URL.

    Raises:
        FileNotFoundError: `postgres` or `initdb` is not installed.
    """
    user = _unprivileged_user()
    # A socket's path is short by law of the system, which a test's own directory is not.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        if user is not None:
            shutil.chown(name, user)
        data = str(Path(name, "data"))
        initdb = [_found("initdb"), "-D", data, "-U", "issuer", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, user=user, cwd=name, check=True, capture_output=True)
        settings = ["listen_addresses=", f"unix_socket_directories={name}", "fsync=off", "max_connections=60"]
        command = [_found("postgres"), "-D", data, *(word for setting in settings for word in ("-c", setting))]
        with Path(name, "log").open("w") as log:
            server = subprocess.Popen(command, user=user, cwd=name, stdout=log, stderr=log)
        try:
            url = f"postgresql+psycopg://issuer@/postgres?host={name}"
            _wait_until_ready(url, server)
            yield url
        finally:
            server.terminate()
            server.wait(_STOP_LIMIT_SECONDS)


@contextmanager
def fresh_database(server_url: str, name: str) -> Iterator[str]:
    """Create an empty database on a running server, yield its URL, and drop it afterwards."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield server_url.replace("/postgres?", f"/{name}?")
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()


def _wait_until_ready(url: str, server: "subprocess.Popen[bytes]") -> None:
    engine = create_engine(url)
    deadline = time.monotonic() + _START_LIMIT_SECONDS
    while True:
        try:
            with engine.connect():
                break
        except OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    engine.dispose()


def _unprivileged_user() -> str | None:
    """Return whom to run as where the tests run as root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _found(name: str) -> str:
    program = _program(name)
    if program is None:
        raise FileNotFoundError(f"{name} is not installed")
    return program


def _program(name: str) -> str | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=os.pathsep.join([*map(str, places), os.environ.get("PATH", "")]))
