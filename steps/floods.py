"""Many bad tokens, one after another, before the one that a scenario is about."""

from collections.abc import Callable
from itertools import count
from typing import Final

from pytest_bdd import given

from steps.drafts import Draft
from steps.scene import Scene
from steps.signers import SIGNERS
from steps.tokens import hold_token
from steps.vocabulary import Phrase, Word, as_json, one_of

_numbers: Final = count(1)


def _forge(scene: Scene, draft: Draft) -> None:
    draft.sign_with(SIGNERS["another key"](scene))


def _name_unknown_key(_: Scene, draft: Draft) -> None:
    draft.set_header("kid", as_json(f"nobody-knows-{next(_numbers)}"))


BAD_TOKENS: Final[dict[str, Callable[[Scene, Draft], None]]] = {
    "signed with another key": _forge,
    "under key ids that nobody knows": _name_unknown_key,
}
"""What is wrong with each token of a flood."""


@given(Phrase("{actor} has presented {count} tokens {fault}", fault=Word(one_of(*BAD_TOKENS))))
def has_presented(scene: Scene, actor: str, count: int, fault: str) -> None:
    """Call the API's protected route with so many bad tokens, one after another."""
    genuine = hold_token(scene, actor)
    for _ in range(count):
        draft = Draft(genuine.compact, genuine.trusted_signer)
        BAD_TOKENS[fault](scene, draft)
        scene.answer = scene.target.present(draft.finish(), sender=scene.speaker)
