"""The issuer's public keys, fetched when needed and kept for one cache lifetime.

A key is looked up by `kid` alone, in the one set of the one issuer; nothing a token says can name another source.

Source: RFC 8725 §3.8, §3.10; CONTRACT §3; docs/decisions/api-keys.md.
"""

import asyncio
import ssl
from functools import cached_property
from typing import Final

import httpx

from .key_set import KeySetMalformed, VerifyingKey, parse_key_set
from .log import log_keys_refresh_failed, log_keys_refreshed, log_unknown_keys
from .policy import Policy
from .refusals import Reason, Refusal

_HEADERS: Final = {"Accept": "application/jwk-set+json, application/json", "Accept-Encoding": "identity"}
_OK: Final = 200


class Keys:
    """A cache of one JWK Set: one fetch at a time, few fetches, old keys rather than none.

    Args:
        transport: what the set is fetched through; None means the network.
    """

    def __init__(self, policy: Policy, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._policy = policy
        self._transport = transport
        self._keys: dict[str, VerifyingKey] = {}
        self._fetched_at: int | None = None
        self._attempted_at: int | None = None
        self._is_failing = False
        self._refreshing: asyncio.Task[None] | None = None

    async def find(self, key_id: str, *, now: int) -> VerifyingKey:
        """Return the key of that id, refreshing the set where it is old or does not know the id.

        Args:
            now: NumericDate, seconds UTC.

        Raises:
            Refusal: the id is denied or unknown, or no set is known and the issuer is unreachable.
        """
        if key_id in self._policy.denied_key_ids:
            raise Refusal(Reason.KEY_DENIED)
        if not (self._is_fresh(now) and key_id in self._keys):
            await self._refresh_if_due(key_id, now)
        if not self._is_known(now):
            raise Refusal(Reason.KEYS_UNREACHABLE, retry_after_seconds=self._policy.unavailable_retry_seconds)
        key = self._keys.get(key_id)
        if key is None:
            raise Refusal(Reason.KEY_UNKNOWN)
        return key

    async def _refresh_if_due(self, key_id: str, now: int) -> None:
        starts = self._refreshing is None and self._may_attempt(now)
        if starts:
            self._attempted_at = now
            self._refreshing = asyncio.create_task(self._refresh(now))
        elif self._refreshing is None and self._is_fresh(now):
            log_unknown_keys(key_id)
        # While the issuer is known to be down, one request tries it; the others go on with the keys at hand.
        if self._refreshing is not None and (starts or not (self._is_failing and key_id in self._keys)):
            # Shielded: a caller who goes away must not end the fetch others wait for.
            await asyncio.shield(self._refreshing)

    async def _refresh(self, now: int) -> None:
        try:
            self._keys = parse_key_set(await self._fetch())
        except (httpx.HTTPError, OSError, KeySetMalformed) as error:
            # The last good set stays: an issuer's bad moment must not sign everybody out.
            self._is_failing = True
            log_keys_refresh_failed(error)
        else:
            self._fetched_at, self._is_failing = now, False
            log_keys_refreshed(self._keys)
        finally:
            self._refreshing = None

    async def _fetch(self) -> bytes:
        # A slow drip of bytes resets a read timeout for ever: the whole exchange has one of its own.
        async with (
            asyncio.timeout(self._policy.fetch_timeout_seconds),
            self._client() as client,
            client.stream("GET", self._policy.jwks_url, headers=_HEADERS) as response,
        ):
            if response.status_code != _OK:
                raise KeySetMalformed(f"status {response.status_code}")
            # What nobody asked to be compressed is not inflated (RFC 8725bis §3.15).
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise KeySetMalformed("compressed")
            return await self._read(response)

    async def _read(self, response: httpx.Response) -> bytes:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > self._policy.largest_jwk_set_bytes:
                raise KeySetMalformed("too large")
        return bytes(body)

    def _client(self) -> httpx.AsyncClient:
        # A client per fetch: a fetch is rare, and so no connection outlives it and nothing waits to be closed.
        if self._transport is not None:
            return httpx.AsyncClient(transport=self._transport, follow_redirects=False)
        return httpx.AsyncClient(verify=self._tls, follow_redirects=False)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()

    def _is_fresh(self, now: int) -> bool:
        return _is_within(self._fetched_at, now, self._policy.jwk_set_lifetime_seconds)

    def _is_known(self, now: int) -> bool:
        return _is_within(self._fetched_at, now, self._policy.stale_limit_seconds)

    def _may_attempt(self, now: int) -> bool:
        is_known = self._is_known(now)
        pause = self._policy.refetch_cooldown_seconds if is_known else self._policy.unavailable_retry_seconds
        return not _is_within(self._attempted_at, now, pause)


def _is_within(since: int | None, now: int, seconds: int) -> bool:
    # A clock set back makes an instant of the future: that is not within either.
    return since is not None and 0 <= now - since < seconds
