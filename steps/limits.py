"""How large a token is."""

from collections.abc import Callable

from pytest_bdd import given

from steps.drafts import decode_segment
from steps.scene import Scene
from steps.vocabulary import Phrase


@given(Phrase("it is {count} octets long"))
def is_so_long(scene: Scene, count: int) -> None:
    """Fill payload and header with white space up to a length, and sign with the trusted key."""
    draft = scene.person("she").token
    header, payload, signature = draft.finish().split(".")
    fillings = _fillings(len(decode_segment(header)), len(decode_segment(payload)), count - len(signature) - 2)
    for part, filling in zip(("header", "payload"), fillings, strict=True):
        draft.rewrite(part, _filled(filling))


def _fillings(header: int, payload: int, letters: int) -> tuple[int, int]:
    """Return how many octets each of two segments lacks so that both are spelled in so many letters.

    Raises:
        AssertionError: they are longer already.
    """
    # No number of octets is spelled in 4n + 1 letters: then the header gives way.
    for filling in range(3):
        left = letters - _spelled(header + filling)
        octets = left * 3 // 4
        if _spelled(octets) == left:
            assert octets >= payload, "the token is longer already"
            return filling, octets - payload
    raise AssertionError("unreachable: three lengths of a header leave no such gap")


def _spelled(octets: int) -> int:
    return (octets * 4 + 2) // 3


def _filled(octets: int) -> Callable[[bytes], bytes]:
    return lambda text: text + b" " * octets
