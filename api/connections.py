"""Connections as uvicorn serves them, on which a stream may also write at once.

By ASGI, what goes out is handed to the server by the task that answers. Where one thing goes to a thousand who stream,
that is a thousand tasks woken for a write each, every one of them by way of h11, which makes an event of it and asks
its state machine before it puts a length in front. Here whoever has something for all writes it to each, as the chunk
that h11 would have made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

Write = Callable[[bytes], bool]
"""Writes to a connection whose answer has begun, and goes on: a part of its body, at least a byte. Says whether it was
taken: not where what was written before still waits for its reader, nor where the connection is gone."""

_STATE: Final = "write_at_once"


class Connection(H11Protocol):
    """A connection of HTTP/1.1."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """As uvicorn calls it."""
        super().__init__(*args, **more)
        self.app_state = {**self.app_state, _STATE: self._write_at_once}  # of which each request has a copy

    def connection_lost(self, exc: Exception | None) -> None:
        """Uvicorn is told that the connection is gone."""
        super().connection_lost(exc)
        self.app_state = {}  # no circle of references is left to be collected

    def _write_at_once(self, body: bytes) -> bool:
        # Bounded as what tasks write is: above the transport's high-water mark uvicorn is told to pause.
        if self.flow.write_paused or self.transport.is_closing():
            return False
        if not self.cycle.response_started or self.cycle.response_complete:
            return False
        self.transport.write(b"%x\r\n%b\r\n" % (len(body), body))
        return True


def writer(scope: Scope) -> Write | None:
    """Find how to write at once to who made a request.

    Args:
        scope: The request, answered without a `Content-Length`.

    Returns:
        What writes, from when the answer has begun until it ends; None where the server has no such connections, or
        its client reads no chunks, which HTTP/1.1 brought.
    """
    if scope.get("http_version") != "1.1":
        return None
    write: Write | None = scope.get("state", {}).get(_STATE)
    return write
