"""Servers that no check should pass, or that give it no answer: `python servers.py KIND PORT`."""

from __future__ import annotations

import socket
import struct
import sys
import time
from collections.abc import Callable
from threading import Thread

Converse = Callable[[socket.socket], None]


def answers(status: str, body: bytes = b"{}", *lines: str) -> Converse:
    """Return what answers every request alike."""
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *lines, "", ""])
    return lambda connection: connection.sendall(head.encode() + body)


def hang(_: socket.socket) -> None:
    """Say nothing for an hour."""
    time.sleep(3600)


def reset(connection: socket.socket) -> None:
    """Break the line."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def stream(connection: socket.socket) -> None:
    """Never come to an end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")


KINDS: dict[str, Converse] = {
    "refuses-all": answers("401 Unauthorized", b"{}", "WWW-Authenticate: Bearer"),
    "grants-all": answers("200 OK"),
    "html": answers("200 OK", b"<!doctype html><p>Hello", "Content-Type: text/html"),
    "redirects": answers("302 Found", b"", "Location: /login"),
    "is-elsewhere": answers("404 Not Found"),
    "hangs": hang,
    "resets": reset,
    "streams": stream,
    "speaks-no-http": lambda connection: connection.sendall(b"SSH-2.0-hello\r\n"),
}


def converse(connection: socket.socket, act: Converse) -> None:
    """Read a request and answer it in the way of a kind."""
    with connection:
        try:
            connection.recv(65_536)
            act(connection)
        except OSError:
            return


def main(kind: str, port: int) -> None:
    """Serve until somebody ends it; `dies` does so itself, after the first answer."""
    if kind == "never-listens":
        time.sleep(3600)
    listening = socket.create_server(("127.0.0.1", port))
    while True:
        connection, _ = listening.accept()
        if kind == "exits":
            sys.exit(9)
        Thread(target=converse, args=(connection, KINDS[kind]), daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
