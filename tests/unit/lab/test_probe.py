"""Probes against sockets that behave and that do not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from cli.lab import probe

Server = Callable[[bytes], int]


@pytest.fixture
def server() -> Iterator[Server]:
    """Starts servers that answer one request with fixed bytes."""
    listeners: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def start(answer: bytes) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(answer)

        threads.append(threading.Thread(target=serve, daemon=True))
        threads[-1].start()
        return int(listener.getsockname()[1])

    yield start
    for thread in threads:
        thread.join()
    for listener in listeners:
        listener.close()


def test_status_and_body(server: Server) -> None:
    assert probe.http_get(server(b"HTTP/1.1 403 Forbidden\r\nA: b\r\n\r\nno"), "/") == (403, b"no")


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 \r\n\r\n", b"\x00" * 50])
def test_who_does_not_speak_http(server: Server, answer: bytes) -> None:
    assert probe.http_status(server(answer), "/") is None


def test_nobody_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert probe.http_status(port, "/") is None
    assert not probe.postgres_answers(port, "studio", "studio")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0", True), (b"E\0\0\0\x50SFATAL\0C57P03\0", False), (b"", False)],
)
def test_postgres_answers_only_when_it_takes_connections(server: Server, answer: bytes, expected: bool) -> None:
    assert probe.postgres_answers(server(answer), "studio", "studio") is expected
