"""How scene headings begin."""

from __future__ import annotations

import re

_HEADING = re.compile(r"(?:INT\.?/EXT|EXT\.?/INT|I\.?/E|E\.?/I|INT|EXT|EST)(?:[. ]|$)", re.IGNORECASE)


def is_heading(line: str) -> bool:
    """Whether a line begins as a scene heading does: `INT.`, `EXT `, `I/E.` and their like."""
    return _HEADING.match(line) is not None
