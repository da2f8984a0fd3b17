"""What the issuer does for a person: sign up, sign in, renew, sign out, change and delete.

Every act reads *now* once. Argon2 works outside of any transaction, so that it holds up nobody else's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from reference_impl.api.clock import Clock

from . import access_tokens, accounts
from .accounts import Account
from .attempts import Attempts
from .credentials import Credential, Credentials
from .database import Database
from .generations import StrictSessions
from .keys import Keys
from .log import Event, record
from .passwords import Passwords
from .policy import Policy, Profile
from .refusals import CredentialReused, CredentialsInvalid, Reason, SessionMissing
from .sessions import Sessions


@dataclass(frozen=True)
class Opened:
    """Hold what an opened session answers with."""

    account: Account
    cookie: str
    lifetime_seconds: int


@dataclass(frozen=True)
class Renewed:
    """Hold what a renewal answers with."""

    access_token: str
    cookie: str
    lifetime_seconds: int


class Issuer:
    """Serve people: check who they are, and give them sessions and access tokens."""

    def __init__(self, policy: Policy, database: Database, clock: Clock) -> None:
        self.policy = policy
        self.keys = Keys(policy)
        self.database = database
        self._clock = clock
        with database.writing() as connection:
            database.create_schema(connection)
            self.keys.prepare(connection, now=self.now())
            self._credentials = Credentials(policy, self.keys.session_key(connection))
        kind = StrictSessions if policy.profile is Profile.STRICT else Sessions
        self.sessions: Sessions = kind(policy, self._credentials)
        self._passwords = Passwords(policy)
        self._attempts = Attempts(database, policy)

    def now(self) -> int:
        """Return the current NumericDate."""
        return int(self._clock())

    def sign_up(self, *, email: str, name: str, password: str, cookie: str | None) -> Opened:
        """Create an account and open its first session; an address that has an account is a sign-in.

        Raises:
            CredentialsInvalid, TooManyAttempts: as `sign_in`.
        """
        now = self.now()
        attempt = self._attempts.begin(email, now=now)
        with self.database.reading() as connection:
            is_known = accounts.find_by_email(connection, email) is not None
        if is_known:
            return self._sign_in(email, password, cookie, attempt, now=now)
        password_hash = self._passwords.hash(password)
        try:
            with self.database.writing() as connection:
                account = accounts.create(connection, email=email, name=name, password_hash=password_hash)
                self._attempts.succeeded(connection, attempt)
                opened = self._open(connection, account, now=now)
        except IntegrityError:  # somebody signed up with the same address at the same moment
            return self._sign_in(email, password, cookie, attempt, now=now)
        self._end_brought(cookie, now=now)
        record(Event.ACCOUNT_CREATED, account=account.id)
        return opened

    def sign_in(self, *, email: str, password: str, cookie: str | None) -> Opened:
        """Open a session, and end the one the browser brought.

        Raises:
            CredentialsInvalid: the same for a wrong password, an unknown account and a disabled one.
            TooManyAttempts: the account, known or not, has failed too often.
        """
        now = self.now()
        return self._sign_in(email, password, cookie, self._attempts.begin(email, now=now), now=now)

    def renew(self, cookie: str) -> Renewed:
        """Mint an access token and replace the session credential.

        Raises:
            SessionMissing, SessionExpired, SessionRevoked: there is no live session.
        """
        now = self.now()
        credential = self._credentials.read(cookie)
        writes = self.policy.profile is Profile.STRICT
        begin = self.database.writing if writes else self.database.reading
        with self._ending_reused(credential, now=now), begin() as connection:
            successor = self.sessions.renew(connection, credential, now=now)
            key = self.keys.current(connection, now=now)
        token = access_tokens.mint(self.policy, key, subject=successor.sub, sid=successor.sid, now=now)
        record(Event.SESSION_RENEWED, account=successor.sub, sid=successor.sid, kid=key.kid)
        return Renewed(token, self._credentials.sign(successor), successor.exp - now)

    def sign_out(self, cookie: str) -> None:
        """End a session; one that has lapsed, was ended or never was changes nothing."""
        self._end_brought(cookie, now=self.now())

    def sign_out_everywhere(self, cookie: str) -> None:
        """End every session of the account.

        Raises:
            SessionMissing, SessionExpired, SessionRevoked: there is no live session.
        """
        now = self.now()
        credential = self._credentials.read(cookie)
        with self._ending_reused(credential, now=now), self.database.writing() as connection:
            accounts.hold(connection, credential.sub)
            account = self.sessions.authenticate(connection, credential, now=now)
            accounts.raise_epoch(connection, account.id)
        record(Event.SESSIONS_ENDED, account=account.id, sid=credential.sid)

    def change_password(self, cookie: str, *, current: str, new: str) -> Opened:
        """Replace the password, end every session, and open a fresh one for the caller.

        Raises:
            SessionMissing, SessionExpired, SessionRevoked: there is no live session.
            CredentialsInvalid, TooManyAttempts: as `sign_in`, for the current password.

        Source: ASVS 6.2.3, 7.4.3.
        """
        now = self.now()
        credential = self._credentials.read(cookie)
        attempt = self._confirm(credential, current, now=now)
        password_hash = self._passwords.hash(new)
        with self._ending_reused(credential, now=now), self.database.writing() as connection:
            accounts.hold(connection, credential.sub)
            account = self.sessions.authenticate(connection, credential, now=now)
            self._attempts.succeeded(connection, attempt)
            accounts.set_password_hash(connection, account.id, password_hash)
            epoch = accounts.raise_epoch(connection, account.id)
            opened = self._open(connection, replace(account, session_epoch=epoch), now=now)
        record(Event.PASSWORD_CHANGED, account=account.id)
        return opened

    def delete_account(self, cookie: str, *, password: str) -> None:
        """Delete the account and end its sessions.

        Raises:
            SessionMissing, SessionExpired, SessionRevoked, CredentialsInvalid, TooManyAttempts: as `change_password`.
        """
        now = self.now()
        credential = self._credentials.read(cookie)
        attempt = self._confirm(credential, password, now=now)
        with self._ending_reused(credential, now=now), self.database.writing() as connection:
            accounts.hold(connection, credential.sub)
            account = self.sessions.authenticate(connection, credential, now=now)
            self._attempts.succeeded(connection, attempt)
            accounts.remove(connection, account.id)
        record(Event.ACCOUNT_DELETED, account=account.id)

    def key_set(self) -> dict[str, list[dict[str, str]]]:
        """Return the JWK Set: the public members of every published key.

        Source: RFC 7517 §5.
        """
        with self.database.reading() as connection:
            return {"keys": [key.public_jwk() for key in self.keys.published(connection, now=self.now())]}

    def _sign_in(self, email: str, password: str, cookie: str | None, attempt: str, *, now: int) -> Opened:
        with self.database.reading() as connection:
            seen = accounts.find_by_email(connection, email)
        is_right = self._passwords.verify(password, seen.password_hash if seen else None)
        if seen is None:
            raise CredentialsInvalid(Reason.ACCOUNT_UNKNOWN)
        if not is_right:
            raise CredentialsInvalid(Reason.PASSWORD_WRONG, account=seen.id)
        if seen.is_disabled:
            raise CredentialsInvalid(Reason.ACCOUNT_DISABLED, account=seen.id)
        self._end_brought(cookie, now=now)
        with self.database.writing() as connection:
            accounts.hold(connection, seen.id)
            account = accounts.find(connection, seen.id)
            if account is None or account.is_disabled or account.password_hash != seen.password_hash:
                raise CredentialsInvalid(Reason.ACCOUNT_CHANGED_MEANWHILE, account=seen.id)
            self._attempts.succeeded(connection, attempt)
            return self._open(connection, account, now=now)

    def _open(self, connection: Connection, account: Account, *, now: int) -> Opened:
        credential = self.sessions.open(connection, account, now=now)
        record(Event.SESSION_OPENED, account=account.id, sid=credential.sid)
        return Opened(account, self._credentials.sign(credential), credential.exp - now)

    def _end_brought(self, cookie: str | None, *, now: int) -> None:
        """End the session a browser held before it signed in, whoever's it was (ASVS 7.2.4)."""
        if cookie is None:
            return
        try:
            brought = self._credentials.read(cookie)
        except SessionMissing:
            return
        with self.database.writing() as connection:
            self.sessions.end(connection, brought, now=now)
        record(Event.SESSION_ENDED, account=brought.sub, sid=brought.sid)

    def _confirm(self, credential: Credential, password: str, *, now: int) -> str:
        """Return the attempt by which the session's own account has shown its password."""
        with self._ending_reused(credential, now=now), self.database.reading() as connection:
            account = self.sessions.authenticate(connection, credential, now=now)
        attempt = self._attempts.begin(account.email, now=now)
        if not self._passwords.verify(password, account.password_hash):
            raise CredentialsInvalid(Reason.PASSWORD_WRONG, account=account.id, sid=credential.sid)
        return attempt

    @contextmanager
    def _ending_reused(self, credential: Credential, *, now: int) -> Iterator[None]:
        try:
            yield
        except CredentialReused:
            with self.database.writing() as connection:
                self.sessions.end(connection, credential, now=now)
            raise
