"""Open, renew and end sessions; a live one leaves no trace, an ended one is remembered until it would have lapsed."""

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select

from . import accounts
from .accounts import Account, new_identifier
from .credentials import Credential, Credentials
from .database import ended_sessions
from .policy import Policy
from .refusals import Reason, SessionExpired, SessionRevoked

_IS_ENDED = select(
    exists().where(
        ended_sessions.c.account_id == bindparam("account_id"),
        ended_sessions.c.sid == bindparam("sid"),
    )
)
"""Every renewal asks this, so that it is built once."""


class Sessions:
    """Keep sessions as the `stateless` profile does: nothing is recorded while they live.

    Its price: a replaced credential is not told apart from its successor (CONTRACT §2).
    """

    def __init__(self, policy: Policy, credentials: Credentials) -> None:
        self._policy = policy
        self._credentials = credentials

    def open(self, connection: Connection, account: Account, *, now: int) -> Credential:  # noqa: ARG002 -- strict writes
        """Begin a session under a new identifier.

        Source: ASVS 7.2.4.
        """
        return self._credentials.issue(
            subject=account.id,
            sid=new_identifier(),
            jti=new_identifier(),
            auth_time=now,
            epoch=account.session_epoch,
            now=now,
        )

    def authenticate(self, connection: Connection, credential: Credential, *, now: int) -> Account:
        """Return the account a live session belongs to.

        Raises:
            SessionExpired: the idle or the absolute limit has passed.
            SessionRevoked: the session was ended, by itself or with all others.
        """
        self._refuse_lapsed(credential, now=now)
        account = accounts.find(connection, credential.sub)
        if account is None:
            raise _revoked(credential, Reason.ACCOUNT_DELETED)
        if account.is_disabled:
            raise _revoked(credential, Reason.ACCOUNT_DISABLED)
        if account.session_epoch != credential.epoch:
            raise _revoked(credential, Reason.EPOCH_RAISED)
        if self._is_ended(connection, credential):
            raise _revoked(credential, Reason.SESSION_ENDED)
        return account

    def renew(self, connection: Connection, credential: Credential, *, now: int) -> Credential:
        """Replace a credential: the idle limit slides, the absolute limit does not move.

        Raises:
            SessionExpired, SessionRevoked: as `authenticate`.
        """
        self.authenticate(connection, credential, now=now)
        return self._succeed(credential, jti=new_identifier(), now=now)

    def end(self, connection: Connection, credential: Credential, *, now: int) -> None:
        """Remember a session as ended; ending it again changes nothing.

        A copy of the credential may have been renewed since, so its own expiry tells too little: what is remembered is
        the latest instant any credential of the session can lapse.

        Source: ASVS 7.4.1.
        """
        accounts.hold(connection, credential.sub)
        account = accounts.find(connection, credential.sub)
        lapses_at = self._latest_lapse(credential, now=now)
        if account is None or account.session_epoch != credential.epoch or lapses_at <= now:
            return
        if not self._is_ended(connection, credential):
            self._remember(connection, credential, lapses_at, now=now)

    def _refuse_lapsed(self, credential: Credential, *, now: int) -> None:
        absolute_limit = credential.auth_time + self._policy.session_absolute_limit_seconds
        if now >= absolute_limit:
            raise SessionExpired(Reason.ABSOLUTE_LIMIT_PASSED, account=credential.sub, sid=credential.sid)
        if now >= credential.exp:
            raise SessionExpired(Reason.IDLE_LIMIT_PASSED, account=credential.sub, sid=credential.sid)

    def _succeed(self, credential: Credential, *, jti: str, now: int) -> Credential:
        return self._credentials.issue(
            subject=credential.sub,
            sid=credential.sid,
            jti=jti,
            auth_time=credential.auth_time,
            epoch=credential.epoch,
            now=now,
        )

    def _latest_lapse(self, credential: Credential, *, now: int) -> int:
        # Another worker's clock may be ahead by the leeway, and its renewal under way.
        idle_limit = now + self._policy.session_idle_limit_seconds + self._policy.api_leeway_seconds
        return min(idle_limit, credential.auth_time + self._policy.session_absolute_limit_seconds)

    def _is_ended(self, connection: Connection, credential: Credential) -> bool:
        return bool(connection.scalar(_IS_ENDED, {"account_id": credential.sub, "sid": credential.sid}))

    def _remember(self, connection: Connection, credential: Credential, lapses_at: int, *, now: int) -> None:
        own = ended_sessions.c.account_id == credential.sub
        connection.execute(delete(ended_sessions).where(own, ended_sessions.c.lapses_at <= now))
        remembered = connection.scalar(select(func.count()).select_from(ended_sessions).where(own)) or 0
        if remembered >= self._policy.ended_sessions_kept:
            accounts.raise_epoch(connection, credential.sub)
            return
        row = {"account_id": credential.sub, "sid": credential.sid, "lapses_at": lapses_at}
        connection.execute(insert(ended_sessions).values(row))


def _revoked(credential: Credential, reason: Reason) -> SessionRevoked:
    return SessionRevoked(reason, account=credential.sub, sid=credential.sid)
