"""Passes connections on to a server that outlives it: `python -m tests.conformance.forwarder PORT OTHER`."""

from __future__ import annotations

import asyncio
import sys

PIECE_OCTETS = 65_536


async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on all that comes, and the end."""
    while piece := await reader.read(PIECE_OCTETS):
        writer.write(piece)
    writer.close()


async def main(port: int, other: int) -> None:
    """Serve until somebody ends it."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", other)
        await asyncio.gather(pour(reader, to_writer), pour(to_reader, writer), return_exceptions=True)

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
