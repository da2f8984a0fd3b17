"""What the API fetches: the issuer's key set as a scenario shapes it, and a list of every request that was made.

The API's own HTTP client ends here. Its requests go on to the real issuer; what comes back may be changed on the way.
Every other address is Mallory's, and gladly answers with her key: an API that asks there is caught twice.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from steps.keys import Key
from steps.targets.obstacles import TOLD, Obstacle, Pieces

Entries = list[Any]
"""The `keys` of a JWK Set: JSON objects, or what stands in their place."""

Hooks = Mapping[str, list[Callable[..., Awaitable[None]]]]


class KeySetSource(httpx.AsyncBaseTransport):
    """The transport of an API: it reaches the issuer, and keeps book.

    Args:
        issuer: reaches the issuer.
        url: where the issuer publishes its keys.
        hooks: the recorder's event hooks, which see what the API sees.

    Attributes:
        requests: the URL of every request the API made.
        changes: what is done to the published entries, in order.
        keys: the keys that a scenario had published, newest last.
        obstacle: what makes the answer of what the issuer published, while it is not None.
        elsewhere: the entries that every other address publishes.
    """

    def __init__(self, issuer: httpx.AsyncBaseTransport, *, url: str, hooks: Hooks) -> None:
        self.issuer = issuer
        self.url = httpx.URL(url)
        self.hooks = hooks
        self.requests: list[str] = []
        self.changes: list[Callable[[Entries], Entries]] = []
        self.keys: list[Key] = []
        self.obstacle: Obstacle | None = None
        self.elsewhere: Entries = []
        self._pieces = Pieces(iter(()))

    def publish(self, *entries: object) -> None:
        """Publish these entries too, after the issuer's own."""
        self.changes.append(lambda published: [*published, *entries])

    def publish_key(self, key: Key) -> None:
        """Publish a key that a scenario may sign with."""
        self.keys.append(key)
        self.publish(dict(key.jwk), *key.siblings)

    @property
    def newest_key(self) -> Key:
        """The key published last.

        Raises:
            AssertionError: a scenario had none published.
        """
        assert self.keys, "no key was published beside the issuer's: let a Given step publish one"
        return self.keys[-1]

    @property
    def taken_octets(self) -> int:
        """How much the API read of the newest answer that was sent piece by piece."""
        return self._pieces.taken_octets

    @property
    def fetches(self) -> int:
        """How often the API asked for the issuer's key set."""
        return self.requests.count(str(self.url))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of the API."""
        self.requests.append(str(request.url))
        for hook in self.hooks["request"]:
            await hook(request)
        response = await self._answer(request)
        response.request = request
        if isinstance(response.stream, Pieces):
            self._pieces = response.stream
        told = response.extensions.get(TOLD, response)
        told.request = request
        for hook in self.hooks["response"]:
            await hook(told)
        return response

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url != self.url:
            return httpx.Response(httpx.codes.OK, json={"keys": self.elsewhere})
        response = await self.issuer.handle_async_request(request)
        if self.changes:
            response = await self._changed(response)
        return response if self.obstacle is None else self.obstacle(await response.aread())

    async def _changed(self, response: httpx.Response) -> httpx.Response:
        entries: Entries = json.loads(await response.aread())["keys"]
        for change in self.changes:
            entries = change(entries)
        headers = {name: value for name, value in response.headers.items() if name != "content-length"}
        return httpx.Response(response.status_code, headers=headers, content=json.dumps({"keys": entries}))
