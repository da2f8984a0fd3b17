"""The ids of the suite's keys are such that every spelling of one that a scenario tries is another id."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from steps.key_set import KEY_ID_SPELLINGS
from steps.keys import make_key


def test_an_id_spelled_otherwise_is_another_id() -> None:
    private = Ed25519PrivateKey.generate()
    ids = [make_key(private, number=number).jwk["kid"] for number in range(3000)]
    others = [spell for name, spell in KEY_ID_SPELLINGS.items() if name != "as it was published"]
    assert [key_id for key_id in ids for spell in others if spell(key_id) == key_id] == []
