"""What a step may do to the issuer's accounts and records, as an administrator or an operator does."""

from steps.targets.unseen import lacks


class Administration:
    """The part of a target that only whoever runs the issuer can reach."""

    def disable_account(self, email: str) -> None:
        """Disable an account, as an administrator does."""
        del email
        lacks("an administrator's hand at accounts")

    def enable_account(self, email: str) -> None:
        """Let a disabled account sign in again."""
        del email
        lacks("an administrator's hand at accounts")

    def delete_account(self, email: str) -> None:
        """Delete an account, as an administrator does."""
        del email
        lacks("an administrator's hand at accounts")

    def end_sessions(self, email: str) -> None:
        """End every session of one account, as an administrator does."""
        del email
        lacks("an administrator's hand at accounts")

    @property
    def database_url(self) -> str:
        """Where the issuer keeps its records."""
        return lacks("the issuer's records")

    def set_records_readable(self, *, is_readable: bool) -> None:
        """Take the issuer's records away from it, or give them back."""
        lacks(f"a hand at the issuer's records, to make them {'readable' if is_readable else 'unreadable'}")
