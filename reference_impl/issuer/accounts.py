"""Keep account records."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from .database import accounts, ended_sessions, live_sessions

_IDENTIFIER_BYTES = 16

# What nearly every answer asks, built once.
_BY_ID = select(accounts).where(accounts.c.id == bindparam("id"))
_BY_EMAIL = select(accounts).where(accounts.c.email == bindparam("email"))
_HELD = select(accounts.c.id).where(accounts.c.id == bindparam("id")).with_for_update()


class AccountUnknown(LookupError):  # noqa: N818 -- named as the fact it states
    """Tell an operator that no account has this address."""


@dataclass(frozen=True)
class Account:
    """Hold one account as it was read."""

    id: str
    email: str
    name: str
    password_hash: str
    is_disabled: bool
    session_epoch: int


def new_identifier() -> str:
    """Return 128 random bits, as 22 characters.

    Source: ASVS 7.2.3.
    """
    return secrets.token_urlsafe(_IDENTIFIER_BYTES)


def create(connection: Connection, *, email: str, name: str, password_hash: str) -> Account:
    """Add an account under a new identifier; one that was deleted never comes back with its address.

    Raises:
        sqlalchemy.exc.IntegrityError: the address has an account.

    Source: ASVS 10.3.3.
    """
    account = Account(new_identifier(), email, name, password_hash, is_disabled=False, session_epoch=0)
    connection.execute(insert(accounts).values(vars(account)))
    return account


def find(connection: Connection, account_id: str) -> Account | None:
    """Return the account with this identifier."""
    row = connection.execute(_BY_ID, {"id": account_id}).one_or_none()
    return Account(**row._mapping) if row else None  # noqa: SLF001 -- SQLAlchemy's public name for a row's mapping


def hold(connection: Connection, account_id: str) -> None:
    """Let nobody else change an account until the transaction ends.

    Whoever writes holds the account first and its sessions after, so that no two wait for each other.
    """
    connection.execute(_HELD, {"id": account_id})


def find_by_email(connection: Connection, email: str) -> Account | None:
    """Return the account with this address."""
    row = connection.execute(_BY_EMAIL, {"email": email}).one_or_none()
    return Account(**row._mapping) if row else None  # noqa: SLF001 -- SQLAlchemy's public name for a row's mapping


def set_password_hash(connection: Connection, account_id: str, password_hash: str) -> None:
    """Replace the password."""
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(password_hash=password_hash))


def set_disabled(connection: Connection, account_id: str, *, is_disabled: bool) -> None:
    """Disable an account, or enable it again."""
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(is_disabled=is_disabled))


def raise_epoch(connection: Connection, account_id: str) -> int:
    """End every session the account has, and return its new epoch.

    Nothing of an earlier epoch needs to be remembered one by one.
    """
    raised = update(accounts).where(accounts.c.id == account_id).values(session_epoch=accounts.c.session_epoch + 1)
    epoch = connection.execute(raised.returning(accounts.c.session_epoch)).scalar_one()
    for table in (ended_sessions, live_sessions):
        connection.execute(delete(table).where(table.c.account_id == account_id))
    return int(epoch)


def remove(connection: Connection, account_id: str) -> None:
    """Delete an account and what it remembers; its sessions end because nobody answers for them."""
    connection.execute(delete(accounts).where(accounts.c.id == account_id))
