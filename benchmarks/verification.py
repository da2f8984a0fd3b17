"""What all checks of a token cost beside the one that cannot be saved: the signature's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import jwt

from benchmarks.measurement import Aim, Row, Samples, cpu_microseconds, ratio, rounds, spread
from benchmarks.tokens import AUDIENCE, Issuer
from reference_impl.api.clock import system_clock
from reference_impl.api.keys import Keys
from reference_impl.api.policy import Policy
from reference_impl.api.verification import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

BARE, ALL, PYJWT, PYJWT_PEM = (
    "the signature alone",
    "every check of the contract",
    "PyJWT, its key loaded once",
    "PyJWT, its key a PEM text",
)
REPETITIONS = 300


def measure(round_count: int) -> list[Row]:
    """Verify one token in four ways, taking turns."""
    issuer = Issuer("https://issuer.example")
    acts = _acts(issuer)
    samples: Samples = {name: [] for name in acts}
    for name, act in rounds(acts, round_count):
        samples[name].append(cpu_microseconds(act, REPETITIONS))
    return [
        Row(BARE, spread(samples[BARE]), "µs"),
        Row(ALL, spread(samples[ALL]), "µs", BARE, ratio(samples, ALL, BARE), Aim("at most", 1.6)),
        Row(PYJWT, spread(samples[PYJWT]), "µs", BARE, ratio(samples, PYJWT, BARE)),
        Row(PYJWT_PEM, spread(samples[PYJWT_PEM]), "µs", BARE, ratio(samples, PYJWT_PEM, BARE)),
    ]


def _acts(issuer: Issuer) -> dict[str, Callable[[], object]]:
    token = issuer.token()
    public = issuer.key.public_key()
    signing_input, _, segment = token.rpartition(".")
    signature, message = jwt.utils.base64url_decode(segment), signing_input.encode()
    verifier, pem = _warm_verifier(issuer, token), issuer.public_pem
    return {
        BARE: lambda: public.verify(signature, message),
        ALL: lambda: _finish(verifier.verify(token, now=int(system_clock()))),
        PYJWT: lambda: _decode(token, public, issuer.url),
        PYJWT_PEM: lambda: _decode(token, pem, issuer.url),
    }


def _decode(token: str, key: Ed25519PublicKey | str, issuer_url: str) -> object:
    return jwt.decode(token, key, algorithms=["EdDSA"], audience=AUDIENCE, issuer=issuer_url)


def _warm_verifier(issuer: Issuer, token: str) -> Verifier:
    policy = Policy(issuer=issuer.url, audience=AUDIENCE)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=issuer.jwk_set))
    verifier = Verifier(policy, Keys(policy, transport=transport))
    asyncio.run(verifier.verify(token, now=int(system_clock())))
    return verifier


def _finish(verification: Coroutine[object, None, object]) -> None:
    # With its keys at hand a verification awaits nothing: one step ends it, and no event loop is measured.
    try:
        verification.send(None)
    except StopIteration:
        return
    raise AssertionError("the keys were not warm")
