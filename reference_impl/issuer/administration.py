"""What an operator does, on a running issuer or beside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from . import accounts
from .accounts import Account, AccountUnknown
from .keys import KeyUnknown, PrivateKey
from .log import Event, record
from .service import Issuer


class Operator:
    """Disable and delete accounts; rotate and withdraw keys."""

    def __init__(self, issuer: Issuer) -> None:
        self._issuer = issuer
        self._keys = issuer.keys
        self._database = issuer.database

    def disable_account(self, email: str) -> None:
        """Refuse an account's sign-ins, and end its sessions.

        Raises:
            AccountUnknown: no account has this address.

        Source: ASVS 7.4.2.
        """
        with self._account(email) as (connection, account):
            accounts.set_disabled(connection, account.id, is_disabled=True)
            accounts.raise_epoch(connection, account.id)
        record(Event.ACCOUNT_DISABLED, account=account.id)

    def enable_account(self, email: str) -> None:
        """Let an account sign in again; its old sessions stay ended.

        Raises:
            AccountUnknown: no account has this address.
        """
        with self._account(email) as (connection, account):
            accounts.set_disabled(connection, account.id, is_disabled=False)
        record(Event.ACCOUNT_ENABLED, account=account.id)

    def end_sessions(self, email: str) -> None:
        """End every session of one account, and of no other.

        Raises:
            AccountUnknown: no account has this address.

        Source: ASVS 7.4.5.
        """
        with self._account(email) as (connection, account):
            accounts.raise_epoch(connection, account.id)
        record(Event.SESSIONS_ENDED, account=account.id)

    def delete_account(self, email: str) -> None:
        """Delete an account, and end its sessions with it.

        Raises:
            AccountUnknown: no account has this address.
        """
        with self._account(email) as (connection, account):
            accounts.remove(connection, account.id)
        record(Event.ACCOUNT_DELETED, account=account.id)

    def rotate_signing_key(self) -> str:
        """Publish a new key now, and sign with it one key set cache lifetime later.

        Returns:
            The new key's id.
        """
        with self._database.writing() as connection:
            kid = self._keys.rotate(connection, now=self._issuer.now())
        record(Event.KEY_ROTATED, kid=kid)
        return kid

    def withdraw_signing_key(self, kid: str) -> None:
        """Destroy a key at once, as after a leak.

        Raises:
            KeyUnknown: no published key has this id.
        """
        with self._database.writing() as connection:
            self._keys.withdraw(connection, kid, now=self._issuer.now())
        record(Event.KEY_WITHDRAWN, kid=kid)

    def signing_key_ids(self) -> list[str]:
        """Return the ids of the published keys, oldest first."""
        with self._database.reading() as connection:
            return [key.kid for key in self._keys.published(connection, now=self._issuer.now())]

    def signing_key(self, kid: str) -> PrivateKey:
        """Return the private half of a published key, so that a test can sign what the issuer never would.

        Raises:
            KeyUnknown: no published key has this id.
        """
        with self._database.reading() as connection:
            keys = self._keys.published(connection, now=self._issuer.now())
        for key in keys:
            if key.kid == kid:
                return key.private
        raise KeyUnknown(kid)

    def session_key(self) -> PrivateKey:
        """Return the private key session credentials are signed with."""
        with self._database.reading() as connection:
            return self._keys.session_key(connection).private

    def close(self) -> None:
        """Close the database connections; the issuer opens new ones when it is asked again."""
        self._database.close()

    @contextmanager
    def _account(self, email: str) -> Iterator[tuple[Connection, Account]]:
        with self._database.writing() as connection:
            account = accounts.find_by_email(connection, email.lower())
            if account is None:
                raise AccountUnknown(email)
            accounts.hold(connection, account.id)
            yield connection, account
