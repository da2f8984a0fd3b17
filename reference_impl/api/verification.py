"""A token's whole way from text to verified claims, in the order that leaks least.

Form, header, key, signature, then claims, expiry last: what is forged is never told apart by its claims.

Source: RFC 7515 §5.2; RFC 7519 §7.2; RFC 9068 §4; CONTRACT §5.
"""

from .claims import Claims, verify_claims
from .keys import Keys
from .policy import Policy
from .refusals import Reason, Refusal
from .structure import JsonObject, MalformedJson, Token, parse_object, parse_token


class Verifier:
    """Verify access tokens of the one issuer, for the one audience, offline once its keys are known."""

    def __init__(self, policy: Policy, keys: Keys) -> None:
        self._policy = policy
        self._keys = keys
        self._algorithms = frozenset(policy.algorithms)

    async def verify(self, compact: str, *, now: int) -> Claims:
        """Return the claims of a genuine, living token meant for this API.

        Args:
            now: NumericDate, seconds UTC, read once per request.

        Raises:
            Refusal: any check fails.
        """
        token = parse_token(compact, algorithms=self._algorithms)
        await self._verify_signature(token, now=now)
        return verify_claims(_read_payload(token), policy=self._policy, now=now)

    async def _verify_signature(self, token: Token, *, now: int) -> None:
        key = await self._keys.find(token.key_id, now=now)
        # RFC 8725 §3.1: the key says which algorithms it serves; the token's wish does not change that.
        if token.algorithm not in key.algorithms:
            raise Refusal(Reason.KEY_UNSUITABLE)
        if not key.verifies(token.signing_input, token.signature):
            raise Refusal(Reason.SIGNATURE_WRONG)


def _read_payload(token: Token) -> JsonObject:
    try:
        return parse_object(token.payload)
    except MalformedJson:
        raise Refusal(Reason.PAYLOAD_MALFORMED) from None
