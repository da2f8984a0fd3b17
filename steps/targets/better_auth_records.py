"""The records of a Better Auth server, which a scenario may reach as an operator can: in its SQLite file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

AGEING: Final = {"session": ("createdAt", "updatedAt", "expiresAt"), "jwks": ("createdAt", "expiresAt")}
"""The instants in each table; moving all of them back is as good as waiting."""


class Records:
    """One server's database.

    Args:
        file: where it is.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=10)) as connection, connection:
            yield connection

    def age(self, table: str, seconds: int) -> None:
        """Make every session, or every key, as much older, and its end as much nearer."""
        with self._writing() as connection:
            for column in AGEING[table]:
                rows = connection.execute(f'SELECT id, "{column}" FROM {table}').fetchall()  # noqa: S608 -- our names
                moved = [(_earlier(instant, seconds), id_) for id_, instant in rows if instant is not None]
                connection.executemany(f'UPDATE {table} SET "{column}" = ? WHERE id = ?', moved)  # noqa: S608

    def mark(self, email: str, flag: str) -> None:
        """Set a flag of an account, as whoever administers the database does."""
        with self._writing() as connection:
            changed = connection.execute(f'UPDATE user SET "{flag}" = 1 WHERE email = ?', (email,))  # noqa: S608
            assert changed.rowcount == 1, f"no account has the address {email}"

    def key_count(self) -> int:
        """Count the keys on record, the published and the forgotten."""
        with self._writing() as connection:
            return int(connection.execute("SELECT count(*) FROM jwks").fetchone()[0])

    def account(self, email: str) -> dict[str, object]:
        """Return an account's public members, as anyone may know them."""
        with self._writing() as connection:
            connection.row_factory = sqlite3.Row
            found = connection.execute("SELECT id, name, email FROM user WHERE email = ?", (email,)).fetchone()
        return dict(found)

    def session_token(self, email: str) -> str:
        """Return the token of an account's newest session, which stands on record in clear."""
        query = """SELECT token FROM session JOIN user ON user.id = session."userId"
                   WHERE email = ? ORDER BY session."createdAt" DESC"""
        with self._writing() as connection:
            return str(connection.execute(query, (email,)).fetchone()[0])


def _earlier(instant: str, seconds: int) -> str:
    moved = datetime.fromisoformat(instant) - timedelta(seconds=seconds)
    return moved.isoformat(timespec="milliseconds").replace("+00:00", "Z")
