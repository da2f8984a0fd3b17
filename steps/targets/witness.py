"""An ordinary API that trusts the issuer under test: what it lets in is a live access token of this issuer."""

from typing import Any, Final

import jwt

from steps.vocabulary import GRANTED, Verdict

INVALID: Final = Verdict("token_invalid")
MISSING: Final = Verdict("token_missing")


class Witness:
    """Verifies tokens as PyJWT does, by the keys that the issuer publishes.

    Args:
        issuer: the `iss` it trusts.
        audience: its own name.
        algorithm: the one algorithm it accepts.
    """

    def __init__(self, *, issuer: str, audience: str, algorithm: str) -> None:
        self.issuer = issuer
        self.audience = audience
        self.algorithm = algorithm

    def look(self, token: str | None, key_set: dict[str, Any]) -> Verdict:
        """Return what a call with this token would come to."""
        if token is None:
            return MISSING
        return INVALID if self.complaint(token, key_set) else GRANTED

    def complaint(self, token: str, key_set: dict[str, Any]) -> str | None:
        """Return why a token is refused, or None where it is accepted."""
        try:
            header = jwt.get_unverified_header(token)
            keys = {key.key_id: key for key in jwt.PyJWKSet.from_dict(key_set).keys}
            if header.get("kid") not in keys:
                return f'its kid "{header.get("kid")}" is not among the published keys'
            jwt.decode(
                token,
                keys[header["kid"]],
                algorithms=[self.algorithm],
                issuer=self.issuer,
                audience=self.audience,
                options={"require": ["iss", "aud", "exp", "sub"]},
            )
        except (jwt.PyJWTError, ValueError) as error:
            return str(error)
        return None
