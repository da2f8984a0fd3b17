"""Time: it stands still unless a step lets it pass."""

from pytest_bdd import given

from steps.scene import Scene
from steps.vocabulary import Phrase


@given(Phrase("{duration} have passed"))
def time_passes(scene: Scene, duration: int) -> None:
    """Let time pass for every party."""
    scene.target.pass_time(duration)
