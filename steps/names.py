"""What a person is called by the parties: her e-mail address and her password, one account after another."""


def email_of(name: str, number: int) -> str:
    """Return the e-mail address of a person's account, counted from 1."""
    return f"{name.lower()}.{number}@example.test"


def password_of(name: str, number: int) -> str:
    """Return a person's password, counted from 1."""
    return f"{name}'s long password, number {number}"
