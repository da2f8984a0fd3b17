"""The life of a signing key, and the API's view of it: rotated, withdrawn, replaced, out of reach, badly answered."""

from collections.abc import Callable
from typing import Final

from pytest_bdd import given, then, when

from steps.drafts import Draft
from steps.keys import ed25519_key
from steps.scene import Scene
from steps.sessions import keep_token
from steps.targets.messages import Answer
from steps.targets.obstacles import OBSTACLES
from steps.tokens import hold_token
from steps.vocabulary import GRANTED, Phrase, Word, one_of

TOKEN_END_SECONDS: Final = 300 + 30
"""An access token's lifetime and the API's leeway: from here on it is refused."""


def _withdraw(scene: Scene) -> None:
    scene.target.withdraw_key()


def _rotate(scene: Scene) -> None:
    scene.target.rotate_key()


def _replace(scene: Scene) -> None:
    source = scene.target.key_set
    key_id = scene.target.signing_key_ids()[0]
    key = ed25519_key().with_members(kid=key_id)
    source.keys.append(key)
    source.changes.append(lambda entries: [key.jwk if entry["kid"] == key_id else entry for entry in entries])


ACTS: Final[dict[str, Callable[[Scene], None]]] = {
    "rotated": _rotate,
    "withdrawn": _withdraw,
    "replaced under its id": _replace,
}
"""What an issuer may do to its signing key; after the last, `that key` is the new one."""

PLACES: Final = {"oldest": 0, "newest": -1}


@given(Phrase("the signing key has been {act}", act=Word(one_of(*ACTS))))
def key_has_been(scene: Scene, act: str) -> None:
    """Rotate, withdraw or replace the key that signs access tokens, at its issuer."""
    ACTS[act](scene)


@given(Phrase("the API fetched the key set {duration} ago"))
def fetched_ago(scene: Scene, duration: int) -> None:
    """Have Grace call the API, which fetches the key set if it holds none, and let so much time pass."""
    speaker = scene.speaker
    draft = hold_token(scene, "Grace")
    assert scene.target.present(draft.finish(), sender="Grace").verdict == GRANTED
    scene.target.pass_time(duration)
    scene.speaker = speaker


@given(Phrase("every fetch of the key set meets {obstacle}", obstacle=Word(one_of(*OBSTACLES))))
def meets_obstacle(scene: Scene, obstacle: str) -> None:
    """Put something between the API and the key set, from now on; `no obstacle` takes it away."""
    scene.target.key_set.obstacle = OBSTACLES[obstacle]


@when(Phrase("{actor} renews and calls the API every {pause:duration} for {total:duration}"))
def walks(scene: Scene, actor: str, pause: int, total: int) -> None:
    """Renew and present the newest access token and the oldest that still lives, again and again; keep the worst."""
    person = scene.person(actor)
    held, refused = list[tuple[int, Draft]](), list[Answer]()
    for _ in range(total // pause):
        scene.target.pass_time(pause)
        assert keep_token(scene, person, person.browser.renew()).verdict == GRANTED
        held = [(issued, draft) for issued, draft in held if scene.target.now() < issued + TOKEN_END_SECONDS]
        held.append((scene.target.now(), person.token))
        answers = [scene.target.present(draft.finish(), sender=actor) for _, draft in (held[0], held[-1])]
        refused += [answer for answer in answers if answer.verdict != GRANTED]
        scene.answer = (refused or answers)[0]


@when(Phrase("{actor} presents it while {other:owner} request waits for the key set"))
def overtakes(scene: Scene, actor: str, other: str) -> None:
    """Send another's request, and, while the API waits for the key set on its behalf, this one."""
    waiting = scene.person(other).token.finish()
    person = scene.person(actor)
    scene.answer = scene.target.overtake(waiting, person.token.finish())


@then(Phrase("the key set names {count} keys"))
def names_keys(scene: Scene, count: int) -> None:
    """Count the entries of the key set that was read."""
    entries = scene.answer.body["keys"]
    assert len(entries) == count, f"expected {count}, the key set names {[entry['kid'] for entry in entries]}"


@then(Phrase("the token names the {place} published key", place=Word(one_of(*PLACES))))
def token_names(scene: Scene, place: str) -> None:
    """Compare the `kid` of the access token with the first or the last entry of the issuer's key set."""
    draft = scene.person("she").token
    entries = scene.target.read_key_set(sender=scene.speaker).body["keys"]
    places = slice(None) if scene.target.leniency is not None else slice(PLACES[place], PLACES[place] + 1 or None)
    assert draft.key_id in [entry.get("kid") for entry in entries[places]], f"the token names {draft.key_id}"


@then(Phrase("the API has read no more than {count} octets of it"))
def has_read(scene: Scene, count: int) -> None:
    """Compare how much the API took of an answer that was sent piece by piece."""
    taken = scene.target.key_set.taken_octets
    assert 0 < taken <= count, f"{taken} octets were read"
