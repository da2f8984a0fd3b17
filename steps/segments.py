"""The finished token's text: how its segments are spelled, what damages one of them, what is sent in its place."""

from collections.abc import Callable
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pytest_bdd import given

from steps.drafts import SEGMENTS, decode_segment, encode_segment
from steps.scene import Person, Scene
from steps.serializations import SERIALIZATIONS
from steps.signatures import FLAWS, PADDINGS, pad
from steps.vocabulary import Phrase, Word, one_of

Forge = Callable[[Scene, Person], None]

ALPHABET: Final = ascii_uppercase + ascii_lowercase + digits + "-_"

CHARACTERS: Final = {
    **{f'"{character}"': character for character in ("+", "/", "!", "%", "@", "~", "=", "==")},
    "a space": " ",
    "a tab": "\t",
    "a line feed": "\n",
    "a carriage return": "\r",
    "a NUL": "\0",
}


def _interrupted(by: str) -> Callable[[str], str]:
    return lambda text: text[: len(text) // 2] + by + text[len(text) // 2 :]


def _followed(by: str) -> Callable[[str], str]:
    return lambda text: text + by


def _with_unused_bits(octets: bytes) -> bytes:
    # White space after a JSON text means nothing; it makes the last letter carry fewer than six bits.
    return octets if len(octets) % 3 else octets + b" "


def _unused_bits_set(text: str) -> str:
    return text[:-1] + ALPHABET[ALPHABET.index(text[-1]) | 1]


SPELLINGS: Final[dict[str, Callable[[str], str]]] = {
    **{f"interrupted by {name}": _interrupted(character) for name, character in CHARACTERS.items()},
    **{f"followed by {name}": _followed(character) for name, character in CHARACTERS.items()},
    "spelled with its unused bits set": _unused_bits_set,
}
"""How base64url is misspelled; what the signature covers is signed as it is misspelled."""


def _one_bit_changed(text: str) -> str:
    octets = bytearray(decode_segment(text))
    # In a header, a letter of a type that is compared without case; in claims, the last digit of a number: JSON stays
    # JSON and every other check still passes, so that nothing but the signature can tell.
    place = octets.find(b"at+jwt") if b"at+jwt" in octets else max(octets.rfind(digit) for digit in b"0123456789")
    octets[place] ^= 0x20 if b"at+jwt" in octets else 1
    return encode_segment(bytes(octets))


def _changed_octets(flaw: Callable[[bytes], bytes]) -> Callable[[str], str]:
    return lambda text: encode_segment(flaw(decode_segment(text)))


DAMAGES: Final[dict[str, Callable[[str], str]]] = {
    "as it was made": str,
    "empty": lambda _: "",
    "changed in one bit": _one_bit_changed,
    # The last letter stays, so that no unused bit is set.
    "written in the other case": lambda text: text[:-1].swapcase() + text[-1:],
}
"""What is done to a segment after the signature was made."""

SIGNATURE_DAMAGES: Final[dict[str, Callable[[str], str]]] = {
    name: _changed_octets(flaw) for name, flaw in FLAWS.items()
}

ANY_FAULT: Final = Word(one_of(*SPELLINGS, *DAMAGES))


@given(Phrase("its {segment} is {fault}", segment=Word(one_of(*SEGMENTS)), fault=ANY_FAULT))
def segment_is(scene: Scene, segment: str, fault: str) -> None:
    """Misspell one segment, the signature covering the misspelling; or damage it after the signature was made."""
    draft = scene.person("she").token
    if fault in SPELLINGS:
        if segment != "signature":
            draft.rewrite(segment, _with_unused_bits)
        draft.spell(segment, SPELLINGS[fault])
    else:
        draft.alter_segment(segment, DAMAGES[fault])


def _octets_replaced(flaw: str) -> Forge:
    return lambda _, person: person.token.alter_segment("signature", SIGNATURE_DAMAGES[flaw])


def _another(_: Scene, person: Person) -> None:
    another = person.browser.renew().body["access_token"].rpartition(".")[2]
    person.token.alter_segment("signature", lambda _: another)


def _padded(padding: str) -> Forge:
    def forge(scene: Scene, person: Person) -> None:
        private = scene.target.key_set.newest_key.private
        assert isinstance(private, RSAPrivateKey), "only an RSA signature has a padding"
        person.token.sign_with(pad(private, PADDINGS[padding]))

    return forge


FORGERIES: Final[dict[str, Forge]] = {
    **{flaw: _octets_replaced(flaw) for flaw in FLAWS},
    "that of another token of hers": _another,
    **{f"padded {padding}": _padded(padding) for padding in PADDINGS},
}
"""What stands in a good signature's place: other octets, another token's, an RSA key's over a wrong padding."""


@given(Phrase("its signature is {forgery}", forgery=Word(one_of(*FORGERIES))))
def signature_is(scene: Scene, forgery: str) -> None:
    """Put something else in a good signature's place."""
    FORGERIES[forgery](scene, scene.person("she"))


@given(Phrase("it is sent as {serialization}", serialization=Word(one_of(*SERIALIZATIONS))))
def is_sent_as(scene: Scene, serialization: str) -> None:
    """Send something else in the finished token's place."""
    scene.person("she").token.alter(lambda token: SERIALIZATIONS[serialization](scene, token))
