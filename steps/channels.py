"""Channels that stay open: one token at the handshake, many messages after it."""

from typing import Final

from pytest_bdd import given, when

from steps.scene import Scene
from steps.vocabulary import Phrase, Word, one_of

BEARING: Final = Word("| without a token| with it in the query")


@given(Phrase("{actor} has opened a channel"))
@when(Phrase("{actor} opens a channel{bearing}", bearing=BEARING))
def opens_channel(scene: Scene, actor: str, bearing: str = "") -> None:
    """Open a WebSocket to the API, the access token in the handshake's header, in its query, or nowhere."""
    token = scene.person(actor).token.finish()
    query = f"access_token={token}" if "query" in bearing else ""
    scene.verdict = scene.target.open_channel(None if bearing else token, query=query)
    scene.exchanges.note("channel", act=f"opens{bearing}", verdict=str(scene.verdict))


@when(Phrase("{actor} {act} on the channel", act=Word(one_of("speaks", "listens"))))
def uses_channel(scene: Scene, actor: str, act: str) -> None:
    """Send a text over the open channel and wait for its echo, or wait in silence for what the API does."""
    scene.person(actor)
    channel = scene.target.channels[-1]
    scene.verdict = channel.speak() if act == "speaks" else channel.listen()
    scene.exchanges.note("channel", act=act, verdict=str(scene.verdict))
