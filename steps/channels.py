"""Channels that stay open: one token at the handshake, many messages after it."""

from pytest_bdd import given, when

from steps.scene import Scene
from steps.vocabulary import Phrase, Word, one_of


@given(Phrase("{actor} has opened a channel"))
@when(Phrase("{actor} opens a channel"))
def opens_channel(scene: Scene, actor: str) -> None:
    """Open a WebSocket to the API with the access token in the handshake's Authorization header."""
    person = scene.person(actor)
    scene.verdict = scene.target.open_channel(person.token.finish())
    scene.exchanges.note("channel", act="opens", verdict=str(scene.verdict))


@when(Phrase("{actor} opens a channel {bearing}", bearing=Word("without a token|with it in the query")))
def opens_channel_otherwise(scene: Scene, actor: str, bearing: str) -> None:
    """Open a WebSocket to the API without an Authorization header, which no browser's script can set."""
    person = scene.person(actor)
    query = f"access_token={person.token.finish()}" if bearing == "with it in the query" else ""
    scene.verdict = scene.target.open_channel(None, query=query)
    scene.exchanges.note("channel", act=f"opens {bearing}", verdict=str(scene.verdict))


@when(Phrase("{actor} {act} on the channel", act=Word(one_of("speaks", "listens"))))
def uses_channel(scene: Scene, actor: str, act: str) -> None:
    """Send a text over the open channel and wait for its echo, or wait in silence for what the API does."""
    scene.person(actor)
    channel = scene.target.channels[-1]
    scene.verdict = channel.speak() if act == "speaks" else channel.listen()
    scene.exchanges.note("channel", act=act, verdict=str(scene.verdict))
