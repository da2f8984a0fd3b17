"""Whether the API's memory grows with the tokens, or the key ids, it has seen."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.arena import Server, free_port, generator, published, served
from benchmarks.load import Request, send_each
from benchmarks.measurement import Aim, Row, Spread
from benchmarks.tokens import Issuer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import ProcessPoolExecutor

BATCH = 5_000
CONNECTIONS = 16
_MEBIBYTE = 1024 * 1024
# A server's memory wavers by some hundred KiB as pages come and go; a token kept is about half a KiB.
_AIM = Aim("at most", 1.02)


def measure(batch_count: int) -> list[Row]:
    """Send distinct tokens to one server in batches, then tokens of distinct key ids, and watch its memory.

    The first batch warms the server up, and is what the last is compared with.
    """
    port = free_port()
    issuer = Issuer(f"http://127.0.0.1:{port}")
    with (
        published(port, issuer),
        TemporaryDirectory() as folder,
        served("reference", issuer, Path(folder)) as server,
        generator() as pool,
    ):
        count = batch_count * BATCH
        tokens = [_send(server, pool, 200, batch) for batch in _tokens(issuer, batch_count)]
        unknown = [_send(server, pool, 401, batch) for batch in _unknown(issuer, batch_count)]
    return [
        *_rows(f"{count:,} distinct tokens", tokens),
        *_rows(f"{count:,} distinct key ids", unknown),
    ]


def _send(server: Server, pool: ProcessPoolExecutor, status: int, tokens: tuple[str, ...]) -> float:
    request = Request(server.port, "/me", tokens, status)
    answered = pool.submit(send_each, request, connections=CONNECTIONS).result()
    if answered != len(tokens):
        raise AssertionError(f"{answered} answers to {len(tokens)} tokens")
    return server.resident_bytes / _MEBIBYTE


def _tokens(issuer: Issuer, count: int) -> Iterator[tuple[str, ...]]:
    return (tuple(issuer.tokens(BATCH)) for _ in range(count))


def _unknown(issuer: Issuer, count: int) -> Iterator[tuple[str, ...]]:
    ids = iter(range(count * BATCH))
    return (tuple(issuer.token(key_id=f"unknown-{next(ids)}") for _ in range(BATCH)) for _ in range(count))


def _rows(name: str, mebibytes: list[float]) -> list[Row]:
    first, last = mebibytes[0], mebibytes[-1]
    before, growth = f"after the first {BATCH:,}", last / first
    return [
        Row(f"{name}: {before}", Spread(first, first, first), "MiB"),
        Row(f"{name}: after all", Spread(last, last, last), "MiB", before, Spread(growth, growth, growth), _AIM),
    ]
