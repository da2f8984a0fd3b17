"""Many tokens, one after another or at once, before or in place of the one that a scenario is about."""

from collections.abc import Callable
from itertools import count
from typing import Final

from pytest_bdd import given, when

from steps.drafts import Draft
from steps.scene import Scene
from steps.signers import SIGNERS
from steps.tokens import hold_token
from steps.vocabulary import GRANTED, Phrase, Word, as_json, one_of

_numbers: Final = count(1)


def _forge(scene: Scene, draft: Draft) -> None:
    draft.sign_with(SIGNERS["another key"](scene))


def _name_unknown_key(_: Scene, draft: Draft) -> None:
    draft.set_header("kid", as_json(f"nobody-knows-{next(_numbers)}"))


def _name_itself(_: Scene, draft: Draft) -> None:
    draft.set_claim("jti", as_json(f"another-{next(_numbers)}"))


FLOODS: Final[dict[str, Callable[[Scene, Draft], None]]] = {
    "signed with another key": _forge,
    "under key ids that nobody knows": _name_unknown_key,
    "that differ in their ids alone": _name_itself,
}
"""What each token of a flood is: another one each, bad or good."""

FLOOD: Final = Word(one_of(*FLOODS))
MANNER: Final = Word("|, all at once")


def _present(scene: Scene, actor: str, number: int, flood: str, *, at_once: bool) -> None:
    genuine = hold_token(scene, actor)
    sign = genuine.trusted_signer(genuine.key_id)
    drafts = [Draft(genuine.compact, lambda _: sign) for _ in range(number)]
    for draft in drafts:
        FLOODS[flood](scene, draft)
    scene.answers = scene.target.present_together([draft.finish() for draft in drafts], at_once=at_once)
    scene.answer = scene.answers[-1]
    granted = sum(answer.verdict == GRANTED for answer in scene.answers)
    scene.exchanges.note("flood", requests=number, granted=granted, refused=number - granted)


@given(Phrase("{actor} has presented {count} tokens {flood}{manner}", flood=FLOOD, manner=MANNER))
@when(Phrase("{actor} presents {count} tokens {flood}{manner}", flood=FLOOD, manner=MANNER))
def presents_flood(scene: Scene, actor: str, count: int, flood: str, manner: str) -> None:
    """Call the API's protected route with so many tokens, one after another or before the first is answered."""
    _present(scene, actor, count, flood, at_once=bool(manner))
