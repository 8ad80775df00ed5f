"""Asks a server whether it works, in its own protocol, with nothing but sockets."""

from __future__ import annotations

import socket
import struct

TIMEOUT = 1.0
"""Seconds that a server on this machine has to answer."""


def port_is_free(port: int) -> bool:
    """Whether a server could listen there on 127.0.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what ended a moment ago does not count
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(1)  # on some systems only this notices another listener
        except OSError:
            return False
    return True


def http_get(port: int, path: str) -> tuple[int, bytes] | None:
    """Status and body of a GET on 127.0.0.1, or None if nobody speaks HTTP there."""
    # By hand: http.client loads TLS and a parser of e-mail, which would double the time that `studio` takes to begin.
    request = f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), TIMEOUT) as connection:
            connection.sendall(request.encode("ascii"))
            answer = connection.makefile("rb").read(1 << 20)
    except OSError:
        return None
    head, _, body = answer.partition(b"\r\n\r\n")
    words = head.split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        return None
    return int(words[1]), body


def http_status(port: int, path: str) -> int | None:
    """Status of a GET on 127.0.0.1, or None if nobody speaks HTTP there."""
    answer = http_get(port, path)
    return answer[0] if answer else None


def smtp_answers(port: int) -> bool:
    """Whether a mail server greets whoever comes."""
    try:
        with socket.create_connection(("127.0.0.1", port), TIMEOUT) as connection:
            return connection.recv(3) == b"220"
    except OSError:
        return False


def postgres_answers(port: int, user: str, database: str) -> bool:
    """Whether PostgreSQL asks for a password: it does so only once it takes connections.

    Source: PostgreSQL's frontend/backend protocol 3.0, StartupMessage; `R` is an authentication request, and `E` what
    a server sends that still starts up or recovers.
    """
    body = b"".join(part.encode() + b"\0" for part in ("user", user, "database", database)) + b"\0"
    try:
        with socket.create_connection(("127.0.0.1", port), TIMEOUT) as connection:
            connection.sendall(struct.pack("!ii", len(body) + 8, 3 << 16) + body)
            return connection.recv(1) == b"R"
    except OSError:
        return False
