"""What FFmpeg prints, in bounded memory."""

from __future__ import annotations

HEAD = 4 << 10
"""Bytes kept of the beginning: its first line names the cause of a failure."""

TAIL = 60 << 10
"""Bytes kept of the end."""

LINE = 4 << 10
"""Longest line of progress, in bytes; FFmpeg's own are shorter than 100."""

SIGNS = (b"frame", b"out_time_us", b"total_size")
"""What changes in FFmpeg's progress while it gets somewhere."""


class Said:
    """Beginning and end of a text, however long it is."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._tail = bytearray()

    def take(self, data: bytes) -> None:
        """Add some of the text."""
        room = HEAD - len(self._head)
        self._head += data[:room]
        self._tail += data[room:]
        del self._tail[:-TAIL]

    def text(self) -> str:
        """Return what was kept, as UTF-8; what is none is replaced."""
        return (self._head + self._tail).decode("utf-8", "replace")


class Progress:
    """Reads what FFmpeg reports with `-progress`: lines of `key=value`.

    Attributes:
        state: The latest values of `SIGNS`; unchanged as long as FFmpeg gets nowhere, however often it says so.
    """

    def __init__(self) -> None:
        self._line = bytearray()
        self.state: dict[bytes, bytes] = {}

    @property
    def frame(self) -> int:
        """Number of frames done; 0 before the first report."""
        value = self.state.get(b"frame", b"0")
        return int(value) if value.isdigit() else 0

    def take(self, data: bytes) -> None:
        """Read some of it."""
        *whole, rest = (bytes(self._line) + data).split(b"\n")
        self._line = bytearray(rest[:LINE])
        values = dict(self.state)
        for line in whole:
            key, _, value = line[:LINE].partition(b"=")
            if key in SIGNS:
                values[key] = value.strip()
        # A new one each time: the one before may be kept to compare with.
        self.state = values
