"""Keep sessions as the `strict` profile does: one number per live session, the generation of its newest credential.

This is server-side session state, and the page about the two profiles says so.
"""

import re
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, CursorResult, delete, exists, insert, or_, select, update

from .accounts import Account
from .credentials import Credential
from .database import accounts as account_records
from .database import live_sessions
from .refusals import CredentialReused, Reason, SessionRevoked
from .sessions import Sessions

_TOKEN_ID: Final = re.compile(r"(?P<sid>[\w-]{22})\.(?P<generation>[0-9]{1,9})", re.ASCII)


class _Newest(NamedTuple):
    """Hold the generation of a session's newest credential, and when it replaced the one before."""

    generation: int
    replaced_at: int


class StrictSessions(Sessions):
    """Refuse a replaced credential, and end the session it belonged to.

    A generation moves at most once within the grace, so that every tab that renews in it holds the same credential
    afterwards, in whatever order the answers arrive.

    Source: RFC 9700 §4.14.2; ASVS 10.4.5.
    """

    def open(self, connection: Connection, account: Account, *, now: int) -> Credential:
        """Begin a session, at generation 0."""
        opened = super().open(connection, account, now=now)
        credential = opened.model_copy(update={"jti": f"{opened.sid}.0"})
        lapsed = (live_sessions.c.account_id == account.id) & (live_sessions.c.lapses_at <= now)
        connection.execute(delete(live_sessions).where(lapsed))
        row = {"account_id": account.id, "sid": opened.sid, "generation": 0, "replaced_at": now}
        connection.execute(insert(live_sessions).values(**row, lapses_at=credential.exp))
        return credential

    def authenticate(self, connection: Connection, credential: Credential, *, now: int) -> Account:
        """Return the account a live session belongs to, if the credential is its newest.

        Raises:
            SessionExpired, SessionRevoked: as in the `stateless` profile.
            CredentialReused: the credential was replaced before; the caller ends its session.
        """
        account = super().authenticate(connection, credential, now=now)
        self._standing(connection, credential, now=now)
        return account

    def renew(self, connection: Connection, credential: Credential, *, now: int) -> Credential:
        """Replace the newest credential, in one statement that only one caller can win.

        Raises:
            SessionExpired, SessionRevoked, CredentialReused: as `authenticate`.
        """
        self._refuse_lapsed(credential, now=now)
        generation = _generation(credential)
        successor = self._succeed(credential, jti=f"{credential.sid}.{generation + 1}", now=now)
        moved = (
            update(live_sessions)
            .where(_row_of(credential), live_sessions.c.generation == generation)
            .where(or_(live_sessions.c.generation == 0, live_sessions.c.replaced_at <= now - self._grace_seconds))
            .where(_has_live_account(credential))
            .values(generation=generation + 1, replaced_at=now, lapses_at=successor.exp)
        )
        result = connection.execute(moved)
        if isinstance(result, CursorResult) and result.rowcount == 1:
            return successor
        super().authenticate(connection, credential, now=now)
        newest = self._standing(connection, credential, now=now)
        jti = f"{credential.sid}.{newest.generation}"
        return self._succeed(credential, jti=jti, now=newest.replaced_at)

    def end(self, connection: Connection, credential: Credential, *, now: int) -> None:
        """Forget the session's number, and remember its end as the `stateless` profile does."""
        super().end(connection, credential, now=now)
        connection.execute(delete(live_sessions).where(_row_of(credential)))

    @property
    def _grace_seconds(self) -> int:
        return self._policy.replacement_grace_seconds

    def _standing(self, connection: Connection, credential: Credential, *, now: int) -> _Newest:
        columns = select(live_sessions.c.generation, live_sessions.c.replaced_at)
        row = connection.execute(columns.where(_row_of(credential))).one_or_none()
        if row is None:
            raise SessionRevoked(Reason.SESSION_ENDED, account=credential.sub, sid=credential.sid)
        newest = _Newest(row.generation, row.replaced_at)
        generation = _generation(credential)
        is_just_replaced = generation + 1 == newest.generation and now < newest.replaced_at + self._grace_seconds
        if generation != newest.generation and not is_just_replaced:
            raise CredentialReused(Reason.CREDENTIAL_REUSED, account=credential.sub, sid=credential.sid)
        return newest


def _generation(credential: Credential) -> int:
    match = _TOKEN_ID.fullmatch(credential.jti)
    if match is None or match["sid"] != credential.sid:  # issued before the profile was changed
        raise SessionRevoked(Reason.SESSION_ENDED, account=credential.sub, sid=credential.sid)
    return int(match["generation"])


def _row_of(credential: Credential) -> ColumnElement[bool]:
    return (live_sessions.c.account_id == credential.sub) & (live_sessions.c.sid == credential.sid)


def _has_live_account(credential: Credential) -> ColumnElement[bool]:
    columns = account_records.c
    is_live = (columns.id == credential.sub) & (columns.session_epoch == credential.epoch) & ~columns.is_disabled
    return exists().where(is_live)
