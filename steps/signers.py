"""The keys that sign a forged token, by the name a scenario gives them."""

from collections.abc import Callable
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from steps.drafts import Signer
from steps.scene import Scene


def _another_key(_: Scene) -> Signer:
    return Ed25519PrivateKey.generate().sign


def _nothing(_: Scene) -> Signer:
    return lambda _signing_input: b""


def _session_key(scene: Scene) -> Signer:
    return scene.target.session_signer()


SIGNERS: Final[dict[str, Callable[[Scene], Signer]]] = {
    "another key": _another_key,
    "nothing at all": _nothing,
    "the key of the session credential": _session_key,
}
"""`another key` signs under the trusted key's `kid`; `nothing at all` leaves the signature empty."""
