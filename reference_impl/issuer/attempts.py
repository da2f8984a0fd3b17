"""Count failed sign-ins per account, known or not."""

from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from .accounts import new_identifier
from .database import Database, sign_in_attempts
from .policy import Policy
from .refusals import TooManyAttempts


class Attempts:
    """Let an account fail only so often within the window, on all workers together.

    Each attempt counts as failed from before its password is looked at until it has succeeded, so that guesses made
    at the same moment cannot outrun the count.

    Source: ASVS 6.3.1.
    """

    def __init__(self, database: Database, policy: Policy) -> None:
        self._database = database
        self._allowed = policy.failed_sign_ins_allowed
        self._window_seconds = policy.failed_sign_in_window_seconds

    def begin(self, email: str, *, now: int) -> str:
        """Count an attempt, and return the name to take it back by.

        Raises:
            TooManyAttempts: the account has failed too often.
        """
        digest = sha256(email.encode()).hexdigest()
        with self._database.writing() as connection:
            self._database.serialize(connection, digest)
            self._forget_old(connection, now=now)
            self._refuse_when_exhausted(connection, digest, now=now)
            attempt = new_identifier()
            connection.execute(insert(sign_in_attempts).values(id=attempt, email_digest=digest, attempted_at=now))
        return attempt

    def succeeded(self, connection: Connection, attempt: str) -> None:
        """Take back an attempt whose password was right."""
        connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.id == attempt))

    def _forget_old(self, connection: Connection, *, now: int) -> None:
        old = select(sign_in_attempts.c.id).where(sign_in_attempts.c.attempted_at <= now - self._window_seconds)
        # Another worker may be forgetting the same ones: neither waits for the other.
        unclaimed = old.with_for_update(skip_locked=True)
        connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.id.in_(unclaimed)))

    def _refuse_when_exhausted(self, connection: Connection, digest: str, *, now: int) -> None:
        failed = select(sign_in_attempts.c.attempted_at).where(sign_in_attempts.c.email_digest == digest)
        instants = connection.scalars(failed.order_by(sign_in_attempts.c.attempted_at.desc())).all()
        if len(instants) >= self._allowed:
            raise TooManyAttempts(retry_after_seconds=instants[self._allowed - 1] + self._window_seconds - now)
