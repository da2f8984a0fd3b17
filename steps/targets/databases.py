"""The databases that scenarios begin from: each a copy of one that was prepared once in the run."""

import shutil
from itertools import count
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from sqlalchemy import MetaData, create_engine, delete, insert, select, text


class Databases(Protocol):
    """Makes databases, copies and drops them; each is known by its URL."""

    def create(self) -> str:
        """Make an empty database."""

    def copy(self, url: str) -> str:
        """Make a database with the same content; nobody is connected to the first."""

    def drop(self, url: str) -> None:
        """Drop a database that nobody is connected to any more."""

    def close_off(self, url: str) -> None:
        """Let nobody read a database."""

    def reopen(self, url: str) -> None:
        """Let everybody read it again."""


class SqliteFiles:
    """SQLite files in one folder.

    Args:
        folder: in memory, if the machine has such a place.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def create(self) -> str:
        """Name a file, which SQLite makes when it is first asked."""
        return f"sqlite:///{self._folder / f'{next(self._numbers)}.sqlite'}"

    def copy(self, url: str) -> str:
        """Copy a file."""
        new = self.create()
        shutil.copyfile(_file(url), _file(new))
        return new

    def drop(self, url: str) -> None:
        """Delete a file."""
        Path(_file(url)).unlink(missing_ok=True)

    def close_off(self, url: str) -> None:
        """Put something in the file's place that is no database."""
        file = Path(_file(url))
        file.rename(file.with_suffix(".away"))
        file.write_bytes(b"This is no database." * 100)

    def reopen(self, url: str) -> None:
        """Put the file back."""
        file = Path(_file(url))
        file.with_suffix(".away").replace(file)


class PostgresDatabases:
    """Databases on one PostgreSQL server.

    To make a database takes it a good part of a second. So there is one copy of each, which one scenario after the
    other finds with the rows of the original.

    Args:
        server_url: `postgresql+psycopg://…/postgres`, whose user may create databases.
    """

    def __init__(self, server_url: str) -> None:
        self._engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
        self._copies: dict[str, Copy] = {}

    def create(self) -> str:
        """Make an empty database."""
        return self._create("template0")

    def copy(self, url: str) -> str:
        """Put the rows of a database into its copy, in place of what a scenario left there."""
        if url not in self._copies:
            self._copies[url] = Copy(url, self._create(_database(url)))
        self._copies[url].restore()
        return self._copies[url].url

    def drop(self, url: str) -> None:
        """Keep the copy for the next scenario, and let everybody read it again."""
        self.reopen(url)

    def close_off(self, url: str) -> None:
        """Let nobody connect, and end the connections there are."""
        name = _database(url)
        self._execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        with self._engine.connect() as connection:
            connection.execute(text(statement), {"name": name})

    def reopen(self, url: str) -> None:
        """Let everybody connect."""
        self._execute(f'ALTER DATABASE "{_database(url)}" ALLOW_CONNECTIONS true')

    def close(self) -> None:
        """Drop what was made, and leave the server."""
        for original, copy in self._copies.items():
            copy.close()
            for url in (original, copy.url):
                self._execute(f'DROP DATABASE "{_database(url)}" WITH (FORCE)')
        self._engine.dispose()

    def _create(self, template: str) -> str:
        name = f"scenarios_{uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return str(self._engine.url.set(database=name).render_as_string(hide_password=False))

    def _execute(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


class Copy:
    """A PostgreSQL database that is brought back to the rows of its original.

    Args:
        original: the URL of a database that does not change any more.
        url: its own.
    """

    def __init__(self, original: str, url: str) -> None:
        self.url = url
        self._engine = create_engine(url, pool_pre_ping=True)
        self._tables = MetaData()
        source = create_engine(original)
        with source.connect() as connection:
            self._tables.reflect(connection)
            self._rows = {
                table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in self._tables.sorted_tables
            }
        source.dispose()

    def restore(self) -> None:
        """Delete every row there is, and insert the original's."""
        with self._engine.begin() as connection:
            for table in reversed(self._tables.sorted_tables):
                connection.execute(delete(table))
            for table in self._tables.sorted_tables:
                if self._rows[table.name]:
                    connection.execute(insert(table), self._rows[table.name])

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _database(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]
