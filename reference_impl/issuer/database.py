"""Keep the issuer's records: SQLite in a file by default, PostgreSQL by its URL."""

import sqlite3
import time
from collections import UserDict
from collections.abc import Hashable
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

_BUSY_TIMEOUT_SECONDS = 10
_PAUSE_SECONDS = 0.01

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(22), primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(255), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("session_epoch", Integer, nullable=False),
)
"""One row per account: the whole of it is the state CONTRACT §1 allows."""

ended_sessions = Table(
    "ended_sessions",
    metadata,
    Column("account_id", String(22), ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("sid", String(22), primary_key=True),
    Column("lapses_at", BigInteger, nullable=False),
)
"""The account's short list of sessions it has ended, each until it would have lapsed anyway."""

live_sessions = Table(
    "live_sessions",
    metadata,
    Column("account_id", String(22), ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("sid", String(22), primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("replaced_at", BigInteger, nullable=False),
    Column("lapses_at", BigInteger, nullable=False),
)
"""The `strict` profile alone: one number per live session, and when it last moved."""

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("id", String(22), primary_key=True),
    Column("email_digest", String(64), nullable=False),
    Column("attempted_at", BigInteger, nullable=False),
    Index("sign_in_attempts_by_account", "email_digest", "attempted_at"),
    Index("sign_in_attempts_by_time", "attempted_at"),
)
"""Failed sign-ins of the last minutes, by a digest of the address, known or not."""

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("kid", String(12), primary_key=True),
    Column("purpose", String(8), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("algorithm", String(8), nullable=False),
    Column("private_pem", String(512), nullable=False),
    Column("first_use_at", BigInteger, nullable=False),
    UniqueConstraint("purpose", "ordinal"),
)
"""The keys; `ordinal` makes two workers that create one at the same moment agree on one."""


class _Statements(UserDict[Hashable, Any]):
    """Keep compiled statements for every database of the same kind, where SQLAlchemy keeps them for each alone.

    The issuer's statements are few and fixed, so that this grows no further.
    """

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 -- SQLAlchemy's own, opaque key
        """Return what was compiled for a dialect of this name."""
        return self.data.get(_portable(key), default)

    def __setitem__(self, key: Any, item: Any) -> None:  # noqa: ANN401 -- SQLAlchemy's own, opaque key
        self.data[_portable(key)] = item


def _portable(key: tuple[Any, ...]) -> Hashable:
    dialect, *rest = key
    return (dialect.name, dialect.driver, *rest)


_STATEMENTS: Final = _Statements()


class Database:
    """Open transactions on the issuer's records.

    A writing transaction on SQLite takes the write lock when it begins, so that what it has read stays true.
    """

    def __init__(self, url: str) -> None:
        self._engine = _open(url).execution_options(compiled_cache=_STATEMENTS)
        self._writer = self._engine.execution_options(writes=True)
        self.is_sqlite = self._engine.dialect.name == "sqlite"

    def reading(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that only reads."""
        return self._engine.begin()

    def writing(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that writes."""
        return self._writer.begin()

    def create_schema(self, connection: Connection) -> None:
        """Create the tables that are not there, one worker at a time."""
        self.serialize(connection, "schema")
        for statement in _schema(self._engine.dialect.name):
            connection.exec_driver_sql(statement)

    def serialize(self, connection: Connection, name: str) -> None:
        """Let transactions under the same name follow one another; SQLite's writers already do."""
        if not self.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))

    def close(self) -> None:
        """Close the connections no request holds."""
        self._engine.dispose()


@lru_cache(maxsize=2)
def _schema(dialect_name: str) -> tuple[str, ...]:
    dialect = make_url(f"{dialect_name}://").get_dialect()()
    tables = metadata.sorted_tables
    creations: list[ExecutableDDLElement] = [CreateTable(table, if_not_exists=True) for table in tables]
    creations += [CreateIndex(index, if_not_exists=True) for table in tables for index in table.indexes]
    return tuple(str(creation.compile(dialect=dialect)) for creation in creations)


def _open(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(address, connect_args={"timeout": _BUSY_TIMEOUT_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to hold a read and a write together
    cursor = connection.cursor()
    _write_ahead(cursor)
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Have SQLite write ahead. It does not wait for another worker that is just telling it the same, so we do."""
    deadline = time.monotonic() + _BUSY_TIMEOUT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
